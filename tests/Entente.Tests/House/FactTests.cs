using System.Diagnostics;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;
using Entente.Server.Words;
using Entente.Tests.Storage;

namespace Entente.Tests.House;

/// <summary>What a new fact needs before it may happen: all of it is asked for here at once, fact by fact.</summary>
public class FactTests
{
    private static readonly string Golden =
        Path.Combine(Repository.Root, "tests", "Entente.Tests", "Storage", "golden");

    private static IEnumerable<Type> Kinds => typeof(DisputeEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DisputeEvent)) && !type.IsAbstract);

    [Fact]
    public void Every_fact_is_folded_stored_and_told() => SourceTree.AssertNone(
        Kinds.SelectMany(kind => Missing(kind).Select(missing => $"{kind.Name}: {missing}")),
        "A fact needs a fold (Dispute.*.cs), a stored name (StoredNames.cs), golden files (run EventCodecTests with "
            + "ENTENTE_WRITE=1) and its sentence in every language (Words/*/).");

    private static IEnumerable<string> Missing(Type kind)
    {
        if (!IsFolded(kind)) yield return "no chapter of Dispute folds it";
        if (StoredName(kind) is not { } name)
        {
            yield return "no line in StoredNames";
            yield break;
        }
        if (StoredNames.Find(name, 1) is null) yield return $"StoredNames does not read schema 1 of {name}";
        foreach (var size in new[] { "full", "least" })
            if (!File.Exists(Path.Combine(Golden, $"{name}.{size}.json"))) yield return $"no {name}.{size}.json";
        var book = WordBook.Load();
        foreach (var language in book.Languages)
        {
            var keys = book.Patterns(language).Keys;
            foreach (var room in new[] { "fact", "notice" })
                if (!keys.Any(key => IsAbout(key, room, kind)))
                    yield return $"no {room}.{Codes.Snake(kind.Name)} in {language}";
        }
    }

    /// <summary>A sentence for all readers and cases, or one for each.</summary>
    private static bool IsAbout(string key, string room, Type kind)
    {
        var whole = $"{room}.{Codes.Snake(kind.Name)}";
        return key == whole || key.StartsWith($"{whole}_", StringComparison.Ordinal);
    }

    private static bool IsFolded(Type kind)
    {
        var dispute = Given.Opened().Dispute;
        var happened = (DisputeEvent)new Sample(full: false).Of(kind);
        try
        {
            dispute.After(new(dispute.Version + 1, 1, dispute.LastAt, Actor.Rule("house"), new("c"), "p@1", happened));
            return true;
        }
        catch (UnreachableException)
        {
            return false;
        }
        catch (Exception failure) when (failure is not UnreachableException)
        {
            return true; // A fold that was reached; this sample only does not fit this dispute.
        }
    }

    private static string? StoredName(Type kind)
    {
        try
        {
            return StoredNames.Of(kind).Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
