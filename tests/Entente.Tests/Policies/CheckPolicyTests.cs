using Entente.Server;
using Entente.Server.Policies;

namespace Entente.Tests.Policies;

public class CheckPolicyTests
{
    [Fact]
    public void A_complete_document_is_read_out()
    {
        var (status, text) = Check(TestPolicy.Bytes, "fr");
        Assert.Equal(0, status);
        Assert.Contains("L’autre partie a 3\u00A0jours pour une première réponse.", text);
    }

    [Fact]
    public void Each_problem_is_told_with_line_and_key()
    {
        var (status, text) = Check(Presets.Bytes("alibaba-ta"), "en");
        Assert.Equal(1, status);
        Assert.Contains("review.evidence: This is not set.", text);
        Assert.Matches("Line [1-9][0-9]*, appeal.window", text);
    }

    [Fact]
    public async Task It_is_a_command_of_the_executable()
    {
        Assert.Equal(1, await CommandLine.Run(["policy", "check", "/no/such/file.yaml"]));
        var demo = Path.Combine(Repository.Root, "policies", "demo.yaml");
        Assert.Equal(0, await CommandLine.Run(["policy", "check", demo]));
    }

    private static (int Status, string Text) Check(byte[] bytes, string language)
    {
        using var text = new StringWriter();
        return (CheckPolicy.Run(bytes, language, text), text.ToString());
    }
}
