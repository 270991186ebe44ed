using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Safety;
using Entente.Server.Web.SignIn;

namespace Entente.Server.Web.Party;

/// <summary>A dispute's page, what is written on it, and the stream that says when it has changed.</summary>
public static class DisputeEndpoints
{
    /// <summary>Without news a stream still says now and then that it lives, so that nobody between cuts it.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Reconnection = TimeSpan.FromSeconds(1);

    public static void MapDispute(this IEndpointRouteBuilder party)
    {
        party.MapGet("/disputes/{id}", Show);
        party.MapPost("/disputes/{id}/messages", Post).RequireRateLimiting(Limits.Messages);
        party.MapLive();
    }

    /// <summary>The stream that tells an open page to look again.</summary>
    public static void MapLive(this IEndpointRouteBuilder readers) => readers.MapGet("/disputes/{id}/live", Live);

    private static async Task<IResult> Show(
        HttpContext context, CaseFiles cases, Counterclaims counterclaims, string id) =>
        await cases.Party(context, id) is { } file
            ? Page.Show<DisputePage>(
                ("File", file with { Beside = await counterclaims.Of(file, context.Caller(), context.RequestAborted) }),
                ("ShowsAll", context.Request.Query["story"] == "all"))
            : TypedResults.NotFound();

    /// <summary>A message needs no fresh version: it changes nothing but the
    /// story, unless the dispute was closed.</summary>
    private static async Task<IResult> Post(HttpContext context, CaseFiles cases, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        var typed = await context.Typed();
        var to = Codes.TryParse<Audience>(typed["audience"], out var audience) ? audience : Audience.All;
        var command = new PostMessage(to, typed.NeededText("text"));
        var reply = await cases.Ask(typed.Caller, file, command, typed.Key, null, context.RequestAborted);
        return await Answers.Of(reply, file, $"{file.Address}", "message_posted", async refusal =>
        {
            var fresh = await cases.Party(context, id) ?? file;
            return fresh.View.May("post_message")
                ? Page.Refused<DisputePage>(("File", fresh), ("State", typed.Refused(refusal!)))
                : Page.With<StalePage>(
                    StatusCodes.Status412PreconditionFailed, ("File", fresh), ("Since", typed.Seen),
                    ("Written", typed["text"]));
        });
    }

    /// <summary>
    /// Says "changed", and never what: the page is fetched anew, under the rights of that moment. What this reader may
    /// not read changes nothing for them, not even that something happened.
    /// </summary>
    private static async Task<IResult> Live(
        HttpContext context, CaseFiles cases, DisputeStore store, ChangeFeed feed, IHostApplicationLifetime lifetime,
        string id, int? seen)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(Changes(
            file, seen, store, feed, () => MayStillRead(context, cases, id), lifetime.ApplicationStopping,
            context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> Changes(
        CaseFile file, int? seen, DisputeStore store, ChangeFeed feed, Func<Task<bool>> mayStillRead,
        CancellationToken stopping, [EnumeratorCancellation] CancellationToken gone)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        using var subscription = feed.Listen(file.View.Id);
        var known = await Version();
        yield return new("", "ready") { ReconnectionInterval = Reconnection };
        // Between the page and its stream, or between two streams, something may have happened.
        if (seen is { } then && then != known) yield return new("", "changed");
        while (!stop.IsCancellationRequested)
        {
            var word = await HasChanged(subscription, IsNew, stop.Token) ? "changed" : "still";
            if (stop.IsCancellationRequested || !await mayStillRead()) yield break;
            yield return new("", word);
        }

        async Task<bool> IsNew() => known != (known = await Version());
        async Task<int> Version() => file.View.Viewer.VersionOf((await store.Read(file.View.Id)).Dispute);
    }

    /// <summary>Whoever was signed out, shut out or taken off a party since
    /// learns not even that something happened.</summary>
    private static async Task<bool> MayStillRead(HttpContext context, CaseFiles cases, string id)
    {
        if (await context.StillSignedIn() is not { } caller) return false;
        context.Features.Set(caller);
        return await cases.Party(context, id) is not null;
    }

    /// <summary>What this reader may not read does not even shift the heartbeat.</summary>
    private static async Task<bool> HasChanged(
        ChangeFeed.Subscription subscription, Func<Task<bool>> isNew, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Heartbeat);
        try
        {
            while (await subscription.Changed(patience.Token))
                if (await isNew()) return true;
            return false;
        }
        catch (OperationCanceledException)
        {
            return false; // Nothing happened in this while, or the reader has gone.
        }
    }
}
