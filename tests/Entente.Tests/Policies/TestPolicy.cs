using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Desk;

namespace Entente.Tests;

/// <summary>The rules that tests are judged by unless they bring their own.</summary>
public static class TestPolicy
{
    /// <summary>test.yaml, to be published or changed by a test.</summary>
    public static readonly string Text = Read();

    public static byte[] Bytes => System.Text.Encoding.UTF8.GetBytes(Text);

    /// <summary>A complete policy with windows that never close, as version 1.</summary>
    public static readonly Policy Standard = PolicyDocument.Read(Bytes).Policy! with { Version = 1 };

    public static readonly PolicyPin Pin = new(Standard.Id, Standard.Version, Standard.Digest);

    /// <summary>The standard with other base rules and without overrides.</summary>
    public static Policy With(Func<Rules, Rules> change) =>
        Standard with { Rules = change(Standard.Rules), Overrides = [] };

    private static string Read()
    {
        using var stream = typeof(TestPolicy).Assembly.GetManifestResourceStream("Policies/test")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
