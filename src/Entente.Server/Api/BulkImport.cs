using System.IO.Pipelines;
using System.Text.Json;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Words;

namespace Entente.Server.Api;

/// <summary>Takes a body of orders line by line, some hundreds in one commit, and reports on each line.</summary>
/// <param name="spread">Tells the disputes of orders that are known already.</param>
internal sealed class BulkImport(
    OrderBook book, MarketplaceId marketplace, Speaker speaker, Func<IReadOnlyList<ImportedOrder>, Task> spread)
{
    private const int TogetherMax = 500;
    private readonly List<OrderReport> _report = [];
    private readonly List<(int Place, int Line, OrderToImport Order)> _waiting = new(TogetherMax);

    public async Task<BulkReport> Run(PipeReader body, CancellationToken stop)
    {
        await foreach (var (line, bytes) in NdjsonLines.Read(body, stop))
        {
            Read(line, bytes);
            if (_waiting.Count == TogetherMax) await Take(stop);
        }
        await Take(stop);
        return new(
            Count(ImportResult.Created), Count(ImportResult.Updated), Count(ImportResult.Unchanged),
            Count(ImportResult.Refused),
            _report.Count(row => row.Oddities.Count > 0), _report);
    }

    private int Count(ImportResult result) => _report.Count(row => row.Result == result);

    private void Read(int line, byte[]? bytes)
    {
        if (bytes is null)
        {
            Refuse(line, null, ProblemCode.LineTooLong, null);
            return;
        }
        try
        {
            var body = JsonSerializer.Deserialize<OrderBody>(bytes, ApiJson.Options);
            if (body is null) Refuse(line, null, ProblemCode.WrongType, null);
            else if (body.Fault() is { } fault) Refuse(line, body.ExternalId, fault.Code, fault.Field);
            else Keep(line, body.ToImport());
        }
        catch (JsonException failure) // The line is somebody else's text.
        {
            var fault = JsonFault.Of(failure);
            Refuse(line, IdIn(bytes), fault.Code, fault.Field);
        }
    }

    private void Keep(int line, OrderToImport order)
    {
        _waiting.Add((_report.Count, line, order));
        _report.Add(null!); // Its place; filled when its batch is committed.
    }

    private void Refuse(int line, string? externalId, ProblemCode code, string? field) =>
        _report.Add(new(line, externalId, ImportResult.Refused, [], Problems.For(speaker, code, field)));

    private async Task Take(CancellationToken stop)
    {
        if (_waiting.Count == 0) return;
        var taken = await book.Import(marketplace, [.. _waiting.Select(kept => kept.Order)], stop);
        await spread(taken);
        foreach (var (kept, report) in _waiting.Zip(taken)) _report[kept.Place] = OrderReport.Of(kept.Line, report);
        _waiting.Clear();
    }

    /// <summary>Which order a broken line meant, where it can still be told.</summary>
    private static string? IdIn(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("external_id", out var id)
                && id.ValueKind == JsonValueKind.String
                    ? id.GetString()
                    : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null; // No JSON, or text that is no UTF-8: the line's number has to do.
        }
    }
}
