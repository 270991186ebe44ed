using System.Globalization;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Party;

namespace Entente.Server.Web.Staff;

/// <summary>The composer of a decision: shown, given another question, refused with its gaps, or published.</summary>
public static class ComposerEndpoints
{
    /// <summary>More questions than this no decision needs.</summary>
    private const int FindingsMax = 20;

    public static void MapComposer(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/disputes/{id}/decision", Show);
        desk.MapPost("/disputes/{id}/decision", Publish);
    }

    private static async Task<IResult> Show(HttpContext context, StaffCases cases, string id)
    {
        if (await cases.Open(context, id) is not { } found) return TypedResults.NotFound();
        if (!found.File.View.May("decide")) return Answers.NotNow(found.File);
        var (parts, returned) = (Parts(found.File.View), found.File.View.Afterwards.Returned?.Draft);
        return Page.Show<ComposerPage>(
            ("Case", found), ("Parts", parts),
            ("State", ReturnedDraft.State(returned, parts, context.Speaker().Language)),
            ("Findings", Math.Max(1, returned?.Findings.Count ?? 0)));
    }

    private static async Task<IResult> Publish(
        HttpContext context, StaffCases cases, CaseFiles files, DisputeStore store, string id)
    {
        if (await cases.Open(context, id) is not { } found) return TypedResults.NotFound();
        var typed = await context.Typed();
        var count = Math.Clamp(int.TryParse(typed["findings"], out var shown) ? shown : 1, 1, FindingsMax);
        if (typed["act"] == "more")
            return Again(found, StatusCodes.Status200OK, typed.Wrong(), null, Math.Min(count + 1, FindingsMax));

        var (lines, partOf, wrong) = RemedyTyped.Read(
            field => typed.Form[field], Parts(found.File.View), typed.Speaker.Language, "lines");
        var command = Decision(typed, found, count, lines);
        if (wrong.Count > 0 || Unanswered(typed, count).Any())
            return Refused(found, [
                .. wrong, .. command.Gaps((await store.Read(found.File.View.Id)).Dispute, found.Policy),
                .. lines.Count == 0 && wrong.Count == 0 ? [new(RefusalCode.RemedyHasNoLines, "lines")]
                    : Array.Empty<Refusal>()]);
        var reply = await files.Ask(typed.Caller, found.File, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, found.File, $"{found.Address}#panel", Done(reply), async refusal =>
        {
            var fresh = await cases.Open(context, id) ?? found;
            return refusal is null
                ? Again(fresh, StatusCodes.Status412PreconditionFailed, typed.Wrong(), typed.Seen, count)
                : Refused(fresh, [refusal, .. reply is Reply.Refused { Also: var also } ? also : []]);
        });

        IResult Refused(StaffCase of, IEnumerable<Refusal> gaps) => Again(of, StatusCodes.Status422UnprocessableEntity,
            typed.Wrong(Unanswered(typed, count).Concat(gaps.Select(gap =>
                Said(typed, Marked(RemedyTyped.Placed(gap, lines, partOf, "lines")))))), null, count);
    }

    /// <summary>What waits for a second examiner is not published yet, and its author is not told that it is.</summary>
    private static string Done(Reply reply) =>
        reply is Reply.Done { Facts: { } facts } && facts.Any(fact => fact.Event is DecisionDrafted)
            ? "drafted"
            : "decided";

    private static IResult Again(StaffCase found, int status, FormState state, int? since, int findings) =>
        Page.With<ComposerPage>(
        status, ("Case", found), ("Parts", Parts(found.File.View)), ("State", state), ("Since", since),
        ("Findings", findings));

    /// <summary>An answer nobody chose is none, and not "not proven".</summary>
    private static IEnumerable<FormError> Unanswered(Typed typed, int count) => Enumerable.Range(0, count)
        .Where(index => IsAsked(typed, index) && typed[$"findings[{index}].answer"].Length == 0)
        .Select(index => new FormError($"findings[{index}].answer", typed.Speaker.Say("decide.answer_missing")));

