using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Web.Shared;
using Entente.Server.Words;
using Fact = Entente.Domain.Audiences.TimelineEntry;
using Entry = Entente.Server.Web.Shared.TimelineEntry;

namespace Entente.Server.Web.Cases;

/// <summary>The one story of a dispute, newest first, as the timeline shows it.</summary>
public static class Story
{
    /// <param name="most">How many of the newest; null for all.</param>
    public static IReadOnlyList<Entry> Of(CaseFile file, Speaker speaker, int? most = null) => file.View.Timeline
        .Reverse()
        .Take(most ?? int.MaxValue)
        .Select(fact => EntryOf(fact, file, speaker))
        .ToList();

    private static Entry EntryOf(Fact fact, CaseFile file, Speaker speaker)
    {
        var (who, capacity) = Actor(fact, file, speaker);
        // A decision's reasons stand once on the page, in a part of their own.
        var text = fact.Type is "decided" or "appeal_decided" ? null : Written(fact, speaker.Language);
        return new(fact.Anchor, KindOf(fact, file.Me), who, capacity, fact.At, Headline(fact, speaker))
        {
            Text = text is { IsErased: true } ? speaker.Say("case.erased") : text?.Value,
            TextLanguage = text is { IsErased: false, Language: not "und" } ? text.Language : null,
            Privacy = fact.Audience == Audience.All ? null : speaker.Say($"case.private_{Codes.Of(fact.Audience)}"),
            Links = Links(fact, file, speaker),
        };
    }

    /// <summary>What was written, in the reader's language where there are several.</summary>
    private static ShownText? Written(Fact fact, string language) =>
        fact.Texts.FirstOrDefault(text => text.Language == language) ?? (fact.Texts.Count > 0 ? fact.Texts[0] : null);

    /// <summary>A message says itself; whoever hears the page still learns who wrote to whom.</summary>
    private static string Headline(Fact fact, Speaker speaker) =>
        speaker.Say("case.sentence", ("text", Capital(speaker.Say(fact.Sentence))));

    private static (string Who, string? Capacity) Actor(Fact fact, CaseFile file, Speaker speaker)
    {
        if (fact.Kind == ActorKind.Rule) return (speaker.Say("case.rule"), null);
        if (fact.Role == file.Me && fact.Role.IsParty()) return (speaker.Say("case.you"), null);
        var capacity = speaker.Of(fact.Role);
        var name = fact.Role.IsParty() ? file.NameOf(fact.Role)
            : fact.Principal is { } principal ? file.Names.GetValueOrDefault(principal, "")
            : "";
        return name.Length == 0 ? (Capital(capacity), null) : (name, capacity);
    }

    private static TimelineKind KindOf(Fact fact, Role me) => fact switch
    {
        { Audience: Audience.Staff } => TimelineKind.Note,
        { Kind: ActorKind.Rule } => TimelineKind.Rule,
        { Type: "message_posted" } => fact.Role == me ? TimelineKind.Yours : TimelineKind.Message,
        { Type: "evidence_added" } => TimelineKind.Exhibit,
        { Type: "decided" or "appeal_decided" or "breach_ruled" or "default_outcome" or "settlement_reached"
            or "performance_ruled" } =>
            TimelineKind.Decision,
        { Offer: not null } => TimelineKind.Offer,
        _ => TimelineKind.Act,
    };

    private static IReadOnlyList<TimelineLink> Links(Fact fact, CaseFile file, Speaker speaker)
    {
        if (fact is { Type: "decided" or "appeal_decided", Outcome: { } outcome })
            return [new(speaker.Say("case.read_decision"), $"#outcome-{outcome}")];
        if (fact.Type != "evidence_added" || fact.Exhibit is not { } id || file.View.Exhibit(id) is not { } exhibit)
            return [];
        if (!exhibit.MayOpen || exhibit.FileName.IsErased) return [];
        return [new(exhibit.FileName.Value!, file.AddressOf(exhibit), speaker.Of(new FileSize(exhibit.Bytes)))];
    }

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
