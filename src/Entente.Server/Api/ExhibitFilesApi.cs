using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Evidence;
using Entente.Server.Storage;

namespace Entente.Server.Api;

/// <summary>/v1/disputes/{id}/evidence/{exhibit}: what can be seen of an exhibit, and what of it can be had.</summary>
public static class ExhibitFilesApi
{
    public static void MapExhibitFiles(this IEndpointRouteBuilder dispute)
    {
        dispute.MapGet("/evidence/{exhibit}", Get)
            .Needs(Scope.DisputesRead)
            .Says("Download an exhibit",
                "Always as an attachment: to its uploader the file as it was sent, to everybody else a copy that was "
                + "made anew, without what the file hides. 409 until it has been scanned and looked at.")
            .Produces(StatusCodes.Status200OK, contentType: MediaTypes.Unknown)
            .Refuses();
        dispute.MapGet("/evidence/{exhibit}/look", Look)
            .IsReading<LookResource>("What can be seen of an exhibit",
                "How far the scanner and the pictures are, and the names of the files that were made.");
        dispute.MapGet("/evidence/{exhibit}/files/{name}", File)
            .Needs(Scope.DisputesRead)
            .Says("One of the files that were made of an exhibit", "By its name in the look.")
            .Produces(StatusCodes.Status200OK, contentType: MediaTypes.Jpeg)
            .Refuses();
        dispute.MapGet("/evidence/{exhibit}/original", Original)
            .Needs(Scope.DisputesRead)
            .Says("Download the file as it was sent",
                "For its uploader; for an examiner once they have recorded that they open it.")
            .Produces(StatusCodes.Status200OK, contentType: MediaTypes.Unknown)
            .Refuses();
        dispute.MapPost("/evidence/{exhibit}/original-access", (DisputeCall call, string exhibit) =>
                call.Ask((_, _) => new OpenOriginal(new(exhibit))))
            .IsCommand("Record that you open the file as it was sent",
                "By an examiner. The platform's people read it in the story; the parties do not.");
    }

    private static async Task<IResult> Get(DisputeCall call, string exhibit, Handouts handouts, FileAnswers files)
    {
        if (await Handout(call, exhibit, handouts) is not { } handout) return Problems.NotFound(call.Http);
        return await files.Download(call.Http, handout)
            ?? Problems.Of(call.Http, FileProblems.Of(handout.Handing) ?? ProblemCode.FileWithheld);
    }

    private static async Task<IResult> Look(DisputeCall call, string exhibit, Handouts handouts) =>
        await Handout(call, exhibit, handouts) is { } handout
            ? TypedResults.Json(LookResource.Of(handout), ApiJson.Options)
            : Problems.NotFound(call.Http);

    private static async Task<IResult> File(
        DisputeCall call, string exhibit, string name, Handouts handouts, FileAnswers files) =>
        await Handout(call, exhibit, handouts) is { } handout && await files.Made(call.Http, handout, name) is { } file
            ? file
            : Problems.NotFound(call.Http);

    private static async Task<IResult> Original(DisputeCall call, string exhibit, Handouts handouts,
        FileAnswers files) =>
        await Handout(call, exhibit, handouts) is { } handout && await files.Original(call.Http, handout) is { } file
            ? file
            : Problems.NotFound(call.Http);

    private static async Task<Handout?> Handout(DisputeCall call, string exhibit, Handouts handouts) =>
        await call.View() is { } view ? await handouts.Of(view, new Domain.ExhibitId(exhibit),
            call.Http.RequestAborted) : null;
}

/// <summary>What can be seen of an exhibit.</summary>
/// <param name="Handing">What of the file this caller may have now.</param>
/// <param name="Thumb">The name of a small picture.</param>
/// <param name="Pages">The names of pictures to read, page by page.</param>
/// <param name="Copy">The name of the copy that was made anew.</param>
/// <param name="Text">The name of its text.</param>
/// <param name="Attachments">What hangs on an e-mail.</param>
/// <param name="Traits">What the file says of itself; for the platform's people.</param>
public sealed record LookResource(
    Handing Handing, ScanState Scan, string? Thumb, IReadOnlyList<string> Pages, int PageCount, string? Copy,
    string? Text, NoLook? Why, IReadOnlyList<AttachmentResource> Attachments, IReadOnlyList<Trait> Traits,
    bool MayHaveOriginal)
{
    internal static LookResource Of(Handout handout)
    {
        var look = handout.Look;
        return new(handout.Handing, handout.Scan, look?.Thumb, look?.Pages ?? [], look?.PageCount ?? 0, look?.Copy,
            look?.Text, look?.Why, [.. (look?.Parts ?? []).Select(AttachmentResource.Of)], look?.Traits ?? [],
            handout.MayHaveOriginal);
    }
}

/// <summary>Something that hangs on an e-mail.</summary>
public sealed record AttachmentResource(
    string Name, string MediaType, long Bytes, string? Thumb, IReadOnlyList<string> Pages, string? Copy, string? Text,
    NoLook? Why)
{
    internal static AttachmentResource Of(Attachment part) => new(
        part.Name, part.Look.Type, part.Bytes, part.Look.Thumb, part.Look.Pages, part.Look.Copy, part.Look.Text,
            part.Look.Why);
}