    private static bool IsAsked(Typed typed, int index) => index == 0 || typed.Form.Keys.Any(field =>
        field.StartsWith($"findings[{index}].question.", StringComparison.Ordinal) && Typed.Plain(typed[field]) != "");

    private static FormError Said(Typed typed, Refusal gap) => new(gap.Field,
        gap.Code == RefusalCode.RemedyHasNoLines
            ? typed.Speaker.Say("decide.remedy_missing")
            : typed.Speaker.Say(gap.Sentence));

    /// <summary>A question left empty altogether is none; everything else goes to the rules as it was typed.</summary>
    private static DecideDispute Decision(Typed typed, StaffCase found, int count, ValueList<RemedyLine> lines)
    {
        var (languages, writer) = (found.File.View.Languages, new Writer(typed.Caller));
        var findings = Enumerable.Range(0, count)
            .Where(index => IsAsked(typed, index))
            .Select(index => Finding(typed, index, languages, writer));
        var aside = found.File.View.Exhibits
            .Where(exhibit => exhibit.Series == Audience.All)
            .Select(exhibit => Codes.TryParse<SetAsideWhy>(typed[$"set_aside[{exhibit.No}]"], out var why)
                ? new SetAsideExhibit(exhibit.No, why)
                : null)
            .OfType<SetAsideExhibit>();
        var result = Codes.TryParse<AppealResult>(typed["result"], out var chosen) ? chosen : (AppealResult?)null;
        return new(findings.ToValueList(), aside.ToValueList(), result == AppealResult.Upheld ? [] : lines,
            Written(typed, "reasons", languages, writer))
        {
            Result = result,
            Contests = Replies(typed, found, writer),
        };
    }

    /// <summary>A contest left without a choice is unanswered; the rules say so.</summary>
    private static ValueList<ContestReply> Replies(Typed typed, StaffCase found, Writer writer)
    {
        var open = found.File.View.Exchange.Contests.Where(contest => contest.IsOpen).ToList();
        var replies = from at in Enumerable.Range(0, open.Count)
                      where Codes.TryParse<ContestAnswer>(typed[$"contests[{at}].answer"], out _)
                      let answer = typed.Chosen<ContestAnswer>($"contests[{at}].answer").Value!.Value
                      select new ContestReply(
                          open[at].No, answer,
                          Written(typed, $"contests[{at}].reasons", found.File.View.Languages, writer));
        return replies.ToValueList();
    }

    private static FindingDraft Finding(Typed typed, int index, ValueList<string> languages, Writer writer)
    {
        var at = $"findings[{index}]";
        _ = Codes.TryParse<FindingAnswer>(typed[$"{at}.answer"], out var answer);
        return new(
            Written(typed, $"{at}.question", languages, writer),
            answer,
            typed[$"{at}.clause"],
            typed.Form[$"{at}.relied_on"]
                .Select(no =>
                    int.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
                .ToValueList());
    }

    private static ValueList<PersonalText> Written(
        Typed typed, string field, ValueList<string> languages, Writer writer) =>
        languages.Select(language => writer.Write(Typed.Plain(typed[$"{field}.{language}"]), language)).ToValueList();

    /// <summary>A gap about one exhibit belongs to the field where that exhibit is marked.</summary>
    private static Refusal Marked(Refusal refusal) =>
        refusal.Field == "set_aside" && refusal.Arguments?.FirstOrDefault(
            argument => argument.Name == "exhibit") is { } exhibit
            ? refusal with { Field = string.Create(CultureInfo.InvariantCulture, $"set_aside[{exhibit.Value}]") }
            : refusal;

    private static IReadOnlyList<RemedyPart> Parts(DisputeView view) =>
        RemedyTyped.Parts(
            view.Stage == Stage.Appeal ? view.Items : view.OpenItems, view.Order.Lines, view.Order.Currency,
            byArticle: false);
}
