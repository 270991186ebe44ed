using Entente.Domain.Disputes;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Evidence;
using Entente.Server.Storage;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Safety;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Server.Web.Party;

/// <summary>Exhibits are added: each file judged as it streams in.</summary>
public static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder party)
    {
        party.MapGet("/disputes/{id}/evidence/new", Show);
        party.MapPost("/disputes/{id}/evidence", Add)
            .ReadsFormItself()
            .RequireRateLimiting(Limits.Uploads)
            .WithMetadata(new DisableRequestSizeLimitAttribute());
        party.MapPost("/disputes/{id}/uploads", (HttpContext http, CaseFiles cases, ResumableUploads uploads,
                string id) => InPieces(http, cases, id, file => uploads.Begin(http, file.View, file.Policy.Evidence)))
            .RequireRateLimiting(Limits.Uploads);
        const string one = "/disputes/{id}/uploads/{upload}";
        party.MapMethods(one, [HttpMethods.Head], (HttpContext http, CaseFiles cases, ResumableUploads uploads,
            string id, string upload) => InPieces(http, cases, id, file => uploads.Head(http, file.View, upload)));
        party.MapMethods(one, [HttpMethods.Patch], (HttpContext http, CaseFiles cases, ResumableUploads uploads,
                string id, string upload) =>
                InPieces(http, cases, id, file => uploads.Append(http, file.View, upload)))
            .WithMetadata(new DisableRequestSizeLimitAttribute());
    }

    private static async Task<IResult> InPieces(
        HttpContext http, CaseFiles cases, string id, Func<CaseFile, Task<IResult>> act) =>
        await cases.Party(http, id) is { } file ? await act(file) : TypedResults.NotFound();

    private static async Task<IResult> Show(HttpContext context, CaseFiles cases, EvidenceIntake intake, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        if (!file.View.May("add_evidence")) return Answers.NotNow(file);
        var room = await intake.RoomLeft(file.View, context.RequestAborted);
        return Page.Show<EvidencePage>(("File", file), ("Rules", file.Policy.Evidence), ("Room", room));
    }

    private static async Task<IResult> Add(HttpContext context, CaseFiles cases, EvidenceIntake intake, string id)
    {
        var reading = UploadForm.Of(context);
        if (reading is null || !await reading.HasToken()) return TypedResults.BadRequest();
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        if (!file.View.May("add_evidence")) return Answers.NotNow(file);
        var speaker = context.RequestServices.GetRequiredService<Visit>().Speaker;
        var (added, rules, stop) = (0, file.Policy.Evidence, context.RequestAborted);
        reading.Limit(rules);
        while (await reading.NextFile(stop) is { } upload)
        {
            var typed = new Typed(reading.Fields, context.Caller(), speaker);
            if (typed["sealed"] == "yes" && typed.Text("sealed_because") is null)
                return Again(typed, "sealed_because",
                    speaker.Say(new Refusal(RefusalCode.SealingNeedsReason).Sentence), added);
            if (await cases.Party(context, id) is { } now && EvidenceIntake.IsFull(now.View, rules))
                return Again(typed, "file", speaker.Say(
                    Refusal.Of(RefusalCode.EvidenceLimitReached, "file", ("max", rules.FilesPerPartyMax)).Sentence),
                        added);
            var (kept, name) = await Keep(intake, file, typed.Caller, upload, stop);
            if (kept.Refusal is { } no) return Again(typed, "file", Why(no, name, kept), added);
            var reply = await cases.Ask(typed.Caller, file, Command(typed, name, kept), KeyOf(typed, added),
                null, stop);
            if (reply is Reply.Refused refused)
                return Again(typed, refused.Refusal.Field ?? "file", speaker.Say(refused.Refusal.Sentence), added);
            if (reply is not Reply.Done) return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
            added++;

            string Why(FileRefusal refusal, string name, Keeping kept) => speaker.Say(
                $"evidence.{Domain.Codes.Of(refusal)}", ("name", (object?)name),
                ("max", new Words.FileSize(rules.FileBytesMax)), ("type", kept.MediaType));
        }
        return added > 0
            ? Page.Done($"{file.Address}", "evidence_added")
            : Again(new(reading.Fields, context.Caller(), speaker), "file", speaker.Say("evidence.no_file"), 0);

        IResult Again(Typed typed, string field, string why, int count) => Page.Refused<EvidencePage>(
            ("File", file), ("Rules", rules), ("Added", count), ("State", typed.Wrong(new FormError(field, why))));
    }

    private static async Task<(Keeping Kept, string Name)> Keep(
        EvidenceIntake intake, CaseFile file, Caller caller, UploadedFile upload, CancellationToken stop) =>
        upload.Sent is { } sent
            ? await intake.KeepSent(file.View, caller.Principal, sent, null, file.Policy.Evidence, stop)
            : (await intake.Keep(file.View, new(upload.Name, upload.Declared, upload.Content), file.Policy.Evidence,
                stop), upload.Name);

    private static AddEvidence Command(Typed typed, string name, Keeping kept)
    {
        var writer = new Writer(typed.Caller);
        var title = Typed.Plain(typed["title"]) is { Length: > 0 } given
            ? given
            : Path.GetFileNameWithoutExtension(name);
        return new(
            kept.Exhibit, Domain.Codes.TryParse<ExhibitKind>(typed["kind"], out var kind) ? kind : ExhibitKind.Other,
            writer.Write(title, typed.Speaker.Language), writer.Mark(name), writer.Mark(kept.Digest),
            kept.MediaType, kept.Bytes,
            typed["sealed"] == "yes" ? typed.Text("sealed_because") : null);
    }

    /// <summary>One form, several commands: each file has a key of its own,
    /// the same when the form is sent again.</summary>
    private static string? KeyOf(Typed typed, int file) => typed.Key is { } key ? $"{key}-{file}" : null;
}
