using Microsoft.Extensions.Logging;

namespace TicketWorld.Grains.Runtime;

/// <summary>
/// Puts this silo on the list of silos every two seconds. A list that cannot be written is said once, and once when it
/// can be written again; it never disturbs the silo.
/// </summary>
internal sealed class SiloHeartbeat(
    SiloId silo, SiloName name, ISiloRegistry registry, RunningTurns running, TimeProvider time, ILogger<SiloHeartbeat> log) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly long _started = time.GetTimestamp();
    private long _lastBeat = time.GetTimestamp();
    private long _lastDone;
    private double _rate;
    private bool _silent;
    private volatile bool _stopping;

    /// <summary>Beats until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
                await BeatAsync(stop);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The silo has stopped.
        }
    }

    /// <summary>Says that the silo takes no more turns.</summary>
    public async Task StopAsync()
    {
        _stopping = true;
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            await BeatAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Silo {Silo} could not say in time that it stops", silo);
        }
    }

    /// <summary>Takes the silo off the list, if that is quickly done; otherwise the row is removed when it is old.</summary>
    public async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            await registry.LeaveAsync(silo, limit.Token);
        }
        catch (Exception error) when (error is GrainStoreException or OperationCanceledException)
        {
            log.LogDebug(error, "Silo {Silo} could not be taken off the list of silos", silo);
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task BeatAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var done = running.Ended;
            // Two beats in quick succession would make a rate of chance.
            if (time.GetElapsedTime(_lastBeat) is var elapsed && elapsed >= Interval / 2)
            {
                _rate = Math.Round((done - _lastDone) / elapsed.TotalSeconds, 1);
                (_lastBeat, _lastDone) = (time.GetTimestamp(), done);
            }

            await registry.BeatAsync(
                new(silo, name.Value, Environment.ProcessId, time.GetElapsedTime(_started), done, running.Count, _rate, _stopping), cancellation);
            if (_silent)
                log.LogInformation("Silo {Silo} is on the list of silos again", silo);
            _silent = false;
        }
        catch (GrainStoreException error)
        {
            if (!_silent)
                log.LogWarning("Silo {Silo} is missing from the list of silos until the store answers: {Reason}", silo, error.Message);
            _silent = true;
        }
        finally
        {
            _one.Release();
        }
    }
}
