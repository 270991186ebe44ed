using System.Diagnostics;
using Entente.Server.Storage;

namespace Entente.Server.Evidence.Worker;

/// <summary>
/// Reads one hostile file in a process of its own, writes what can be seen of it into a folder, and ends. The centre
/// starts it with limits of memory, time and size; whatever becomes of it, the centre goes on.
/// </summary>
internal static class LookWorker
{
    /// <summary>The hidden command: <c>entente look FILE FOLDER</c>.</summary>
    public const string Command = "look";
    public const string ResultFile = "look.json";

    /// <summary>Outside of an e-mail 0; how deep a message in a message is still opened.</summary>
    public const int DepthMax = 3;

    public static int Run(string file, string folder)
    {
        var look = Of(File.ReadAllBytes(file), new Bench(folder, "", 0, Stopwatch.StartNew()));
        File.WriteAllText(Path.Combine(folder, ResultFile), look.Write());
        return 0;
    }

    /// <summary>What a file is decides what is made of it; what is not known is only named.</summary>
    public static Look Of(byte[] bytes, Bench bench)
    {
        var type = MediaTypes.Of(bytes.AsSpan(0, Math.Min(bytes.Length, MediaTypes.HeadBytes)));
        return type switch
        {
            _ when MediaTypes.IsPicture(type) => PictureLook.Of(type, bytes, bench),
            MediaTypes.Pdf => PdfLook.Of(bytes, bench),
            MediaTypes.Mail => MailLook.Of(bytes, bench),
            _ when MediaTypes.IsText(type) => TextLook.Of(type, bytes, bench),
            MediaTypes.Mp4 or MediaTypes.QuickTime => FilmLook.Of(type, bytes, bench),
            _ when MediaTypes.IsOffice(type) => OfficeLook.Of(type, bytes, bench),
            _ => new() { Type = type, Why = NoLook.Opaque },
        };
    }
}

/// <summary>
/// Where a look is made: names begin with the part they belong to, and never with anything somebody typed.
/// </summary>
internal sealed record Bench(string Folder, string Prefix, int Depth, Stopwatch Watch)
{
    public string Name(string name) => Prefix + name;

    public string PathOf(string name) => Path.Combine(Folder, Prefix + name);

    public Bench Part(int no) => this with { Prefix = $"{Prefix}part{no}-", Depth = Depth + 1 };
}
