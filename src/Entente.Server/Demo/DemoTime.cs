namespace Entente.Server.Demo;

/// <summary>A clock that stands where the demo's story is told from.</summary>
internal sealed class DemoTime : TimeProvider
{
    public Instant Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
