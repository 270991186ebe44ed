namespace Entente.Server.Api;

/// <summary>Where each move of a dispute is asked for, below the dispute's own address.</summary>
internal static class ActionPaths
{
    public static (string Method, string Path) Of(string move, int? subject) => move switch
    {
        "post_message" => ("POST", "/messages"),
        "add_evidence" => ("POST", "/evidence"),
        "withdraw_evidence" => ("DELETE", "/evidence/{exhibit}"),
        "open_original" => ("POST", "/evidence/{exhibit}/original-access"),
        "request_evidence" => ("POST", "/evidence-requests"),
        "file_complaint" => ("POST", "/complaint"),
        "assign" => ("PUT", "/assignment"),
        "decide" => ("POST", "/decision"),
        "perform" => ("POST", $"/obligations/{subject}/performance"),
        "confirm_performance" => ("POST", $"/obligations/{subject}/confirmation"),
        "contest_performance" => ("POST", $"/obligations/{subject}/contest"),
        "rule_on_performance" => ("POST", $"/obligations/{subject}/ruling"),
        "record_chargeback" => ("POST", "/chargebacks"),
        "inform_bank" => ("POST", "/bank-notices"),
        "waive_term" => ("POST", $"/terms/{subject}/waiver"),
        "close" => ("POST", "/closure"),
        "appeal" => ("POST", "/appeal"),
        "approve_decision" => ("POST", "/decision/approval"),
        "return_decision" => ("POST", "/decision/return"),
        "correct_decision" => ("POST", "/decision/correction"),
        "set_aside" => ("POST", "/set-aside"),
        "recuse" => ("POST", "/recusal"),
        "challenge_examiner" => ("POST", "/challenge"),
        "rule_on_challenge" => ("POST", "/challenge/ruling"),
        "refer_to_risk" => ("POST", "/risk"),
        "answer_risk" => ("POST", "/risk/answer"),
        "find_abuse" => ("POST", "/abuse"),
        "request_reopening" => ("POST", "/reopening"),
        "grant_reopening" => ("POST", "/reopening/grant"),
        "deny_reopening" => ("POST", "/reopening/denial"),
        "report_breach" => ("POST", "/breaches"),
        "answer_breach" => ("POST", $"/breaches/{subject}/answer"),
        "take_measures" => ("POST", $"/breaches/{subject}/measures"),
        "appeal_measure" => ("POST", $"/measures/{subject}/appeal"),
        "rule_on_measure" => ("POST", $"/measures/{subject}/review"),
        _ => ExchangePaths.Of(move, subject)
            ?? throw new ArgumentOutOfRangeException(nameof(move), move, "No address is known for this move."),
    };
}
