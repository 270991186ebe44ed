namespace Entente.Server.Api;

/// <summary>Where what the sides do beside offers and obligations is asked for.</summary>
internal static class ExchangePaths
{
    /// <summary>Null for what is asked for elsewhere.</summary>
    public static (string Method, string Path)? Of(string move, int? subject) => move switch
    {
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
