namespace Entente.Server.Papers.Kit;

/// <summary>A document before it is pressed into a file: what it says, part by part, for one reader.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Language">The language it is written in.</param>
/// <param name="Direction">"ltr" or "rtl".</param>
/// <param name="House">Whose centre wrote it; at the head of each page.</param>
/// <param name="Mark">What it is about, in few words; at the head of each page.</param>
/// <param name="Foot">What stands at the foot of each page.</param>
/// <param name="At">The instant it speaks of: the file carries it, and no other.</param>
public sealed record Paper(
    string Title, string Language, string Direction, string House, string Mark, string Foot, Instant At,
    IReadOnlyList<Part> Parts)
{
    /// <summary>How a page says which of how many it is.</summary>
    public required Func<int, int, string> PageOf { get; init; }

    /// <summary>What is said at the end where characters had to be shown as boxes.</summary>
    public required string Gaps { get; init; }
}

/// <summary>A part of a document.</summary>
public abstract record Part;

/// <summary>A heading; level 1 begins a section, level 2 a part of one.</summary>
public sealed record Heading(string Text, int Level = 1) : Part;

/// <summary>A paragraph of the platform's own words.</summary>
public sealed record Prose(string Text, Tone Tone = Tone.Plain) : Part;

/// <summary>How loud a paragraph is.</summary>
public enum Tone { Plain, Lead, Soft }

/// <summary>What a person wrote, set apart from what the platform says.</summary>
/// <param name="Language">BCP 47; "und" where unknown.</param>
public sealed record Written(string Text, string Language) : Part;

/// <summary>Names and values.</summary>
public sealed record Rows(IReadOnlyList<Row> Items) : Part;

/// <summary>One name with its value.</summary>
/// <param name="Language">Of the value, where a person wrote it.</param>
public sealed record Row(string Name, string Value, string Language = "und");

/// <summary>A list.</summary>
public sealed record Bullets(IReadOnlyList<string> Items) : Part;

/// <summary>Something that happened, with its time.</summary>
public sealed record Happening(string When, string Text, string? Note = null) : Part;

/// <summary>Pictures beside and below each other, each with what it shows.</summary>
/// <param name="Across">How many stand in a row.</param>
/// <param name="HeightMax">The most each may be high, in points.</param>
public sealed record Pictures(IReadOnlyList<Picture> Items, int Across, float HeightMax) : Part;

/// <summary>A picture, upright, as JPEG.</summary>
public sealed record Picture(byte[] Jpeg, int Width, int Height, string Caption, string Language = "und");

/// <summary>What follows begins on a new page.</summary>
public sealed record NewPage : Part;
