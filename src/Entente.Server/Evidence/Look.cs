using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Server.Evidence;

/// <summary>
/// What was made of a file to look at, as the worker wrote it down. Files are named within the exhibit's own folder;
/// everything in it came out of somebody's file and is shown as text or as pictures that were made anew.
/// </summary>
public sealed record Look
{
    /// <summary>As found in the bytes.</summary>
    public required string Type { get; init; }

    /// <summary>Why there is nothing to see; null where there is.</summary>
    public NoLook? Why { get; init; }

    /// <summary>A small picture of the first page.</summary>
    public string? Thumb { get; init; }

    /// <summary>Pictures to read, at most 1,600 pixels wide or high.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    /// <summary>How many pages the file has; more than are shown where the rest was too much.</summary>
    public int PageCount { get; init; }

    /// <summary>What others than the uploader may save: made anew, with nothing hidden in it.</summary>
    public string? Copy { get; init; }

    public string? CopyType { get; init; }

    /// <summary>What can be read of it, as a file of plain text.</summary>
    public string? Text { get; init; }

    /// <summary>Whether there is more text than was kept.</summary>
    public bool TextIsCut { get; init; }

    public MailHead? Mail { get; init; }

    /// <summary>What the file says of itself; for the platform's eyes.</summary>
    public IReadOnlyList<Trait> Traits { get; init; } = [];

    /// <summary>What the picture looks like in 64 bits; near-same pictures differ in few.</summary>
    public ulong? Likeness { get; init; }

    /// <summary>What hangs on an e-mail, each with a look of its own.</summary>
    public IReadOnlyList<Attachment> Parts { get; init; } = [];

    /// <summary>How many hang on it; more than are listed where the rest was too much.</summary>
    public int PartCount { get; init; }

    /// <summary>Milliseconds until the small picture stood.</summary>
    public long ThumbMilliseconds { get; init; }

    /// <summary>Every file that was made, parts included.</summary>
    [JsonIgnore]
    public IEnumerable<string> Files =>
        new[] { Thumb, Copy, Text }.OfType<string>().Concat(Pages).Concat(Parts.SelectMany(part => part.Look.Files));

    /// <summary>The same without what the file says of itself and of the ways it came.</summary>
    public Look ForOthers() => this with
    {
        Traits = [],
        Mail = Mail is null ? null : Mail with { Received = [] },
        Parts = [.. Parts.Select(part => part with { Look = part.Look.ForOthers() })],
    };

    private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        MaxDepth = 32,
    };

    public string Write() => JsonSerializer.Serialize(this, Spelling);

    public static Look Read(string json) =>
        JsonSerializer.Deserialize<Look>(json, Spelling) ?? throw new JsonException("No look.");
}

/// <summary>Why nothing was made of a file.</summary>
public enum NoLook { Unreadable, TooLarge, Locked, Opaque, NoTool, NotFinished }

/// <summary>One thing a file says of itself.</summary>
public sealed record Trait(TraitKind Kind, string Value);

/// <summary>What kinds of things files say of themselves.</summary>
public enum TraitKind
{
    TakenAt, Camera, Software, Place, SerialNumber, Owner, Author, Producer, CreatedAt, ChangedAt, Pixels, PageCount,
    Script, Provenance, HiddenThumbnail, Frames,
}

/// <summary>Who wrote an e-mail to whom, as its headers claim.</summary>
public sealed record MailHead(
    string? From, string? To, string? Cc, string? Date, string? Subject, IReadOnlyList<string> Received);

/// <summary>Something that hangs on an e-mail.</summary>
/// <param name="Name">As its sender called it, shown safely.</param>
public sealed record Attachment(string Name, long Bytes, Look Look);
