using System.Globalization;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Papers.Kit;
using Entente.Server.Web.Cases;
using Entente.Server.Words;

namespace Entente.Server.Papers;

/// <summary>How a dispute stands, whole: what one reader may read of it, in order.</summary>
internal static class Statement
{
    public static Paper Of(Dossier dossier)
    {
        var parts = new List<Part>
        {
            new Prose(dossier.Say(
                "paper.statement_about", ("at", dossier.View.LastAt), ("reader", dossier.View.Viewer.Role))),
            Facts(dossier),
        };
        parts.AddRange(Claim(dossier));
        parts.AddRange(Money(dossier));
        parts.AddRange(Outcomes(dossier));
        parts.AddRange(Next(dossier));
        parts.AddRange(Exhibits(dossier));
        parts.AddRange(History(dossier));
        parts.AddRange(dossier.Proof());
        return dossier.Paper(dossier.Say("paper.statement"), parts);
    }

    internal static Rows Facts(Dossier dossier)
    {
        var view = dossier.View;
        return new(
        [
            new(dossier.Say("paper.number"), view.Id.ToString()),
            new(dossier.Of(Role.Buyer), dossier.NameOf(Role.Buyer)),
            new(dossier.Of(Role.Seller), dossier.NameOf(Role.Seller)),
            new(dossier.Say("case.order"), view.Order.ExternalId),
            new(dossier.Say("paper.opened"),
                dossier.Say("paper.opened_by", ("at", view.OpenedAt), ("who", view.Opener))),
            new(dossier.Say("paper.stage"), dossier.Of(view.Stage)),
            new(dossier.Say("paper.rules"), dossier.Say("paper.rules_version",
                ("name", dossier.File.Policy.Name), ("stamp", dossier.File.Policy.Stamp))),
        ]);
    }

    internal static IEnumerable<Part> Claim(Dossier dossier)
    {
        var (file, view) = (dossier.File, dossier.View);
        yield return new Heading(dossier.Say("case.claim"));
        yield return RowsOf(OrderRows.Claims(file, dossier.Speaker));
        yield return dossier.Written([view.Story]);
        yield return new Heading(dossier.Say("paper.sought"), 2);
        yield return new Bullets([.. view.Sought.Select(line => dossier.Says(line.Sentence))]);
        yield return new Heading(dossier.Say("case.order_facts"), 2);
        yield return RowsOf(OrderRows.Of(file, dossier.Speaker));
    }

    internal static IEnumerable<Part> Money(Dossier dossier) =>
        [new Heading(dossier.Say("case.money")), RowsOf(MoneyRows.Of(dossier.View.Money, dossier.Speaker))];

    internal static IEnumerable<Part> Outcomes(Dossier dossier)
    {
        foreach (var outcome in dossier.View.Outcomes)
        {
            yield return new Heading(dossier.Say($"case.outcome_{Codes.Of(outcome.Kind)}"));
            yield return new Prose(dossier.Of(outcome.At), Tone.Soft);
            yield return Granted(dossier, outcome.Lines);
            if (outcome.Kind == OutcomeKind.Decision)
                yield return new Prose(dossier.Say("paper.decision_elsewhere"), Tone.Soft);
        }
        foreach (var part in Obligations(dossier)) yield return part;
    }

    internal static Part Granted(Dossier dossier, IReadOnlyList<RemedyView> lines) => lines.Count == 0
        ? new Prose(dossier.Say("case.outcome_nothing"))
        : new Bullets([.. lines.Select(line => dossier.Says(line.Sentence))]);

    internal static IEnumerable<Part> Obligations(Dossier dossier)
    {
        if (dossier.View.Obligations.Count == 0) yield break;
        yield return new Heading(dossier.Say("case.duties"), 2);
        yield return new Rows([.. dossier.View.Obligations.Select(owed => new Row(
            dossier.Says(owed.Sentence),
            string.Join("\n", StateOf(dossier, owed))))]);
    }

