using System.Reflection;
using Entente.Domain;

namespace Entente.Tests.Storage;

/// <summary>A value of any type, made from its constructor: every member filled, or only what must be.</summary>
public sealed class Sample(bool full)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 9, 0);
    private int _next;

    public object Of(Type type, string name = "value")
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner, name);
        if (type == typeof(string)) return $"{name} {++_next}";
        if (type == typeof(int)) return ++_next;
        if (type == typeof(long)) return ++_next * 100L;
        if (type == typeof(bool)) return full;
        if (type == typeof(Instant)) return Start + Duration.FromTicks(10L * ++_next);
        if (type.IsEnum) return EnumOf(type);
        if (type == typeof(DisputeId)) return Given.Id;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>)
            ? ListOf(type.GetGenericArguments()[0], name)
            : RecordOf(type);
    }

    private object EnumOf(Type type)
    {
        var values = Enum.GetValues(type);
        return values.GetValue(full ? values.Length - 1 : 0)!;
    }

    private object ListOf(Type element, string name)
    {
        var items = Array.CreateInstance(element, full ? 2 : 0);
        for (var index = 0; index < items.Length; index++) items.SetValue(Of(element, name), index);
        return typeof(ValueList).GetMethod(nameof(ValueList.ToValueList))!.MakeGenericMethod(element)
            .Invoke(null, [items])!;
    }

    private object RecordOf(Type type)
    {
        var constructor = type.GetConstructors()
            .OrderByDescending(candidate => candidate.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(ArgumentOf)]);
        foreach (var name in full ? new[] { "Starts", "Ends" } : [])
            if (type.GetProperty(name) is { } property && type.IsAssignableTo(typeof(Domain.Disputes.DisputeEvent)))
                property.SetValue(made, Of(property.PropertyType, name));
        return made;
    }

    private object? ArgumentOf(ParameterInfo parameter) =>
        full || !MayBeNull(parameter) ? Of(parameter.ParameterType, parameter.Name!) : null;

    private static bool MayBeNull(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
}
