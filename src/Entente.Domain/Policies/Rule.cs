namespace Entente.Domain.Policies;

/// <summary>
/// One rule by name: what kind of value it has, where it stands in <see cref="Rules"/>, how it is replaced.
/// </summary>
/// <param name="Type">A span, a list of spans, a number, a yes or no, amounts,
/// or one or some of an enum's choices.</param>
/// <param name="MayBeNone">"None" is an answer: no window, no waiting time.</param>
/// <param name="Unsaid">
/// What holds where a document does not name the rule; null where it must. A rule that came with a later release has
/// one, so that what was published before is read as it was meant.
/// </param>
/// <param name="Value">The rule's value; null only where it may be none.</param>
/// <param name="Put">The same rules with this one replaced.</param>
public sealed record Rule(
    string Key,
    Type Type,
    bool MayBeNone,
    RuleDefault? Unsaid,
    Func<Rules, object?> Value,
    Func<Rules, object?, Rules> Put)
{
    private static readonly Dictionary<string, Rule> ByKey = RuleTable.All.ToDictionary(rule => rule.Key);

    /// <summary>Every rule, in the order in which a policy is written and read.</summary>
    public static ValueList<Rule> All => RuleTable.All;

    /// <summary>The rule of that name; null if there is none.</summary>
    public static Rule? Find(string key) => ByKey.GetValueOrDefault(key);

    public static Rule Named(string key) => ByKey[key];
}

/// <summary>What a rule is where nothing is said; null is "none".</summary>
public sealed record RuleDefault(object? Value);