    private static IEnumerable<string> StateOf(Dossier dossier, ObligationView owed)
    {
        yield return dossier.Say("paper.owed", ("who", owed.Debtor), ("state", owed.State));
        if (owed.Due is { } due) yield return dossier.Say("case.duty_due", ("due", due));
        if (owed.Held) yield return dossier.Say("case.duty_held");
        if (owed.Reference is { } reference)
            yield return $"{dossier.Say("case.duty_reference")} {dossier.TextOf(reference)}";
    }

    internal static IEnumerable<Part> Next(Dossier dossier)
    {
        var agenda = dossier.View.Agenda;
        if (agenda.Lines.Count > 0)
        {
            yield return new Heading(dossier.Say("paper.next"));
            foreach (var line in agenda.Lines)
                yield return new Happening(
                    dossier.Of(line.Due, "deadline"), dossier.Says(line.Task), dossier.Says(line.Otherwise));
        }
        if (agenda.Afterwards.Count > 0)
        {
            yield return new Heading(dossier.Say("paper.afterwards"));
            yield return new Bullets([.. agenda.Afterwards.Select(dossier.Says)]);
        }
    }

    internal static IEnumerable<Part> Exhibits(Dossier dossier)
    {
        var exhibits = dossier.View.Exhibits;
        yield return new Heading(dossier.Say("case.exhibits", ("n", exhibits.Count)));
        if (exhibits.Count == 0) yield return new Prose(dossier.Say("case.exhibits_none"), Tone.Soft);
        else yield return new Rows([.. exhibits.Select(exhibit => new Row(
            dossier.Say("paper.exhibit", ("number", exhibit.Number)), string.Join("\n", About(dossier, exhibit))))]);
    }

    private static IEnumerable<string> About(Dossier dossier, ExhibitView exhibit)
    {
        yield return dossier.TextOf(exhibit.Title);
        yield return Story.Capital(dossier.Say("case.exhibit_about",
            ("kind", exhibit.Kind), ("from", Codes.Of(exhibit.From)), ("at", exhibit.At),
            ("size", new FileSize(exhibit.Bytes))));
        if (exhibit.Digest.Value is { } digest) yield return $"SHA-256\n{Dossier.InTwo(digest)}";
        if (exhibit.Series != Audience.All) yield return dossier.Say("case.exhibit_sealed");
        if (exhibit.Late) yield return dossier.Say("case.exhibit_late");
        if (exhibit.Withdrawn) yield return dossier.Say("case.exhibit_withdrawn");
    }

    private static IEnumerable<Part> History(Dossier dossier)
    {
        yield return new Heading(dossier.Say("dispute.story"));
        foreach (var entry in dossier.View.Timeline)
        {
            var note = entry.Audience == Audience.All ? null : dossier.Say($"case.private_{Codes.Of(entry.Audience)}");
            var said = dossier.Say("case.sentence", ("text", dossier.Says(entry.Sentence)));
            yield return new Happening($"{Place(entry)} · {dossier.Of(entry.At)}", said, note);
            // A decision's reasons stand in a document of their own.
            if (entry.Texts.Count > 0 && entry.Type is not ("decided" or "evidence_added"))
                yield return dossier.Written(entry.Texts);
        }
    }

    /// <summary>The fact's place in its chain, as the bundle numbers it.</summary>
    private static string Place(TimelineEntry entry) =>
        $"{PrefixOf(entry.Audience)}{entry.N.ToString(CultureInfo.InvariantCulture)}";

    private static string PrefixOf(Audience audience) => audience switch
    {
        Audience.All => "", Audience.BuyerAndPlatform => "B", Audience.SellerAndPlatform => "S", Audience.Staff => "P",
    };

    private static Rows RowsOf(IReadOnlyList<Web.Shared.SummaryRow> rows) =>
        new([.. rows.Select(row => new Row(row.Term, row.Text))]);
}
