namespace Entente.Server.Api;

/// <summary>Where what goes on between the sides is asked for.</summary>
internal static class ExchangePaths
{
    /// <summary>Null for what is asked for elsewhere.</summary>
    public static (string Method, string Path)? Of(string move, int? subject) => move switch
    {
        "make_offer" => ("POST", "/offers"),
        "accept_offer" => ("POST", $"/offers/{subject}/acceptance"),
        "decline_offer" => ("POST", $"/offers/{subject}/refusal"),
        "withdraw_offer" => ("DELETE", $"/offers/{subject}"),
        "contest_evidence" => ("POST", "/evidence/{exhibit}/contests"),
        "answer_contest" => ("POST", $"/contests/{subject}/answer"),
        "admit_late_evidence" => ("POST", "/evidence/{exhibit}/admission"),
        "await_third_party" => ("POST", "/inquiries"),
        "answer_inquiry" => ("POST", $"/inquiries/{subject}/answer"),
        "amend_claim" => ("POST", "/claim"),
        "propose_extension" => ("POST", "/extensions"),
        "agree_extension" => ("POST", $"/extensions/{subject}/acceptance"),
        "refuse_extension" => ("POST", $"/extensions/{subject}/refusal"),
        "propose_remedy" => ("POST", "/proposals"),
        "open_bid_round" => ("POST", "/bid-rounds"),
        "place_blind_bid" => ("POST", $"/bid-rounds/{subject}/bids"),
        "record_fact" => ("POST", "/facts"),
        "answer_record" => ("POST", $"/facts/{subject}/answer"),
        "reject_reconciliation" => ("POST", "/reconciliation/refusal"),
        _ => null,
    };
}
