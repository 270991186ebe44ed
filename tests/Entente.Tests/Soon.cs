using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Entente.Tests;

/// <summary>Waits for what the centre does by itself: at once on a quiet machine, later beside other work.</summary>
internal static class Soon
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Whether it came to be so.</summary>
    public static async Task<bool> Is(Func<Task<bool>> isSo, Action? meanwhile = null)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; meanwhile?.Invoke())
        {
            if (await isSo()) return true;
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        return await isSo();
    }

    public static async Task Until(
        Func<Task<bool>> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "") =>
        Assert.True(await Is(isSo), $"It did not come about: {what}");

    public static Task Until(Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "") =>
        Until(() => Task.FromResult(isSo()), what);
}
