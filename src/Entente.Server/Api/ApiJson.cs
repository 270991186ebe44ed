using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Entente.Domain;
using Entente.Server.Storage;
using NodaTime.Text;

namespace Entente.Server.Api;

/// <summary>
/// How values are spelled on the wire: snake_case, codes, RFC 3339 instants. What comes in is read strictly: nothing
/// unknown, doubled, missing or of another type.
/// </summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Built();

    /// <summary>Gives options these ways, so that what the framework reads
    /// and writes is spelled as what we do.</summary>
    public static void Spell(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // Always sent as JSON and never sniffed.
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AskForWholeAmounts } };
        options.Converters.Add(new Rfc3339());
        foreach (var converter in StoredConverters.All) options.Converters.Add(converter);
    }

    /// <summary>A struct's members count as optional by themselves; half an amount is none.</summary>
    private static void AskForWholeAmounts(JsonTypeInfo type)
    {
        if (type.Type != typeof(Money)) return;
        foreach (var member in type.Properties) member.IsRequired = true;
    }

    private static JsonSerializerOptions Built()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Spell(options);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Instants in UTC with microseconds; the store's own spelling of them never leaves it.</summary>
    private sealed class Rfc3339 : JsonConverter<Instant>
    {
        private static readonly InstantPattern Written =
            InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.ffffff'Z'");

        public override Instant Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var read = OffsetDateTimePattern.Rfc3339.Parse(reader.GetString() ?? "");
            if (!read.Success) throw new JsonException("An instant is written 2026-11-23T10:00:00Z.");
            return Micros.Floor(read.Value.ToInstant());
        }

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Written.Format(value));
    }
}
