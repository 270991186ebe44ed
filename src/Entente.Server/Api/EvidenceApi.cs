using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Evidence;
using Entente.Server.Storage;
using Entente.Server.Web.Safety;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Server.Api;

/// <summary>/v1/disputes/{id}/evidence: files that show something, and what the examiner asks to be shown.</summary>
public static class EvidenceApi
{
    public static void MapEvidence(this IEndpointRouteBuilder dispute)
    {
        dispute.MapPost("/evidence", Post)
            .RequireRateLimiting(Limits.Uploads)
            .IsCommand("Add an exhibit",
                "As multipart/form-data with the file as its last part, or the file alone as the body and the rest in "
                + "the query. A file that was sent in pieces is named by 'upload'.")
            .Accepts<NewEvidence>("multipart/form-data", "*/*")
            .WithMetadata(new DisableRequestSizeLimitAttribute());
        dispute.MapUploads();
        dispute.MapDelete("/evidence/{exhibit}", Withdraw)
            .IsCommand("Take back an exhibit of your own", "Its number stays.", creates: false);
        dispute.MapPost("/evidence-requests", Request)
            .IsCommand(
                "Ask one side or both for evidence",
                "By the examiner in charge, by a date before the decision is due.");
    }

    private static async Task<IResult> Post(DisputeCall call, EvidenceIntake intake, PolicyShelf shelf)
    {
        var stop = call.Http.RequestAborted;
        return await call.Ask(async (_, reading) =>
        {
            // Whoever may add nothing is told so by the rules, and sends no file for it.
            if (await call.View() is not { } view || !view.May("add_evidence")) return Nothing(reading);
            var rules = (await shelf.Find(view.Policy, stop)).Evidence;
            var (upload, fault) = await Upload.Read(call.Http, rules.FileBytesMax, stop);
            if (upload is null) return reading.Refuse(Nothing(reading), fault!.Value);
            if (EvidenceIntake.IsFull(view, rules)) return Nothing(reading);
            var (kept, name) = upload.Sent is { } sent
                ? await intake.KeepSent(view, call.Caller.Principal, sent, upload.Digest, rules, stop)
                : (await intake.Keep(view, upload.Incoming, rules, stop), upload.FileName);
            if (kept.Refusal is { } refusal)
                return reading.Refuse(Nothing(reading), (FileProblems.Of(refusal), "file"));
            return new AddEvidence(
                kept.Exhibit, upload.Kind, reading.Text(upload.Title ?? name, upload.Language),
                reading.Text(name, "und"), reading.Text(kept.Digest, "und"), kept.MediaType, kept.Bytes,
                reading.TextIfAny(upload.SealedBecause, upload.Language));
        });
    }

    private static AddEvidence Nothing(BodyReading reading) => new(
        new(""), ExhibitKind.Other, reading.Text("-", "und"), reading.Text("-", "und"), reading.Text("-", "und"),
        MediaTypes.Unknown, 0, null);

    /// <summary>tus 1.0, which programs and browsers speak already.</summary>
    private static void MapUploads(this IEndpointRouteBuilder dispute)
    {
        dispute.MapPost("/uploads", Begin)
            .RequireRateLimiting(Limits.Uploads)
            .Needs(Scope.DisputesWrite)
            .Says("Begin to send a file in pieces", "By tus 1.0: Upload-Length says how long it is, Upload-Metadata "
                + "what it is called (filename). The answer's Location is where it is sent to, for a day.")
            .Produces(StatusCodes.Status201Created)
            .Refuses();
        foreach (var (method, status, summary, act) in new (string, int, string,
            Func<ResumableUploads, HttpContext, DisputeView, string, Task<IResult>>)[]
        {
            (HttpMethods.Head, 200, "How much of a file has come", (uploads, http, view, id) =>
                uploads.Head(http, view, id)),
            (HttpMethods.Patch, 204, "Send the next piece of a file", (uploads, http, view, id) =>
                uploads.Append(http, view, id)),
            (HttpMethods.Delete, 204, "Give up sending a file", (uploads, http, view, id) =>
                uploads.Drop(http, view, id)),
        })
            dispute.MapMethods("/uploads/{upload}", [method], async (
                    DisputeCall call, string upload, ResumableUploads uploads) =>
                    await call.View() is { } view
                        ? await act(uploads, call.Http, view, upload) : Problems.NotFound(call.Http))
                .Needs(Scope.DisputesWrite)
                .Says(summary, null)
                .Produces(status)
                .Refuses()
                .WithMetadata(new DisableRequestSizeLimitAttribute());
    }

    private static async Task<IResult> Begin(DisputeCall call, ResumableUploads uploads, PolicyShelf shelf) =>
        await call.View() is { } view
            ? await uploads.Begin(
                call.Http, view, (await shelf.Find(view.Policy, call.Http.RequestAborted)).Evidence)
            : Problems.NotFound(call.Http);

    private static Task<IResult> Withdraw(DisputeCall call, string exhibit) =>
        call.Ask((_, _) => new WithdrawEvidence(new(exhibit)));

    private static Task<IResult> Request(DisputeCall call, NewEvidenceRequest body) => call.Ask((_, reading) =>
        new RequestEvidence(
            body.From.ToValueList(), (body.Kinds ?? []).ToValueList(), reading.Text(body.Text, body.Language),
            body.Due));
}

/// <summary>The parts of the form, or the query beside a body that is the file alone.</summary>
/// <param name="Title">Without one the file's name.</param>
/// <param name="SealedBecause">Why the other side must not see it; it is then for the platform's eyes only.</param>
/// <param name="FileName">Only in the query; a form's part says it itself.</param>
/// <param name="File">The last part.</param>
/// <param name="Sha256">Of the file, in hexadecimal, to be held against what arrived.</param>
/// <param name="Upload">The last part of the address of a file that was sent in pieces, in place of the file.</param>
public sealed record NewEvidence(
    ExhibitKind Kind, string? Title = null, string? Language = null, string? SealedBecause = null,
    string? FileName = null, string? File = null, string? Sha256 = null, string? Upload = null);

/// <summary>What the examiner asks for.</summary>
/// <param name="From">One side or both.</param>
/// <param name="Due">By when; before the decision is due.</param>
public sealed record NewEvidenceRequest(
    IReadOnlyList<Role> From, string Text, Instant Due, IReadOnlyList<ExhibitKind>? Kinds = null,
    string? Language = null);
