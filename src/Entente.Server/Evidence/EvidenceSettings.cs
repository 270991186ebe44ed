using Entente.Server.Storage;

namespace Entente.Server.Evidence;

/// <summary>How evidence is kept and looked at; the section "evidence" of the settings.</summary>
public sealed record EvidenceSettings
{
    /// <summary>ClamAV's daemon: host:port, or the path of its socket; null for no scanner.</summary>
    public string? ClamAv { get; init; }

    /// <summary>
    /// How long a file of a scanner that does not answer stays closed before its pictures, made anew, are shown.
    /// </summary>
    public TimeSpan ScanPatience { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan WorkerPatience { get; init; } = TimeSpan.FromSeconds(25);
    public long WorkerMemoryBytes { get; init; } = 1_200_000_000;

    /// <summary>Files that are looked at at the same time.</summary>
    public int WorkersAtOnce { get; init; } = 2;

    public EvidenceQuotas Quotas { get; init; } = new();

    /// <summary>An S3-compatible store; null keeps files in the data folder.</summary>
    public S3Settings? S3 { get; init; }
}

/// <summary>A bucket of an S3-compatible store.</summary>
/// <param name="Endpoint">host or host:port.</param>
/// <param name="Lends">Whether downloads of originals are fetched from the store itself, by an address that lives
/// for a minute.</param>
public sealed record S3Settings(
    string Endpoint, string Bucket, string AccessKey, string SecretKey, string Region = "us-east-1", bool Tls = true,
    bool Lends = false);
