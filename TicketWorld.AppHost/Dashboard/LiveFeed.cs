using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using TicketWorld.AppHost.Processes;

namespace TicketWorld.AppHost.Dashboard;

/// <summary>What an open dashboard receives: the resources every second, their numbers, the silos, the batches and the parked messages when they changed.</summary>
internal static class LiveFeed
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<SseItem<object>> Run(
        ResourceBoard board, Orchestrator orchestrator, ApiFeeds feeds, TimeProvider time, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        using var timer = new PeriodicTimer(Interval, time);
        IReadOnlyList<ScaleView> lastScales = [];
        ListView<SiloRow>? lastSilos = null;
        ListView<BatchRow>? lastBatches = null;
        ListView<ParkedRow>? lastParked = null;
        while (!end.IsCancellationRequested)
        {
            yield return new SseItem<object>(board.All, "resources");
            var scales = orchestrator.Scales;
            if (!scales.SequenceEqual(lastScales))
                yield return new SseItem<object>(lastScales = scales, "scales");
            var silos = await feeds.Silos.GetAsync(CancellationToken.None);
            if (silos != lastSilos)
                yield return new SseItem<object>(lastSilos = silos, "silos");
            var batches = await feeds.Batches.GetAsync(CancellationToken.None);
            if (batches != lastBatches)
                yield return new SseItem<object>(lastBatches = batches, "batches");
            var parked = await feeds.Parked.GetAsync(CancellationToken.None);
            if (parked != lastParked)
                yield return new SseItem<object>(lastParked = parked, "parked");
            if (!await TickAsync(timer, end.Token))
                yield break;
        }
    }

    /// <summary>The items of a source, ended quietly where its cancellation ends it.</summary>
    public static async IAsyncEnumerable<T> UntilCancelled<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var items = source.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync())
                    yield break;
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
            yield return items.Current;
        }
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
