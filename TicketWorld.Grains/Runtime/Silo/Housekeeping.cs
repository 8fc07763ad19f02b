using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TicketWorld.Grains.Runtime;

/// <summary>What a silo does beside turns: renews leases, lets go of idle grains, removes old finished messages.</summary>
internal sealed class Housekeeping(
    IGrainStore store, RunningTurns running, Activations activations, TimeProvider time, IOptions<GrainOptions> options, ILogger<Housekeeping> log)
{
    private readonly GrainOptions _options = options.Value;

    /// <summary>Renews the leases of running turns, three times within their duration, so that one missed round loses none.</summary>
    /// <param name="ended">No turn runs any longer.</param>
    public Task KeepLeasesAsync(CancellationToken ended) => RepeatAsync(RenewAsync, "renew leases", ended);

    /// <summary>Lets go of idle grains and removes old messages; apart from the leases, because there may be many.</summary>
    public Task TidyAsync(CancellationToken stop) => RepeatAsync(
        async () =>
        {
            await ReleaseIdleAsync(_options.IdleTime);
            while (!stop.IsCancellationRequested && await store.PurgeAsync(time.GetUtcNow() - _options.KeepFinished) > 0)
                continue;
        },
        "tidy up",
        stop);

    public async Task RenewAsync()
    {
        // The turns and not only their leases: a grain's next turn has the same lease, and must not be called off for the one before it.
        var turns = running.All;
        if (turns.Count == 0)
            return;
        var now = time.GetUtcNow();
        foreach (var lost in await store.RenewAsync([.. turns.Keys], now, now + _options.LeaseDuration))
        {
            if (turns.TryGetValue(lost, out var turn))
                await turn.CancelAsync();
        }
    }

    public async Task ReleaseIdleAsync(TimeSpan idleTime)
    {
        var idle = activations.DropIdle(idleTime);
        if (idle.Count > 0)
            await store.ReleaseAsync(idle);
    }

    private async Task RepeatAsync(Func<Task> work, string what, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_options.LeaseDuration / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    await work();
                }
                catch (GrainStoreException error)
                {
                    log.LogError(error, "The grain store refused to {Work}; it is tried again in the next round", what);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
