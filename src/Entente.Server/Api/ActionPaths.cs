namespace Entente.Server.Api;

/// <summary>Where each move of a dispute is asked for, below the dispute's own address.</summary>
internal static class ActionPaths
{
    public static (string Method, string Path) Of(string move, int? subject) => move switch
    {
        "post_message" => ("POST", "/messages"),
        "add_evidence" => ("POST", "/evidence"),
        "withdraw_evidence" => ("DELETE", "/evidence/{exhibit}"),
        "request_evidence" => ("POST", "/evidence-requests"),
        "make_offer" => ("POST", "/offers"),
        "accept_offer" => ("POST", $"/offers/{subject}/acceptance"),
        "decline_offer" => ("POST", $"/offers/{subject}/refusal"),
        "withdraw_offer" => ("DELETE", $"/offers/{subject}"),
        "file_complaint" => ("POST", "/complaint"),
        "assign" => ("PUT", "/assignment"),
        "decide" => ("POST", "/decision"),
        "perform" => ("POST", $"/obligations/{subject}/performance"),
        "confirm_performance" => ("POST", $"/obligations/{subject}/confirmation"),
        "contest_performance" => ("POST", $"/obligations/{subject}/contest"),
        "rule_on_performance" => ("POST", $"/obligations/{subject}/ruling"),
        "waive_term" => ("POST", $"/terms/{subject}/waiver"),
        "close" => ("POST", "/closure"),
        _ => throw new ArgumentOutOfRangeException(nameof(move), move, "No address is known for this move."),
    };
}
