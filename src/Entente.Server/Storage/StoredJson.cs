using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>
/// How values are spelled in the store: snake_case members and codes, instants in microseconds, ids as text, no
/// nulls. Reading is strict: a member that is missing or unknown was written by another version.
/// </summary>
public static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = Build();

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver
                { Modifiers = { LeaveOutWhatFollows, AskForWhatHasNoDefault, OmitEmptyTerms } },
        };
        foreach (var converter in StoredConverters.All) options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>What a type computes from its members is no member.</summary>
    private static void LeaveOutWhatFollows(JsonTypeInfo type)
    {
        for (var index = type.Properties.Count - 1; index >= 0; index--)
            if (type.Properties[index] is { Set: null, AssociatedParameter: null })
                type.Properties.RemoveAt(index);
    }

    private static void AskForWhatHasNoDefault(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.AssociatedParameter is { HasDefaultValue: false } && !MayBeNull(property))
                property.IsRequired = true;
    }

    private static bool MayBeNull(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null
            : property.IsSetNullable;

    private static void OmitEmptyTerms(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(DisputeEvent))) return;
        foreach (var property in type.Properties)
        {
            if (property.Name == "starts") property.ShouldSerialize = (_, value) => ((ValueList<Term>)value!).Count > 0;
            if (property.Name == "ends") property.ShouldSerialize = (_, value) => ((ValueList<int>)value!).Count > 0;
        }
    }
}
