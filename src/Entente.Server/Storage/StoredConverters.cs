using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>The values whose spelling in the store is not their members'.</summary>
internal static class StoredConverters
{
    public static IEnumerable<JsonConverter> All { get; } =
    [
        new Instants(), new Lists(), new EnumCodes(),
        new Text<MarketplaceId>(id => id.Value, text => new(text)),
        new Text<PartyId>(id => id.Value, text => new(text)),
        new Text<PersonId>(id => id.Value, text => new(text)),
        new Text<CommandId>(id => id.Value, text => new(text)),
        new Text<ExhibitId>(id => id.Value, text => new(text)),
        new Text<OrderId>(id => id.Value, text => new(text)),
        new Text<DisputeId>(id => id.ToString(), text => DisputeId.TryParse(text, out var id)
            ? id
            : throw new JsonException($"'{text}' is no dispute's id.")),
    ];

    private sealed class Instants : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Micros.From(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Micros.Of(value));
    }

    private sealed class Text<T>(Func<T, string> text, Func<string, T> value) : JsonConverter<T> where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            value(reader.GetString() ?? throw new JsonException("An id is missing."));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(text(value));
    }

    private sealed class EnumCodes : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsEnum;

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(EnumCode<>).MakeGenericType(type))!;
    }

    private sealed class EnumCode<T> : JsonConverter<T> where T : struct, Enum
    {
        private readonly Dictionary<T, JsonEncodedText> _spelled =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonEncodedText.Encode(Codes.Of(value)));

        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            foreach (var (value, code) in _spelled)
                if (reader.ValueTextEquals(code.EncodedUtf8Bytes))
                    return value;
            throw new JsonException($"'{reader.GetString()}' is no {typeof(T).Name}.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(_spelled[value]);
    }

    private sealed class Lists : JsonConverterFactory
    {
        public override bool CanConvert(Type type) =>
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(ListOf<>).MakeGenericType(type.GetGenericArguments()))!;
    }

    private sealed class ListOf<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A list was expected.");
            var items = new List<T>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                items.Add(JsonSerializer.Deserialize<T>(ref reader, options)
                    ?? throw new JsonException("A list holds no nulls."));
            return items.Count == 0 ? ValueList<T>.Empty : items.ToValueList();
        }

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value) JsonSerializer.Serialize(writer, item, options);
            writer.WriteEndArray();
        }
    }
}
