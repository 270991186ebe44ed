using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Api;

/// <summary>One call about one dispute: who asks, what of it they may read, and the way to the door.</summary>
public sealed class DisputeCall
{
    public const string KeyHeader = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotent-Replayed";
    private const int KeyLengthMax = 200;

    private DisputeCall(HttpContext http) => Http = http;

    internal HttpContext Http { get; }
    internal Caller Caller => Http.Caller();
    private CancellationToken Stop => Http.RequestAborted;

    public static ValueTask<DisputeCall?> BindAsync(HttpContext context) => new(new DisputeCall(context));

    /// <summary>Answers a reading of the dispute; what it gives null for does not exist.</summary>
    internal async Task<IResult> Read(Func<DisputeView, DisputeWriting, IResult?> answer)
    {
        if (await View() is not { } view) return Problems.NotFound(Http);
        Mark(view);
        return answer(view, new(view, Http.Speaker())) ?? Problems.NotFound(Http);
    }

    /// <inheritdoc cref="Ask(Func{DisputeOutline, BodyReading, Task{DisputeCommand}})"/>
    internal Task<IResult> Ask(Func<DisputeOutline, BodyReading, DisputeCommand> command) =>
        Ask((view, reading) => Task.FromResult(command(view, reading)));

    /// <summary>Brings a command to the door and answers with what happened.</summary>
    /// <param name="command">Made of the body, and of whose dispute it is.</param>
    internal async Task<IResult> Ask(Func<DisputeOutline, BodyReading, Task<DisputeCommand>> command)
    {
        if (KeyFault() is { } fault) return Problems.Of(Http, fault, KeyHeader);
        if (!TrySeen(out var seen)) return Problems.Of(Http, ProblemCode.InvalidParameter, HeaderNames.IfMatch);
        if (await Outline() is not { } dispute) return Problems.NotFound(Http);
        var reading = new BodyReading(new(Caller), dispute.Currency);
        var asked = await command(dispute, reading);
        if (reading.Fault is { } wrong) return Problems.Of(Http, wrong.Code, wrong.Field);
        if (Caller.IsMarketplace && !asked.Move.By.Contains(Role.Operator))
            return Problems.Of(Http, ProblemCode.BehalfNeeded, KeyAuthentication.BehalfHeader);
        var reply = await Desk.Ask(Entente.Server.Desk.Ask.Of(Caller, dispute.Id, asked, Key, seen), Stop);
        return await CommandAnswers.Of(this, reply, seen);
    }

    /// <summary>The dispute as the caller may read it; null where it does not exist for them.</summary>
    internal Task<DisputeView?> View() =>
        DisputeId.TryParse(Http.GetRouteValue("dispute") as string, out var id)
            ? View(id)
            : Task.FromResult<DisputeView?>(null);

    internal Task<DisputeView?> View(DisputeId id) => Reader.Read(Caller, id, Stop);

    /// <summary>The same right after it came to stand so.</summary>
    internal Task<DisputeView?> View(Dispute stands) => Reader.Read(Caller, stands, Stop);

    private DisputeReader Reader => Http.RequestServices.GetRequiredService<DisputeReader>();

    private Task<DisputeOutline?> Outline() =>
        DisputeId.TryParse(Http.GetRouteValue("dispute") as string, out var id)
            ? Reader.Outline(Caller, id, Stop)
            : Task.FromResult<DisputeOutline?>(null);

    /// <summary>The version the reader has now read, for If-Match.</summary>
    internal void Mark(DisputeView view) => Http.Response.Headers.ETag = $"\"{view.Version}\"";

    internal string? Key => Http.Request.Headers[KeyHeader] is [{ Length: > 0 } key] ? key : null;

    internal DisputeDesk Desk => Http.RequestServices.GetRequiredService<DisputeDesk>();

    internal ProblemCode? KeyFault()
    {
        if (Key is null && Http.GetEndpoint()?.Metadata.GetMetadata<ApiConventions.Command>() is { Creates: true })
            return ProblemCode.IdempotencyKeyMissing;
        return Key is { } key && (key.Length > KeyLengthMax || key.Any(letter => letter is < ' ' or > '~'))
            ? ProblemCode.InvalidParameter
            : null;
    }

    /// <summary>Which version If-Match says the caller has seen: one, any, or none said.</summary>
    private bool TrySeen(out int? seen)
    {
        seen = null;
        var given = Http.Request.Headers.IfMatch;
        if (given is [] or ["*"]) return true;
        if (given is not [{ } tag] || !int.TryParse(tag.Trim('"'), out var version) || tag != $"\"{version}\"")
            return false;
        seen = version;
        return true;
    }
}
