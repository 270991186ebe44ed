using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>What tells one command from another under the same key: all that
/// was asked, nothing the centre added.</summary>
public static class Fingerprint
{
    private static readonly JsonSerializerOptions Options = Build();

    /// <param name="dispute">Null where the command makes it.</param>
    public static string Of(DisputeCommand command, DisputeId? dispute)
    {
        var asked = command is AddEvidence added ? added with { Exhibit = default } : command;
        var body = JsonSerializer.SerializeToUtf8Bytes(asked, asked.GetType(), Options);
        var name = Encoding.ASCII.GetBytes($"{command.Move.Name} {dispute} ");
        return Convert.ToHexStringLower(SHA256.HashData([.. name, .. body]));
    }

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(StoredJson.Options);
        options.Converters.Insert(0, new Unsalted());
        return options;
    }

    /// <summary>A salt is new at each try; the text is what was asked.</summary>
    private sealed class Unsalted : JsonConverter<PersonalText>
    {
        public override PersonalText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Fingerprints are not read back.");

        public override void Write(Utf8JsonWriter writer, PersonalText value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("owner", value.Owner);
            writer.WriteString("language", value.Language);
            writer.WriteString("value", value.Value);
            writer.WriteEndObject();
        }
    }
}
