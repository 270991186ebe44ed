namespace Entente.Tests.Storage;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const int TriesMax = 50;

    public string Path { get; } = Directory.CreateTempSubdirectory("entente-test-").FullName;

    /// <summary>A process that a test has ended may still close its files; a folder that stays is a failure.</summary>
    public void Dispose()
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (tried < TriesMax)
            {
                Thread.Sleep(100);
            }
        }
    }
}
