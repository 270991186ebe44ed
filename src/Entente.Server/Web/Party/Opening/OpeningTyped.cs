using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Words;
using Microsoft.Extensions.Primitives;

namespace Entente.Server.Web.Party.Opening;

/// <summary>Reads the answers of an opening from its forms, and shows them there again.</summary>
public static class OpeningTyped
{
    /// <summary>The draft with this page's answer, and what is wrong with it.</summary>
    public static (OpeningDraft Draft, IReadOnlyList<FormError> Wrong) Read(
        OpeningStep step, OpeningCase opening, Typed typed) => step switch
    {
        OpeningStep.Items => Items(opening, typed),
        OpeningStep.Reasons => Reasons(opening, typed),
        OpeningStep.Story => Story(opening, typed),
        OpeningStep.Remedy => Remedy(opening, typed),
        OpeningStep.Check => (opening.Draft, []),
    };

    /// <summary>What the form of a step shows of what is known already.</summary>
    public static FormState Known(OpeningStep step, OpeningDraft draft)
    {
        var known = new Dictionary<string, StringValues>();
        if (step == OpeningStep.Items)
            known["items"] = draft.Items.Select(item => Text(item.Line)).Distinct().ToArray();
        for (var at = 0; at < draft.Items.Count; at++)
        {
            var item = draft.Items[at];
            known[$"units[{item.Line}]"] =
                Text(draft.Items.Where(other => other.Line == item.Line).Sum(other => other.Units));
            known[$"item[{at}].units"] = Text(item.Units);
            known[$"item[{at}].reason"] = item.Reason is { } reason ? Codes.Of(reason) : "";
        }
        known["story"] = draft.Story;
        foreach (var (name, value) in draft.Remedy) known[name] = value;
        return FormState.Of(new FormCollection(known));
    }

    /// <summary>A refusal of the whole at the question it is about.</summary>
    public static FormError Error(
        Refusal refusal, OpeningStep at, ValueList<RemedyLine> sought, IReadOnlyList<int> partOf, Speaker speaker)
    {
        var field = RemedyTyped.Placed(refusal, sought, partOf, "sought").Field;
        var here = at switch
        {
            OpeningStep.Items => "items",
            OpeningStep.Reasons => "item[0].reason",
            OpeningStep.Story => "story",
            OpeningStep.Remedy =>
                field?.StartsWith("remedy", StringComparison.Ordinal) == true ? field : "remedy[0].kind",
            OpeningStep.Check => null,
        };
        return new(here, speaker.Say(refusal.Sentence));
    }

    private static (OpeningDraft, IReadOnlyList<FormError>) Items(OpeningCase opening, Typed typed)
    {
        var (items, wrong) = (new List<DraftItem>(), new List<FormError>());
        foreach (var line in opening.Lines)
        {
            if (!typed.Form["items"].Contains(Text(line.No))) continue;
            var field = $"units[{line.No}]";
            var count = line.Units == 1 || typed[field].Trim().Length == 0 && opening.Free(line) == 1
                ? 1
                : Number(typed[field]);
            if (count < 1 || count > opening.Free(line))
            {
                var most = new Refusal(RefusalCode.UnitsOutOfRange, field)
                    { Arguments = [new Argument("max", opening.Free(line))] };
                wrong.Add(new(field, typed.Speaker.Say(most.Sentence)));
                continue;
            }
            var before = opening.Draft.Items.Where(item => item.Line == line.No).ToList();
            if (before.Count > 0 && before.Sum(item => item.Units) == count) items.AddRange(before);
            else items.Add(new(line.No, count, before.Count > 0 ? before[0].Reason : null));
        }
        if (items.Count == 0 && wrong.Count == 0) wrong.Add(new("items", typed.Speaker.Say("opening.choose_items")));
        return wrong.Count > 0 ? (opening.Draft, wrong) : (opening.Draft with { Items = items }, []);
    }

    private static (OpeningDraft, IReadOnlyList<FormError>) Reasons(OpeningCase opening, Typed typed)
    {
        var (items, wrong) = (new List<DraftItem>(), new List<FormError>());
        for (var at = 0; at < opening.Draft.Items.Count; at++)
        {
            var item = opening.Draft.Items[at];
            var count = Number(typed[$"item[{at}].units"]);
            if (count == 0 && opening.Draft.Items.Count > 1) continue;
            Reason? reason = Codes.TryParse<Reason>(typed[$"item[{at}].reason"], out var known) ? known : null;
            if (reason is null) wrong.Add(new($"item[{at}].reason", typed.Speaker.Say("opening.choose_reason")));
            items.Add(new(item.Line, count < 1 ? item.Units : count, reason));
        }
        var split = Number(typed["split"]);
        if (split > 0 && items.FindIndex(item => item.Line == split && item.Units > 1) is var last and >= 0)
        {
            items[last] = items[last] with { Units = items[last].Units - 1 };
            items.Insert(last + 1, new(split, 1, null));
            return (opening.Draft with { Items = items }, []);
        }
        return (opening.Draft with { Items = items.Count == 0 ? opening.Draft.Items : items }, wrong);
    }

    private static (OpeningDraft, IReadOnlyList<FormError>) Story(OpeningCase opening, Typed typed)
    {
        var story = Typed.Plain(typed["story"]);
        var refusal = Texts.Objection(typed.NeededText("story"), Texts.StoryMax, "story");
        return (opening.Draft with { Story = story },
            refusal is null ? [] : [new("story", typed.Speaker.Say(refusal.Sentence))]);
    }

    private static (OpeningDraft, IReadOnlyList<FormError>) Remedy(OpeningCase opening, Typed typed)
    {
        var remedy = typed.Form.Where(field => field.Key.StartsWith("remedy[", StringComparison.Ordinal))
            .ToDictionary(field => field.Key, field => field.Value.ToString());
        var draft = opening.Draft with { Remedy = remedy, ByArticle = typed["by"] == RemedyTyped.ByArticle };
        return remedy.Keys.Any(name => name.EndsWith(".kind", StringComparison.Ordinal))
            ? (draft, [])
            : (draft with { Remedy = new Dictionary<string, string>() },
                [new("remedy[0].kind", typed.Speaker.Say("opening.choose_remedy"))]);
    }

    private static int Number(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
