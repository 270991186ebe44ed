using System.Buffers;
using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>
/// A fact as the bytes that are stored and hashed for ever, and back (docs/events.md). The total sequence is not among
/// them, so that what one audience may read says nothing of what another may.
/// </summary>
public static class EventCodec
{
    private static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText Schema = JsonEncodedText.Encode("schema");
    private static readonly JsonEncodedText N = JsonEncodedText.Encode("n");
    private static readonly JsonEncodedText At = JsonEncodedText.Encode("at");
    private static readonly JsonEncodedText By = JsonEncodedText.Encode("by");
    private static readonly JsonEncodedText Cause = JsonEncodedText.Encode("cause");
    private static readonly JsonEncodedText Policy = JsonEncodedText.Encode("policy");
    private static readonly JsonEncodedText Body = JsonEncodedText.Encode("body");
    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = StoredJson.Options.Encoder, SkipValidation = true,
    };

    /// <summary>The one serialization of a fact; never repeated.</summary>
    public static byte[] Write(Fact fact)
    {
        var (name, schema) = StoredNames.Of(fact.Event.GetType());
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(bytes, Writing);
        writer.WriteStartObject();
        writer.WriteString(Kind, name);
        writer.WriteNumber(Schema, schema);
        writer.WriteNumber(N, fact.N);
        writer.WriteNumber(At, Micros.Of(fact.At));
        writer.WritePropertyName(By);
        JsonSerializer.Serialize(writer, fact.By, StoredJson.Options);
        writer.WriteString(Cause, fact.Cause.Value);
        writer.WriteString(Policy, fact.Policy);
        writer.WritePropertyName(Body);
        JsonSerializer.Serialize(writer, fact.Event, fact.Event.GetType(), StoredJson.Options);
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The fact at a place of the total sequence; throws
    /// <see cref="JsonException"/> for what it cannot read.</summary>
    public static Fact Read(int seq, ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        Next(ref reader, JsonTokenType.StartObject);
        Member(ref reader, Kind);
        var name = reader.GetString()!;
        Member(ref reader, Schema);
        var schema = reader.GetInt32();
        var type = StoredNames.Find(name, schema)
            ?? throw new UnknownFactException($"'{name}' of schema {schema} is not known to this version.");
        Member(ref reader, N);
        var n = reader.GetInt32();
        Member(ref reader, At);
        var at = Micros.From(reader.GetInt64());
        Member(ref reader, By);
        var by = JsonSerializer.Deserialize<Actor>(ref reader, StoredJson.Options)!;
        Member(ref reader, Cause);
        var cause = new CommandId(reader.GetString()!);
        Member(ref reader, Policy);
        var policy = reader.GetString()!;
        Member(ref reader, Body);
        var happened = (DisputeEvent)JsonSerializer.Deserialize(ref reader, type, StoredJson.Options)!;
        Next(ref reader, JsonTokenType.EndObject);
        if (reader.Read()) throw new JsonException("Something follows the fact.");
        return new(seq, n, at, by, cause, policy, happened);
    }

    private static void Member(ref Utf8JsonReader reader, JsonEncodedText name)
    {
        Next(ref reader, JsonTokenType.PropertyName);
        if (!reader.ValueTextEquals(name.EncodedUtf8Bytes))
            throw new JsonException($"'{name}' was expected, '{reader.GetString()}' found.");
        if (!reader.Read()) throw new JsonException("The bytes end too early.");
    }

    private static void Next(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        if (!reader.Read() || reader.TokenType != expected)
            throw new JsonException($"{expected} was expected, {reader.TokenType} found.");
    }

    /// <summary>The folded dispute as its row keeps it.</summary>
    public static byte[] WriteState(Dispute dispute) =>
        JsonSerializer.SerializeToUtf8Bytes(dispute, StoredJson.Options);

    public static Dispute ReadState(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<Dispute>(bytes, StoredJson.Options)!;
}

/// <summary>A fact of a kind that only a newer version writes: another node can read it.</summary>
public sealed class UnknownFactException(string message) : JsonException(message);
