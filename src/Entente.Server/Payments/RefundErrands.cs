using System.Collections.Concurrent;
using Entente.Domain.Payments;

namespace Entente.Server.Payments;

/// <summary>Tells a dispute how a refund of its ended.</summary>
public delegate Task<Telling> TellDispute(Errand errand, CancellationToken stop);

/// <summary>What became of telling a dispute.</summary>
public enum Telling
{
    Told,
    /// <summary>The dispute does not owe it any more.</summary>
    Stray,
    Later,
}

/// <summary>
/// Carries refunds one step further. The order of things is what keeps money from going out twice: find, hand over and
/// commit, call, book, tell.
/// </summary>
public sealed partial class RefundErrands(
    Cashier cashier, IEnumerable<RefundProvider> providers, TellDispute tell, TimeProvider time,
    ILogger<RefundErrands> log)
{
    private const int AtOnceMax = 8;
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, RefundProvider> _providers = providers.ToDictionary(provider => provider.Name);
    private readonly ConcurrentDictionary<string, Breaker> _breakers = new();

    public async Task Run(IReadOnlyList<Errand> taken, CancellationToken stop)
    {
        var answers = new ConcurrentBag<(Errand, ProviderAnswer)>();
        var toSend = new ConcurrentBag<Errand>();
        await Each(taken.Where(errand => errand.Told), async errand =>
        {
            var found = await Ask(errand, (provider, order, patience) => provider.Find(order, patience), stop);
            if (found.Word != ProviderWord.NotThere)
            {
                if (errand.Line.State == RefundState.Reserved && found.Id is null)
                    await cashier.Later(errand, found.Why ?? "");
                else answers.Add((errand, found));
            }
            else if (errand.SentAt is null || IsKeyKept(errand)) toSend.Add(errand);
            else answers.Add((errand, found)); // Nobody can tell whether it went through: a person is asked.
        });
        var first = await HandedOver([.. toSend.Where(errand => errand.SentAt is null)], stop);
        await Each(first.Concat(toSend.Where(errand => errand.SentAt is not null)), async errand =>
            answers.Add(
                (errand, await Ask(errand, (provider, order, patience) => provider.Refund(order, patience), stop))));
        if (!answers.IsEmpty) await cashier.Book([.. answers], CancellationToken.None);
        var told = new ConcurrentBag<Errand>();
        await Each(taken.Where(errand => !errand.Told), async errand =>
        {
            if (await Tell(errand, stop)) told.Add(errand);
        });
        if (!told.IsEmpty) await cashier.Told([.. told]);
    }

    private async Task<IReadOnlyList<Errand>> HandedOver(IReadOnlyList<Errand> errands, CancellationToken stop) =>
        errands.Count == 0 ? [] : await cashier.HandOver(errands, stop);

    private bool IsKeyKept(Errand errand) => _providers.TryGetValue(errand.Provider, out var provider)
        && cashier.Now() < errand.SentAt + provider.KeysKept;

    private async Task<ProviderAnswer> Ask(
        Errand errand, Func<RefundProvider, RefundOrder, CancellationToken, Task<ProviderAnswer>> call,
        CancellationToken stop)
    {
        if (!_providers.TryGetValue(errand.Provider, out var provider) || !provider.Serves(errand.Order.Marketplace))
            return new(ProviderWord.NotNow,
                Why: $"The centre has no access to '{errand.Provider}' for this marketplace.");
        var breaker = _breakers.GetOrAdd(errand.Provider, _ => new());
        if (breaker.IsOpen(time)) return new(ProviderWord.NotNow, Why: "The provider does not answer at the moment.");
        using var patience = new CancellationTokenSource(LongestCall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        ProviderAnswer answer;
        try
        {
            answer = await call(provider, errand.Order, either.Token).WaitAsync(either.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException or IOException)
        {
            // Time ran out or the line broke: what the provider did, nobody knows.
            answer = new(ProviderWord.Lost, Why: $"{failure.GetType().Name}: {failure.Message}");
        }
        breaker.Heard(answer.Word != ProviderWord.Lost, time);
        return answer;
    }

    private async Task<bool> Tell(Errand errand, CancellationToken stop)
    {
        var telling = await tell(errand, stop);
        if (telling == Telling.Later)
        {
            await cashier.Later(errand, "The dispute could not be told.");
            return false;
        }
        if (telling == Telling.Stray) await cashier.Stray(errand);
        return true;
    }

    private async Task Each(IEnumerable<Errand> errands, Func<Errand, Task> work) => await Parallel.ForEachAsync(
        errands, new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax }, async (errand, _) =>
        {
            try
            {
                await work(errand);
            }
            catch (Exception failure) when (failure is not System.Data.Common.DbException)
            {
                // Whatever is wrong with one, the others go on; its lease runs out and it is looked at again.
                LogFailed(errand.Order.Key, failure);
            }
        });

    [LoggerMessage(Level = LogLevel.Error, Message = "Refund {Key} could not be carried on")]
    private partial void LogFailed(string key, Exception failure);

    /// <summary>After some calls that got no answer, nobody calls for a while, and that while grows.</summary>
    private sealed class Breaker
    {
        private const int LostMax = 10;
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
        private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
        private readonly Lock _lock = new();
        private int _lost;
        private DateTimeOffset _until = DateTimeOffset.MinValue;

        public bool IsOpen(TimeProvider time)
        {
            lock (_lock) return time.GetUtcNow() < _until;
        }

        public void Heard(bool something, TimeProvider time)
        {
            lock (_lock)
            {
                _lost = something ? 0 : _lost + 1;
                if (_lost < LostMax) return;
                var pause = Pause * Math.Pow(2, Math.Min(10, _lost - LostMax));
                _until = time.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
            }
        }
    }
}
