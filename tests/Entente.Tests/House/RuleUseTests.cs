using System.Reflection;
using Entente.Domain.Policies;
using Entente.Server.Policies;

namespace Entente.Tests.House;

/// <summary>
/// A rule that only its own table, its words and its checks read does nothing: the compiled code tells who reads what.
/// </summary>
public class RuleUseTests
{
    private const byte Call = 0x28;
    private const byte CallVirtual = 0x6F;

    /// <summary>They say what a rule is, and judge no dispute by it.</summary>
    private static readonly HashSet<string> Speakers =
    [
        "RuleTable", nameof(PolicyText), nameof(LifeBound), nameof(Timetable), "Replaying", "PolicyChecks",
        nameof(PolicyRules),
    ];

    private static IEnumerable<Type> Chapters =>
        typeof(Rules).GetProperties().Select(part => part.PropertyType);

    [Fact]
    public void Every_rule_is_read_by_something_that_acts_on_it()
    {
        var used = new[] { typeof(Rules).Assembly, typeof(PolicyRules).Assembly }
            .SelectMany(assembly => assembly.GetTypes()).Where(type => !IsSpeaker(type))
            .SelectMany(Bodies).SelectMany(Called).ToHashSet();
        var idle = Chapters.SelectMany(chapter => chapter.GetProperties().Where(member => member.CanWrite)
            .Where(member => !used.Contains(member.GetMethod!))
            .Select(member => $"{chapter.Name}.{member.Name}"));
        SourceTree.AssertNone(idle, "Wire these rules to what they announce, or take them out:");
    }

    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type Generated = typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute);

    private static bool IsSpeaker(Type? type) =>
        type is not null && (Speakers.Contains(type.Name) || IsSpeaker(type.DeclaringType));

    /// <summary>What was written; a record's own equality and printing read all of its members.</summary>
    private static IEnumerable<MethodBase> Bodies(Type type) => type.GetMethods(Everything).Cast<MethodBase>()
        .Concat(type.GetConstructors(Everything))
        .Where(method => !Chapters.Contains(type) || !method.IsDefined(Generated));

    private static IEnumerable<MethodBase> Called(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at + 4 < code.Length; at++)
            if (code[at] is Call or CallVirtual && Resolved(method, BitConverter.ToInt32(code, at + 1)) is { } called)
                yield return called;
    }

    /// <summary>Bytes that only look like a call name nothing, or something else.</summary>
    private static MethodBase? Resolved(MethodBase within, int token)
    {
        if ((token >>> 24) is not (0x06 or 0x0A)) return null;
        try
        {
            return within.Module.ResolveMethod(token, within.DeclaringType?.GetGenericArguments(),
                within is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : null);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
