using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TicketWorld.Grains.Runtime;

/// <summary>What a silo does beside turns: renews leases, lets go of idle grains, removes old finished messages.</summary>
internal sealed class Housekeeping(
    IGrainStore store, RunningTurns running, Activations activations, TimeProvider time, IOptions<GrainOptions> options, ILogger<Housekeeping> log)
{
    private readonly GrainOptions _options = options.Value;

    /// <summary>Works until stopped. Leases are renewed three times within their duration, so that one missed round loses none.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_options.LeaseDuration / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    await RenewAsync();
                    await ReleaseIdleAsync(_options.IdleTime);
                    while (await store.PurgeAsync(time.GetUtcNow() - _options.KeepFinished) > 0 && !stop.IsCancellationRequested)
                        continue;
                }
                catch (GrainStoreException error)
                {
                    log.LogError(error, "The grain store refused to renew leases; they are renewed in the next round");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    public async Task RenewAsync()
    {
        var leases = running.Leases;
        if (leases.Count == 0)
            return;
        var now = time.GetUtcNow();
        foreach (var lost in await store.RenewAsync(leases, now, now + _options.LeaseDuration))
            await running.CallOffAsync(lost);
    }

    public async Task ReleaseIdleAsync(TimeSpan idleTime)
    {
        var idle = activations.DropIdle(idleTime);
        if (idle.Count > 0)
            await store.ReleaseAsync(idle);
    }
}
