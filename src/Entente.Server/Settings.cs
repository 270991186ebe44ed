using System.Net;
using Entente.Server.Evidence;
using Entente.Server.Payments;

namespace Entente.Server;

/// <summary>Where and how this centre runs; read once from appsettings.json,
/// the environment and the command line.</summary>
public sealed record Settings
{
    /// <summary>Environment variables are these names in capitals after this
    /// prefix: ENTENTE_DATA, ENTENTE_SMTP_SERVER.</summary>
    public const string EnvironmentPrefix = "ENTENTE_";

    /// <summary>Holds the embedded database, the evidence, the keys that sign
    /// cookies and, in the demo, the mails.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The address Kestrel listens on.</summary>
    public required Uri Address { get; init; }

    /// <summary>The address people type; every link we write begins with it,
    /// whatever a request's Host header says.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Whether a demo marketplace is made and its people may be entered by one click.</summary>
    public bool Demo { get; init; } = true;

    /// <summary>Connection string of the database; null for the embedded one in the data folder.</summary>
    public string? Connection { get; init; }

    /// <summary>The file of the centre's key; null for the one in the data folder. Every node has the same.</summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// How many commands share a transaction at most; 1 where orders lie on several database machines.
    /// </summary>
    public int CommitTogether { get; init; } = 128;

    /// <summary>
    /// How long a stopping node still serves after it has said that it is not ready, for a balancer to notice.
    /// </summary>
    public TimeSpan Drain { get; init; } = TimeSpan.Zero;

    /// <summary>The mail server; null writes mails to the data folder.</summary>
    public SmtpSettings? Smtp { get; init; }

    /// <summary>The sender of every mail.</summary>
    public required string MailFrom { get; init; }

    /// <summary>Host names answered beside the base address's own.</summary>
    public IReadOnlyList<string> TrustedHosts { get; init; } = [];

    /// <summary>Where fonts are installed that documents may need beside those built in: Chinese above all.</summary>
    public string FontFolder { get; init; } = "/usr/share/fonts";

    /// <summary>Addresses or networks of proxies of ours: whom they name as the
    /// client (X-Forwarded-For) is believed, and nobody else.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Accounts at Stripe, by marketplace; without one, refunds are made outside.</summary>
    public IReadOnlyList<StripeAccount> Stripe { get; init; } = [];

    /// <summary>
    /// After how many days what both sides wrote in a closed dispute is erased where its rules say nothing; null for
    /// never.
    /// </summary>
    public int? RetentionDays { get; init; }

    /// <summary>Whether a collector is named in OpenTelemetry's own variables; its exporter reads them.</summary>
    public bool SendsTelemetry { get; init; }

    public LimitSettings Limits { get; init; } = new();

    /// <summary>How evidence is kept, scanned and looked at.</summary>
    public EvidenceSettings Evidence { get; init; } = new();

    /// <summary>Cookies are marked for TLS alone, and named so, wherever people come by TLS.</summary>
    public bool IsTls => BaseAddress.Scheme == Uri.UriSchemeHttps;

    /// <summary>Every host name a request may carry.</summary>
    public IEnumerable<string> Hosts => TrustedHosts
        .Append(BaseAddress.Host)
        .Concat(BaseAddress.IsLoopback ? ["localhost", "127.0.0.1", "[::1]"] : [])
        .Distinct(StringComparer.OrdinalIgnoreCase);

    public static Settings From(IConfiguration given)
    {
        var address = new Uri(given["address"] ?? "http://127.0.0.1:5080");
        var baseAddress = new Uri(given["base_address"] ?? address.GetLeftPart(UriPartial.Authority));
        return new Settings
        {
            DataFolder = Path.GetFullPath(given["data"] ?? "data"),
            Address = address,
            BaseAddress = baseAddress,
            Demo = given.GetValue("demo", true),
            Connection = given["database"] is { Length: > 0 } connection ? connection : null,
            KeyFile = given["key_file"],
            CommitTogether = Math.Clamp(given.GetValue("commit_together", 128), 1, 1000),
            Drain = TimeSpan.FromSeconds(Math.Clamp(given.GetValue("drain_seconds", 0), 0, 300)),
            Smtp = SmtpSettings.From(given),
            MailFrom = given["mail_from"] ?? $"entente@{baseAddress.Host}",
            RetentionDays = given.GetValue<int?>("retention_days"),
            FontFolder = given["fonts"] ?? "/usr/share/fonts",
            TrustedHosts = List(given["trusted_hosts"]),
            TrustedProxies = [.. List(given["trusted_proxies"]).Select(NetworkOf)],
            Stripe = StripeAccount.From(given),
            SendsTelemetry = given["otlp"] is { Length: > 0 },
            Limits = given.GetSection("limits").Get<LimitSettings>() ?? new(),
            Evidence = given.GetSection("evidence").Get<EvidenceSettings>() ?? new(),
        };
    }

    private static string[] List(string? given) =>
        (given ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork NetworkOf(string given) =>
        IPNetwork.TryParse(given, out var network) ? network
        : IPAddress.TryParse(given, out var one) ? new(one, one.GetAddressBytes().Length * 8)
        : throw new FormatException($"trusted_proxies: \"{given}\" is no address and no network.");
}

/// <summary>The mail server that carries notices.</summary>
/// <param name="Tls">How the way to it is kept private.</param>
public sealed record SmtpSettings(string Host, int Port, string? User, string? Password, SmtpTls Tls = SmtpTls.Auto)
{
    public static SmtpSettings? From(IConfiguration given)
    {
        if (given["smtp_server"] is not { Length: > 0 } server) return null;
        var at = new Uri($"smtp://{server}");
        return new(at.Host, at.IsDefaultPort || at.Port < 0 ? 25 : at.Port, given["smtp_user"], given["smtp_password"],
            given.GetValue("smtp_tls", SmtpTls.Auto));
    }
}

/// <summary>How the way to the mail server is kept private.</summary>
public enum SmtpTls
{
    /// <summary>Whatever the server offers; with a user's password never in the open.</summary>
    Auto,
    /// <summary>In the open, for a server on this machine.</summary>
    None,
    /// <summary>STARTTLS or nothing.</summary>
    StartTls,
    /// <summary>TLS from the first byte.</summary>
    Implicit,
}

/// <summary>How often one person, key or address may do what costs others.</summary>
public sealed record LimitSettings
{
    public int SignInsPerMinute { get; init; } = 20;
    public int OpeningsPerMinute { get; init; } = 10;
    public int MessagesPerMinute { get; init; } = 30;
    public int UploadsPerMinute { get; init; } = 30;

    /// <summary>Bundles and packs made or verified.</summary>
    public int ExportsPerMinute { get; init; } = 20;

    public int DocumentsPerMinute { get; init; } = 60;

    /// <summary>The most a bundle may weigh; its format allows a little less than 4 GiB.</summary>
    public long BundleBytesMax { get; init; } = uint.MaxValue - 1;

    /// <summary>A key speaks for a whole marketplace: its limit for each of the above.</summary>
    public int KeyRequestsPerSecond { get; init; } = 500;

    /// <summary>Passwords hashed at the same time; others wait a moment, then are asked to come back.</summary>
    public int PasswordsAtOnce { get; init; } = 2;

    /// <summary>Rounds of PBKDF2 with SHA-512 for a password; OWASP's figure.</summary>
    public int PasswordRounds { get; init; } = 210_000;

    public long BodyBytesMax { get; init; } = 1 << 20;
}
