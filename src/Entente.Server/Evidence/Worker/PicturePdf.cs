using System.Globalization;
using System.Text;

namespace Entente.Server.Evidence.Worker;

/// <summary>A PDF of pictures and nothing else: one JPEG a page, no script, no author, no date.</summary>
internal static class PicturePdf
{
    /// <summary>The longer side of a page, in points; about that of A4.</summary>
    private const double PointsMax = 842;

    public static void Write(string path, IReadOnlyList<(string File, uint Width, uint Height)> pictures)
    {
        using var file = File.Create(path);
        var places = new List<long>();
        Say("%PDF-1.4\n");
        Object("<</Type/Catalog/Pages 2 0 R>>");
        var kids = string.Join(' ', pictures.Select((_, no) => $"{3 + no * 3} 0 R"));
        Object($"<</Type/Pages/Kids[{kids}]/Count {pictures.Count}>>");
        foreach (var (picture, width, height) in pictures)
        {
            var points = PointsMax / Math.Max(width, height);
            var (wide, high) = (Number(width * points), Number(height * points));
            var (page, drawing) = (places.Count + 1, $"{wide} 0 0 {high} 0 0 cm/P Do");
            Object($"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide} {high}]/Contents {page + 1} 0 R"
                + $"/Resources<</XObject<</P {page + 2} 0 R>>>>>>");
            Object($"<</Length {drawing.Length}>>stream\n{drawing}\nendstream");
            var bytes = File.ReadAllBytes(picture);
            Begin();
            Say($"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8"
                + $"/Filter/DCTDecode/Length {bytes.Length}>>stream\n");
            file.Write(bytes);
            Say("\nendstream\nendobj\n");
        }
        file.Write(Encoding.ASCII.GetBytes(Table(places, file.Position)));

        void Begin()
        {
            places.Add(file.Position);
            Say($"{places.Count} 0 obj");
        }

        void Object(string content)
        {
            Begin();
            Say($"{content}\nendobj\n");
        }

        void Say(string text) => file.Write(Encoding.ASCII.GetBytes(text));
    }

    private static string Table(List<long> places, long at) =>
        $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n"
        + string.Concat(places.Select(place =>
            $"{place.ToString("0000000000", CultureInfo.InvariantCulture)} 00000 n \n"))
        + $"trailer<</Size {places.Count + 1}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
