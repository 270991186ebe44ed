using System.Text;
using System.Text.Json;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Bundles;

/// <summary>What a bundle's files say to each other: chains, texts, exhibits and decisions all have to agree.</summary>
internal sealed class BundleContent(Manifest manifest, IReadOnlyDictionary<string, byte[]> held)
{
    private readonly Dictionary<(string Audience, int N), ChainFact> _facts = [];
    private readonly HashSet<string> _committed = [];
    private readonly Dictionary<string, BundleText> _texts = [];

    /// <summary>
    /// How many texts are there, and how many have been erased; throws at the first thing that is wrong.
    /// </summary>
    public (int Texts, int Erased) Check()
    {
        if (manifest.Chains.DistinctBy(chain => chain.Audience).Count() != manifest.Chains.Count
            || CountUnder("chains/") != 2 * manifest.Chains.Count)
            throw new BundleFaultException(BundleFault.ChainBroken, "chains");
        foreach (var chain in manifest.Chains) Check(chain);
        CheckTexts();
        CheckExhibits();
        CheckDecisions();
        return (_texts.Count, _committed.Count - _texts.Count);
    }

    private void Check(ManifestChain chain)
    {
        if (!DisputeId.TryParse(manifest.Dispute, out var dispute)
            || !Codes.TryParse<Audience>(chain.Audience, out var audience)
            || !held.TryGetValue($"chains/{chain.Audience}.facts", out var bytes)
            || !held.TryGetValue($"chains/{chain.Audience}.links", out var links))
            throw new BundleFaultException(BundleFault.ChainBroken, chain.Audience);
        var (n, start, previous, said) = (0, 0, Array.Empty<byte>(), new StringBuilder());
        while (start < bytes.Length)
        {
            n++;
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0) throw Broken(chain, n);
            var fact = bytes.AsMemory(start, length);
            var link = Chain.Link(dispute, audience, n, previous, fact.Span);
            said.Append(Convert.ToHexStringLower(link)).Append('\n');
            _facts[(chain.Audience, n)] = Read(chain, n, fact, previous, link);
            (start, previous) = (start + length + 1, link);
        }
        if (n != chain.Facts || Convert.ToHexStringLower(previous) != chain.Head
            || said.ToString() != Encoding.Latin1.GetString(links))
            throw Broken(chain, n);
    }

    private ChainFact Read(ManifestChain chain, int n, ReadOnlyMemory<byte> bytes, byte[] previous, byte[] link)
    {
        try
        {
            var fact = ChainFact.Read(bytes, previous, link);
            if (fact.N != n) throw Broken(chain, n);
            _committed.UnionWith(fact.Commitments);
            return fact;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw Broken(chain, n);
        }
    }

    private static BundleFaultException Broken(ManifestChain chain, int n) =>
        new(BundleFault.ChainBroken, FormattableString.Invariant($"{chain.Audience} {n}"));

    private void CheckTexts()
    {
        foreach (var text in Parsed<IReadOnlyList<BundleText>>("texts.json", BundleFault.TextDiffers))
            if (!_committed.Contains(text.Commitment) || !IsOpened(text) || !_texts.TryAdd(text.Commitment, text))
                throw new BundleFaultException(BundleFault.TextDiffers, text.Commitment);
    }

    private static bool IsOpened(BundleText text) =>
        text.Salt.Length % 2 == 0 && text.Salt.All(char.IsAsciiHexDigitLower)
        && PersonalText.Commit(Convert.FromHexString(text.Salt), text.Text) == text.Commitment;

    private void CheckExhibits()
    {
        var added = _facts.Where(fact => fact.Value.Kind == "evidence_added").Select(fact => fact.Key).ToHashSet();
        var named = manifest.Exhibits.Select(exhibit => (exhibit.Audience, exhibit.Fact)).ToList();
        if (!added.SetEquals(named) || added.Count != named.Count)
            throw new BundleFaultException(BundleFault.ExhibitDiffers, "exhibits");
        var files = manifest.Files.Where(file => file.Path.StartsWith("exhibits/", StringComparison.Ordinal))
            .ToDictionary(file => file.Path, file => file.Sha256);
        foreach (var exhibit in manifest.Exhibits)
        {
            if (exhibit.Path is not { } path) continue;
            var fact = _facts[(exhibit.Audience, exhibit.Fact)];
            if (!files.Remove(path, out var digest) || exhibit.IsOriginal && DigestOf(fact) != digest)
                throw new BundleFaultException(BundleFault.ExhibitDiffers, path);
        }
        if (files.Count > 0) throw new BundleFaultException(BundleFault.ExhibitDiffers, files.Keys.First());
    }

    private string? DigestOf(ChainFact added) =>
        added.DigestCommitment is { } commitment ? _texts.GetValueOrDefault(commitment)?.Text : null;

    private void CheckDecisions()
    {
        var decided = _facts.Where(fact => fact.Value.Kind == "decided").ToList();
        if (CountUnder("decisions/") != 2 * decided.Count)
            throw new BundleFaultException(BundleFault.DecisionDiffers, "decisions");
        foreach (var ((audience, n), fact) in decided)
        {
            var path = Bundler.PathOf(audience, n, "json");
            var decision = Parsed<BundleDecision>(path, BundleFault.DecisionDiffers);
            if (!held.TryGetValue(Bundler.PathOf(audience, n, "sig"), out var signature)
                || !BundleVerifier.IsSigned(manifest.Key, held[path], signature)
                || !IsThat(decision, audience, n, fact))
                throw new BundleFaultException(BundleFault.DecisionDiffers, path);
        }
    }

    private bool IsThat(BundleDecision decision, string audience, int n, ChainFact fact) =>
        (decision.Format, decision.Dispute, decision.Audience, decision.N)
            == (BundleDecision.FormatName, manifest.Dispute, audience, n)
        && decision.Link == Convert.ToHexStringLower(fact.Link)
        && decision.Previous == Convert.ToHexStringLower(fact.Previous)
        && Encoding.UTF8.GetBytes(decision.Fact).AsSpan().SequenceEqual(fact.Bytes.Span)
        && decision.Texts.Select(text => text.Commitment).ToHashSet()
            .SetEquals(fact.Commitments.Where(_texts.ContainsKey))
        && decision.Texts.All(text => _texts.GetValueOrDefault(text.Commitment) == text);

    private int CountUnder(string folder) => held.Keys.Count(path => path.StartsWith(folder, StringComparison.Ordinal));

    private T Parsed<T>(string path, BundleFault fault)
    {
        try
        {
            return held.TryGetValue(path, out var bytes)
                && JsonSerializer.Deserialize<T>(bytes, Manifest.Json) is { } value
                ? value
                : throw new BundleFaultException(fault, path);
        }
        catch (JsonException)
        {
            throw new BundleFaultException(fault, path);
        }
    }
}
