using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Web.Party;

/// <summary>What a list of disputes shows, as its address says it: the part,
/// the words searched for, where it goes on.</summary>
public sealed record ListAddress(ListPart Part, string Query, string? After)
{
    public static readonly IReadOnlyList<ListPart> Parts =
        [ListPart.WaitsForMe, ListPart.WaitsForOthers, ListPart.Closed];

    public static ListAddress From(IQueryCollection query) => new(
        Codes.TryParse<ListPart>(query["show"], out var part) && Parts.Contains(part) ? part
            : query["q"].ToString().Trim().Length > 0 ? ListPart.All : ListPart.WaitsForMe,
        Words(query["q"].ToString().Trim()),
        query["after"].ToString() is { Length: > 0 } after ? after : null);

    public ListFilter Filter(ListSight sight) => new(Part) { Query = Query.Length == 0 ? null : Query, Sight = sight };

    /// <summary>Longer than any title nobody types on purpose.</summary>
    internal static string Words(string query) => query.Length > Texts.TitleMax ? query[..Texts.TitleMax] : query;

    public override string ToString() => With("/disputes",
        ("show", Part is ListPart.WaitsForMe or ListPart.All ? null : Codes.Of(Part)),
        ("q", Query.Length == 0 ? null : Query), ("after", After));

    private static string With(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        foreach (var (name, value) in query)
            if (value is not null)
                path += $"{(path.Contains('?') ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
        return path;
    }
}
