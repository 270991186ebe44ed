using System.Text;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Evidence;
using Entente.Tests.Server;
using ImageMagick;

namespace Entente.Tests.Evidence;

/// <summary>Real files of every kind that is taken, made on the spot, each with something hidden in it.</summary>
public static class Files
{
    public const string Serial = "SN-4711-0815";

    /// <summary>A photo lying on its side, with a place, a serial number, an owner and a note.</summary>
    public static byte[] Photo(uint width = 640, uint height = 480, MagickFormat format = MagickFormat.Jpeg,
        int seed = 1)
    {
        using var image = Drawn(width, height, seed);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Make, "Ententecam");
        exif.SetValue(ExifTag.Model, "E-1");
        exif.SetValue(ExifTag.Software, "Retouche 9");
        exif.SetValue(ExifTag.DateTimeOriginal, "2026:11:01 10:11:12");
        exif.SetValue(ExifTag.SerialNumber, Serial);
        exif.SetValue(ExifTag.OwnerName, "Amélie Rousseau");
        exif.SetValue(ExifTag.Orientation, (ushort)6);
        exif.SetValue(ExifTag.GPSLatitudeRef, "N");
        exif.SetValue(ExifTag.GPSLatitude, [new(48), new(51), new(24)]);
        exif.SetValue(ExifTag.GPSLongitudeRef, "E");
        exif.SetValue(ExifTag.GPSLongitude, [new(2), new(21), new(7)]);
        image.SetProfile(exif);
        image.Comment = "a hidden note";
        image.Orientation = Orientation.RightTop;
        return image.ToByteArray(format);
    }

    public static byte[] Png(uint width = 64, uint height = 48, int seed = 1)
    {
        using var image = Drawn(width, height, seed);
        return image.ToByteArray(MagickFormat.Png);
    }

    public static byte[] Jpeg(uint width = 64, uint height = 48, int seed = 1)
    {
        using var image = Drawn(width, height, seed);
        return image.ToByteArray(MagickFormat.Jpeg);
    }

    public static byte[] Mail(string name, string type, byte[] attachment) => Encoding.ASCII.GetBytes($"""
        From: Shop <shop@example.com>
        To: amelie@example.com
        Subject: =?utf-8?q?Votre_commande_num=C3=A9ro_7?=
        Date: Mon, 02 Nov 2026 09:00:00 +0100
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/html; charset=utf-8

        <p>Bonjour,</p><script>alert(1)</script><img src="http://127.0.0.1:9/pixel.gif">
        <p>le <a href="http://ailleurs.example/">colis</a> arrive.</p>
        --b
        Content-Type: {type}; name="{name}"
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename="{name}"

        {Convert.ToBase64String(attachment, Base64FormattingOptions.InsertLineBreaks)}
        --b--
        """.ReplaceLineEndings("\r\n"));

    /// <summary>Waits until nothing of a dispute is being scanned or looked at any more.</summary>
    public static async Task Looked(ServerUnderTest server, DisputeId dispute, ExhibitId exhibit)
    {
        var states = server.Get<EvidenceStates>();
        for (var turn = 0; turn < 18_000; turn++)
        {
            if (await states.Of(dispute, exhibit) is { State: not LookState.Waiting,
                Scan: not ScanState.Waiting }) return;
            await Task.Delay(50);
        }
        Assert.Fail($"Exhibit {exhibit} was never looked at.");
    }

    /// <summary>What a caller gets of an exhibit now.</summary>
    public static async Task<Handout?> Handed(ServerUnderTest server, Caller caller, DisputeId dispute,
        ExhibitId exhibit)
    {
        var view = await server.Get<DisputeReader>().Read(caller, dispute);
        return view is null ? null : await server.Get<Handouts>().Of(view, exhibit);
    }

    private static MagickImage Drawn(uint width, uint height, int seed)
    {
        var image = new MagickImage(MagickColors.LightGray, width, height);
        var random = new Random(seed);
        var drawing = new ImageMagick.Drawing.Drawables();
        for (var shape = 0; shape < 24; shape++)
            drawing
                .FillColor(MagickColor.FromRgb((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)))
                .Rectangle(random.Next((int)width), random.Next((int)height), random.Next((int)width),
                    random.Next((int)height));
        drawing.Draw(image);
        return image;
    }
}
