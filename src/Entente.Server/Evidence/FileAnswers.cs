using Entente.Server.Storage;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Evidence;

/// <summary>
/// Sends files: pictures made anew to be shown in a page, everything else to be saved; and nothing that runs.
/// </summary>
public sealed class FileAnswers(Handouts handouts, EvidenceLocker locker)
{
    /// <summary>Nothing in a file that somebody sent may ever run.</summary>
    public const string FilePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";

    /// <summary>
    /// What this reader may save: their own file, or the copy of it that was made anew. Null for neither.
    /// </summary>
    public async Task<IResult?> Download(HttpContext http, Handout handout)
    {
        if (handout.MayHaveOriginal && !handout.Exhibit.IsOriginalOpen) return await Original(http, handout);
        return handout.Handing is Handing.Open or Handing.PicturesOnly && handout.Look is { Copy: { } copy,
            CopyType: { } type }
            ? await Part(http, handout, copy, type, NameOf(handout))
            : null;
    }

    /// <summary>The file as it was sent, held against its digest; null where it is not this reader's to have.</summary>
    public async Task<IResult?> Original(HttpContext http, Handout handout)
    {
        if (!handout.MayHaveOriginal || handout.File is not { } file) return null;
        http.Response.Headers[HeaderNames.ContentSecurityPolicy] = FilePolicy;
        var name = FileNames.ForSaving(NameOf(handout), file.MediaType);
        if (await locker.Lend(file, name, http.RequestAborted) is { } elsewhere)
            return TypedResults.Redirect(elsewhere.AbsoluteUri, preserveMethod: false);
        return TypedResults.Stream(await locker.Open(file, http.RequestAborted), file.MediaType, name);
    }

    /// <summary>
    /// One of the files that were made of it, by its name; null where it is not this reader's to have.
    /// </summary>
    public async Task<IResult?> Made(HttpContext http, Handout handout, string name)
    {
        var type = Path.GetExtension(name) switch
        {
            ".jpg" => MediaTypes.Jpeg,
            ".png" => MediaTypes.Png,
            ".pdf" => MediaTypes.Pdf,
            ".txt" => MediaTypes.Text,
            _ => MediaTypes.Unknown,
        };
        var isShown = type == MediaTypes.Jpeg;
        return await Part(http, handout, name, type, isShown ? null : $"{handout.Exhibit.Number}-{name}");
    }

    private async Task<IResult?> Part(HttpContext http, Handout handout, string name, string type, string? saved)
    {
        if (await handouts.Open(handout, name, http.RequestAborted) is not { } stream) return null;
        http.Response.Headers[HeaderNames.ContentSecurityPolicy] = FilePolicy;
        var told = type == MediaTypes.Text ? "text/plain; charset=utf-8" : type;
        return saved is null
            ? TypedResults.Stream(stream, told)
            : TypedResults.Stream(stream, told, FileNames.ForSaving(saved, type));
    }

    private static string NameOf(Handout handout) =>
        FileNames.Shown(handout.Exhibit.FileName.Value ?? handout.Exhibit.Number);
}
