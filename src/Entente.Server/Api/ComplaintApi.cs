using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;

namespace Entente.Server.Api;

/// <summary>/v1/disputes/{id}/complaint, assignment, decision: the platform steps in, examines and decides.</summary>
public static class ComplaintApi
{
    public static void MapComplaint(this IEndpointRouteBuilder dispute)
    {
        dispute.MapPost("/complaint", File)
            .IsCommand("File a complaint", "« Déposer une plainte »: asks the platform to step in and decide.");
        dispute.MapPut("/assignment", Assign)
            .IsCommand("Put an examiner in charge",
                "An examiner may take a case; an operator may give it to anybody neutral.", creates: false);
        dispute.MapPost("/decision", Decide)
            .IsCommand(
                "Decide", "Findings bound to a clause of the rules and to exhibits, remedy lines, and reasons in each "
                + "language of the parties.", scope: Scope.Decide);
        dispute.MapPost("/terms/{term:int}/waiver", Waive)
            .IsCommand("Give up the rest of a term of your own",
                "Such as the time for evidence, or the time to appeal.");
    }

    private static Task<IResult> File(DisputeCall call, Comment? body = null) => call.Ask(
        (_, reading) => new FileComplaint(reading.TextIfAny(body?.Text, body?.Language)));

    private static async Task<IResult> Assign(DisputeCall call, Assignment body, People people)
    {
        if (await Examiner(call, body.Examiner, people) is not { } examiner)
            return Problems.Of(call.Http, ProblemCode.NotFound, "examiner");
        return await call.Ask(async (dispute, _) => new Assign(
            examiner, await people.ActsForEither(
                call.Caller.Marketplace, examiner, dispute.Buyer, dispute.Seller, call.Http.RequestAborted)));
    }

    private static async Task<PersonId?> Examiner(DisputeCall call, string name, People people)
    {
        var staff = await people.Staff(call.Caller.Marketplace, Role.Examiner, call.Http.RequestAborted);
        return staff.FirstOrDefault(person => person.Id.Value == name || person.Login == name)?.Id;
    }

    private static Task<IResult> Decide(DisputeCall call, NewDecision body) =>
        call.Ask((_, reading) => new DecideDispute(
        body.Findings
            .Select((finding, index) => new FindingDraft(
                reading.Texts(finding.Question, $"findings[{index}].question"), finding.Answer, finding.Clause,
                [.. finding.ReliedOn]))
            .ToValueList(),
        (body.SetAside ?? []).ToValueList(),
        reading.Remedies(body.Lines, "lines"),
        reading.Texts(body.Reasons, "reasons"))
    {
        Result = body.Result,
        Contests = [.. (body.Contests ?? []).Select((reply, index) => new ContestReply(
            reply.Contest, reply.Answer, reading.Texts(reply.Reasons, $"contests[{index}].reasons")))],
    });

    private static Task<IResult> Waive(DisputeCall call, int term, Nothing? body = null) =>
        call.Ask((_, _) => new WaiveTerm(term));
}

/// <summary>Who is to examine: a person's id or login.</summary>
public sealed record Assignment(string Examiner);

/// <summary>A decision as the examiner writes it.</summary>
/// <param name="SetAside">Every open exhibit is relied on in a finding, or set aside here with its reason.</param>
/// <param name="Lines">What is granted; kind none where nothing is.</param>
/// <param name="Result">On appeal: what becomes of the decision that was attacked.</param>
/// <param name="Contests">An answer to each contest of an exhibit that is still open.</param>
/// <param name="Reasons">The reasoned text by language; each language of the parties is needed.</param>
public sealed record NewDecision(
    IReadOnlyList<NewFinding> Findings, IReadOnlyList<RemedyBody> Lines, IReadOnlyDictionary<string, string> Reasons,
    IReadOnlyList<SetAsideExhibit>? SetAside = null, AppealResult? Result = null,
    IReadOnlyList<NewContestReply>? Contests = null);

/// <summary>The answer to a contest of an exhibit, given with the decision.</summary>
/// <param name="Reasons">By language.</param>
public sealed record NewContestReply(int Contest, ContestAnswer Answer, IReadOnlyDictionary<string, string> Reasons);

/// <summary>One question the decision answers.</summary>
/// <param name="Question">By language.</param>
/// <param name="Clause">The clause of the policy it rests on.</param>
/// <param name="ReliedOn">Numbers of the open exhibits it rests on.</param>
public sealed record NewFinding(
    IReadOnlyDictionary<string, string> Question, FindingAnswer Answer, string Clause, IReadOnlyList<int> ReliedOn);
