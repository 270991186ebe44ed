using System.Text.Json;
using Entente.Server.Api;
using Entente.Server.Storage;
using Entente.Server.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Entente.Server.Web.Safety;

/// <summary>Where failures end: a problem for programs, a plain page for people, and never a detail of ours.</summary>
public sealed partial class Edge(ILogger<Edge> log) : IExceptionHandler
{
    private const string RetryAfterTrouble = "30";

    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var status = StatusOf(exception);
        if (status >= StatusCodes.Status500InternalServerError) Failed(log, exception, httpContext.Request.Method);
        if (StorageTroubles.Of(exception) is not null) httpContext.Response.Headers.RetryAfter = RetryAfterTrouble;
        httpContext.Response.StatusCode = status;
        if (httpContext.IsApi() && exception is BadHttpRequestException { InnerException: JsonException json })
        {
            var fault = JsonFault.Of(json);
            await Problems.Write(httpContext, fault.Code, fault.Field);
        }
        else
        {
            await Explain(httpContext, CodeOf(status));
        }
        return true;
    }

    /// <summary>A status that an endpoint or the framework left without a word.</summary>
    public static Task Explain(StatusCodeContext empty) =>
        Explain(empty.HttpContext, CodeOf(empty.HttpContext.Response.StatusCode));

    /// <summary>Says it to whoever asked, in their kind and language.</summary>
    public static async Task Explain(HttpContext context, ProblemCode code)
    {
        if (context.IsApi())
        {
            await Problems.Write(context, code);
            return;
        }
        var status = Statuses.Of(code);
        await Page.With<ProblemPage>(status, ("Status", WithWords(status))).ExecuteAsync(context);
    }

    /// <summary>Statuses that a person at a page meets have words of their own;
    /// the rest is a request nobody can read.</summary>
    private static int WithWords(int status) => status is 403 or 404 or 405 or 412 or 413 or 429 or 500 or 503 or 507
        ? status
        : StatusCodes.Status400BadRequest;

    /// <summary>What the server or a form's reader refused is the sender's doing,
    /// also where something is wrapped around it.</summary>
    private static int StatusOf(Exception failure) =>
        (failure as BadHttpRequestException ?? failure.InnerException) switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException when failure is AntiforgeryValidationException => StatusCodes.Status400BadRequest,
        _ => StorageTroubles.Of(failure) switch
        {
            StorageTrouble.Full => StatusCodes.Status507InsufficientStorage,
            StorageTrouble.Away => StatusCodes.Status503ServiceUnavailable,
            null => StatusCodes.Status500InternalServerError,
        },
    };

    private static ProblemCode CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ProblemCode.KeyMissing,
        StatusCodes.Status403Forbidden => ProblemCode.ScopeMissing,
        StatusCodes.Status404NotFound => ProblemCode.NotFound,
        StatusCodes.Status405MethodNotAllowed => ProblemCode.MethodNotAllowed,
        StatusCodes.Status412PreconditionFailed => ProblemCode.StaleVersion,
        StatusCodes.Status413PayloadTooLarge => ProblemCode.BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => ProblemCode.MediaTypeUnsupported,
        StatusCodes.Status429TooManyRequests => ProblemCode.TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => ProblemCode.Busy,
        StatusCodes.Status507InsufficientStorage => ProblemCode.StorageFull,
        >= StatusCodes.Status500InternalServerError => ProblemCode.Failure,
        _ => ProblemCode.InvalidParameter,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Method} request failed.")]
    private static partial void Failed(ILogger log, Exception failure, string method);
}
