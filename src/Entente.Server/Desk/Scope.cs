namespace Entente.Server.Desk;

/// <summary>What a key may be used for. Deciding is never part of anything else.</summary>
public enum Scope { OrdersWrite, DisputesRead, DisputesWrite, Decide, PartiesWrite, Admin }

/// <summary>The published spelling of scopes: "disputes:read".</summary>
public static class Scopes
{
    public static string Spell(this Scope scope) => scope switch
    {
        Scope.OrdersWrite => "orders:write",
        Scope.DisputesRead => "disputes:read",
        Scope.DisputesWrite => "disputes:write",
        Scope.Decide => "decide",
        Scope.PartiesWrite => "parties:write",
        Scope.Admin => "admin",
    };

    /// <summary>Null when one of the words is no scope.</summary>
    public static IReadOnlyList<Scope>? Parse(string text)
    {
        var words = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var scopes = Enum.GetValues<Scope>().Where(scope => words.Contains(scope.Spell())).ToList();
        return words.All(word => scopes.Any(scope => scope.Spell() == word)) ? scopes : null;
    }
}
