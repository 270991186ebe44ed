using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Directory = MetadataExtractor.Directory;

namespace Entente.Server.Evidence.Worker;

/// <summary>What a picture or a film says of itself: shown to the platform, and in nothing that others get.</summary>
internal static class Traits
{
    private const int ValueLengthMax = 300;

    public static IReadOnlyList<Trait> Of(byte[] bytes)
    {
        var found = new List<Trait>();
        if (HasProvenance(bytes)) found.Add(new(TraitKind.Provenance, "C2PA"));
        try
        {
            using var stream = new MemoryStream(bytes);
            var directories = ImageMetadataReader.ReadMetadata(stream);
            found.AddRange(Named(directories));
            if (directories.OfType<GpsDirectory>().FirstOrDefault()?.GetGeoLocation() is { IsZero: false } place)
                found.Add(new(TraitKind.Place, string.Create(
                    CultureInfo.InvariantCulture, $"{place.Latitude:0.#####}, {place.Longitude:0.#####}")));
            if (directories.OfType<ExifThumbnailDirectory>().Any()) found.Add(new(TraitKind.HiddenThumbnail, "EXIF"));
        }
        catch (Exception broken) when (broken is ImageProcessingException or IOException or MetadataException
            or ArgumentException or OverflowException or IndexOutOfRangeException or FormatException)
        {
            // What cannot be read says nothing; the picture itself is judged elsewhere.
        }
        return found;
    }

    private static IEnumerable<Trait> Named(IReadOnlyList<Directory> directories)
    {
        (TraitKind Kind, int[] Tags)[] wanted =
        [
            (TraitKind.TakenAt, [ExifDirectoryBase.TagDateTimeOriginal]),
            (TraitKind.Camera, [ExifDirectoryBase.TagMake, ExifDirectoryBase.TagModel]),
            (TraitKind.Software, [ExifDirectoryBase.TagSoftware]),
            (TraitKind.SerialNumber, [ExifDirectoryBase.TagBodySerialNumber, ExifDirectoryBase.TagLensSerialNumber]),
            (TraitKind.Owner, [ExifDirectoryBase.TagCameraOwnerName]),
            (TraitKind.Author, [ExifDirectoryBase.TagArtist, ExifDirectoryBase.TagCopyright]),
            (TraitKind.ChangedAt, [ExifDirectoryBase.TagDateTime]),
        ];
        var exif = directories.OfType<ExifDirectoryBase>().Where(directory =>
            directory is not ExifThumbnailDirectory).ToList();
        foreach (var (kind, tags) in wanted)
        {
            var values = tags.Select(tag => exif.Select(directory =>
                directory.GetDescription(tag)).FirstOrDefault(Says));
            if (string.Join(' ', values.OfType<string>()) is { Length: > 0 } value) yield return new(kind,
                Plain(value));
        }
    }

    /// <summary>A manifest of provenance lies in a box of its own; whether it holds is not examined.</summary>
    private static bool HasProvenance(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("jumb"u8) >= 0 && bytes.IndexOf("c2pa"u8) >= 0;

    private static bool Says(string? value) => !string.IsNullOrWhiteSpace(value);

    internal static string Plain(string value)
    {
        var clean = string.Concat(value.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))).Trim();
        return clean.Length <= ValueLengthMax ? clean : clean[..ValueLengthMax];
    }
}
