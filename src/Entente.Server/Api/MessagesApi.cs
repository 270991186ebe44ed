using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Web.Safety;

namespace Entente.Server.Api;

/// <summary>/v1/disputes/{id}/messages: what is written to everyone, or to the platform alone.</summary>
public static class MessagesApi
{
    public static void MapMessages(this IEndpointRouteBuilder dispute) => dispute
        .MapPost("/messages", Post)
        .RequireRateLimiting(Limits.Messages)
        .IsCommand("Write a message",
            "To everyone, or in private between one side and the platform. Never changes the stage.");

    private static Task<IResult> Post(DisputeCall call, NewMessage body) =>
        call.Ask((_, reading) => new PostMessage(body.Audience, reading.Text(body.Text, body.Language)));
}

/// <summary>A message to be written.</summary>
/// <param name="Text">At most 10,000 characters.</param>
/// <param name="Language">BCP 47; without one the caller's.</param>
public sealed record NewMessage(string Text, string? Language = null, Audience Audience = Audience.All);
