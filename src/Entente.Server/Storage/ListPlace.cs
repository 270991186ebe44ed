using System.Globalization;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>Where a list goes on from: just after a dispute's place, whatever has come and gone meanwhile.</summary>
internal sealed record ListPlace(long Place, string Order, string Suffix)
{
    /// <summary>Behind every instant: closed disputes are counted back from here.</summary>
    public const long Closed = 9_000_000_000_000_000_000;

    public override string ToString() => $"{Place.ToString(CultureInfo.InvariantCulture)}-{Order}{Suffix}";

    /// <summary>Null for what this centre never gave out.</summary>
    public static ListPlace? Parse(string? text) =>
        text?.Split('-') is [var place, var id] && DisputeId.TryParse(id, out var dispute)
        && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(number, dispute.Order.Value, dispute.Suffix)
            : null;
}
