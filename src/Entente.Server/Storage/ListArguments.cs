using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>What a list's question is asked with.</summary>
internal sealed record ListArguments(MarketplaceId Marketplace, ListFilter Filter, string? After)
{
    public string? Side { get; init; }
    public string[] Parties { get; init; } = [];
    public string? Examiner { get; init; }
    public bool ShowsExaminer { get; init; }
    public int Count { get; init; }

    /// <summary>The words of the query, blinded.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public DynamicParameters Values()
    {
        var values = new DynamicParameters(new
        {
            marketplace = Marketplace.Value,
            side = Side,
            parties = Parties,
            examiner = Examiner,
            count = Count,
            stage = Filter.Stage is { } stage ? Codes.Of(stage) : null,
            reason = Filter.Reason is { } reason ? Codes.Of(reason) : null,
        });
        AddNamed(values, "named", Filter.Order);
        AddNamed(values, "asked", Filter.Query);
        for (var place = 0; place < Words.Count; place++) values.Add($"word{place}", Words[place]);
        values.Add("changed", Filter.Changed is { } changed ? Micros.Of(changed) : null);
        values.Add("audiences", Filter.Sight.Audiences.Select(audience => Codes.Of(audience)).ToArray());
        values.Add("own", Filter.Sight.Own.Select(party => party.Value).ToArray());
        var after = ListPlace.Parse(After);
        values.Add("place", after?.Place ?? long.MinValue);
        values.Add("afterOrder", after?.Order ?? "");
        values.Add("afterSuffix", after?.Suffix ?? "");
        return values;
    }

    private void AddNamed(DynamicParameters values, string name, string? given)
    {
        var text = given?.Trim();
        values.Add($"{name}_text", text?.ToLowerInvariant());
        values.Add($"{name}_reference", text?.ToUpperInvariant());
        values.Add($"{name}_order", text is null ? null : OrderId.Of(Marketplace, text).Value);
    }
}

/// <summary>A dispute's row as the lists read it.</summary>
internal sealed class StoredRow
{
    public string OrderId { get; init; } = "";
    public string Suffix { get; init; } = "";
    public MarketplaceId Marketplace { get; init; }
    public string Stage { get; init; } = "";
    public PartyId Buyer { get; init; }
    public PartyId Seller { get; init; }
    public string Opener { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Remedy { get; init; } = "";
    public long? Sought { get; init; }
    public string Currency { get; init; } = "";
    public string? Responsible { get; init; }
    public string? Awaited { get; init; }
    public string? MetBy { get; init; }
    public long? DueAt { get; init; }
    public string? Examiner { get; init; }
    public Instant OpenedAt { get; init; }
    public long? ClosedAt { get; init; }
    public long Place { private get; init; }

    public ListPlace After => new(Place, OrderId, Suffix);

    /// <summary>Who has done their part reads that others are waited for.</summary>
    public DisputeRow Row(ListArguments reader) => new(
        new(new(OrderId), Suffix), Marketplace, Code<Stage>(Stage), Buyer, Seller, Code<Role>(Opener),
        Code<Reason>(Reason),
        Code<RemedyKind>(Remedy), Sought, Currency,
        MetBy is not null && MetBy == reader.Side ? Code<Role>(MetBy).Other() : Optional<Role>(Responsible),
        Optional<TermKind>(Awaited), At(DueAt),
        reader.ShowsExaminer && Examiner is not null ? new PersonId(Examiner) : null, OpenedAt, At(ClosedAt));

    private static Instant? At(long? micros) => micros is { } known ? Micros.From(known) : null;

    private static T? Optional<T>(string? code) where T : struct, Enum => code is null ? null : Code<T>(code);

    private static T Code<T>(string code) where T : struct, Enum =>
        Codes.TryParse<T>(code, out var value)
            ? value
            : throw new InvalidDataException($"The store holds '{code}' as {typeof(T).Name}.");
}
