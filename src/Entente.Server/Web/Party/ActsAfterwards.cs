using System.Globalization;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Shared;
using Entente.Server.Words;

namespace Entente.Server.Web.Party;

/// <summary>Acts of one press about reports, measures, and who examines.</summary>
public static class ActsAfterwards
{
    /// <summary>Stands for what will be written when an act is only rehearsed.</summary>
    private static readonly PersonalText Unwritten = new(PersonalText.Platform, "und", "–", new byte[16]);

    public static readonly IReadOnlyList<Act> All =
    [
        new("answer_breach", "breaches/{no}/answer", "answer_breach",
            (no, text) => new AnswerBreach(Number(no), text ?? Unwritten))
        {
            Field = "text", NeedsText = true, Limit = Texts.StoryMax,
            Exists = about => Breach(about) is not null,
            Rows = Reported,
            Points = (_, speaker) => [speaker.Say("answer_breach.exhibits"), speaker.Say("answer_breach.then")],
        },
        new("appeal_measure", "measures/{no}/appeal", "appeal_measure",
            (no, text) => new AppealMeasure(Number(no), text ?? Unwritten))
        {
            Field = "text", NeedsText = true, Limit = Texts.StoryMax,
            Exists = about => Measure(about) is { } measure && measure.Against == about.File.Me,
            Rows = Taken,
            Points = (_, speaker) => [speaker.Say("appeal_measure.other"), speaker.Say("appeal_measure.stays")],
        },
        new("challenge_examiner", "challenge", "challenge",
            (_, text) => new ChallengeExaminer(text ?? Unwritten))
        {
            Field = "reason", NeedsText = true,
            Points = (_, speaker) => [speaker.Say("challenge.supervisor"), speaker.Say("challenge.once")],
        },
    ];

    private static int Number(string no) => int.TryParse(no, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static BreachView? Breach(ActSubject about) =>
        about.File.View.Afterwards.Breaches.FirstOrDefault(breach => breach.No == about.No);

    private static MeasureView? Measure(ActSubject about) =>
        about.File.View.Afterwards.Measures.FirstOrDefault(measure => measure.No == about.No);

    private static IReadOnlyList<SummaryRow> Reported(ActSubject about, Speaker speaker)
    {
        if (Breach(about) is not { } breach) return [];
        return
        [
            new(speaker.Say("breach.owed"), Story.Capital(speaker.Say(breach.Owed))),
            new(speaker.Say("breach.says"), breach.Text.Value ?? speaker.Say("case.erased")) { IsWritten = true },
        ];
    }

    private static List<SummaryRow> Taken(ActSubject about, Speaker speaker)
    {
        if (Measure(about) is not { } measure) return [];
        var what = measure.Kind is { } kind ? speaker.Of(kind) : speaker.Say("measure.abuse");
        var rows = new List<SummaryRow> { new(speaker.Say("measure.what"), Story.Capital(what)) };
        if (measure.Text?.Value is { } text) rows.Add(new(speaker.Say("measure.because"), text) { IsWritten = true });
        return rows;
    }
}
