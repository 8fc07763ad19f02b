using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TicketWorld.Grains.Runtime;

/// <summary>Runs grains in this process: opens the store, keeps the lanes going, renews leases, lets go of idle grains.</summary>
internal sealed class GrainSilo : IHostedService, IStoreListener, IAsyncDisposable
{
    /// <summary>How long a turn that was called off may take to end.</summary>
    internal static readonly TimeSpan CallOffTime = TimeSpan.FromSeconds(1);

    private readonly SiloId _silo;
    private readonly IGrainStore _store;
    private readonly StoreHints _hints;
    private readonly TurnRunner _runner;
    private readonly RunningTurns _running;
    private readonly Housekeeping _housekeeping;
    private readonly SiloHeartbeat _heartbeat;
    private readonly GrainOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<GrainSilo> _log;
    private readonly BulkThreads _bulkThreads;
    private readonly Lane[] _lanes;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _ended = new();
    private Task[] _work = [];
    private Task _leases = Task.CompletedTask;
    private Task _beating = Task.CompletedTask;
    private bool _abandoned;
    private bool _disposed;

    public GrainSilo(
        SiloId silo, IGrainStore store, StoreHints hints, TurnRunner runner, RunningTurns running, Housekeeping housekeeping, SiloHeartbeat heartbeat,
        IOptions<GrainOptions> options, TimeProvider time, ILogger<GrainSilo> log)
    {
        (_silo, _store, _hints, _runner, _running, _housekeeping, _heartbeat) = (silo, store, hints, runner, running, housekeeping, heartbeat);
        (_options, _time, _log) = (options.Value, time, log);
        _bulkThreads = new(_options.Concurrency);
        _lanes =
        [
            NewLane(new(MessagePriority.Interactive, _options.TurnsInFlight, _options.InteractiveConcurrency), TaskScheduler.Default),
            NewLane(new(MessagePriority.Normal, _options.TurnsInFlight, _options.Concurrency), TaskScheduler.Default),
            NewLane(new(MessagePriority.Bulk, _options.Concurrency * 2, _options.Concurrency * 2), _bulkThreads),
            NewLane(new(MessagePriority.Outside, _options.OutsideConcurrency, _options.OutsideConcurrency), TaskScheduler.Default),
        ];
        Lane NewLane(LaneSettings settings, TaskScheduler scheduler) => new(settings, silo, store, runner, _options, time, log, scheduler);
    }

    /// <exception cref="GrainStoreException">The store cannot be used; the host then does not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _store.OpenAsync(cancellationToken);
        _hints.Add(this);
        GrainTelemetry.ObserveDepth(MeasureDepth);
        _work = [.. _lanes.Select(lane => lane.RunAsync(_stop.Token, _running.Stopping)), _housekeeping.TidyAsync(_stop.Token)];
        _leases = _housekeeping.KeepLeasesAsync(_ended.Token);
        _beating = _heartbeat.RunAsync(_ended.Token);
        _log.LogInformation("Silo {Silo} runs grains", _silo);
    }

    /// <summary>
    /// Stops claiming, gives running turns their time, calls off the rest, hands back the messages of those that do not end even so,
    /// lets go of all leases and closes the store. It ends in bounded time, whatever the turns do.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        var leaving = _heartbeat.StopAsync();
        if (!await WorkEndsAsync(_options.StopTimeLimit, cancellationToken))
        {
            _log.LogWarning("Silo {Silo} calls off {Turns} turns that did not end in time; they are run again at the next start", _silo, _running.Count);
            await _running.StopAsync();
            if (!await WorkEndsAsync(CallOffTime, CancellationToken.None))
                await AbandonAsync();
        }

        // Turns that were given time to end kept their leases until here.
        await leaving;
        await _ended.CancelAsync();
        await LeaseKeepingEndsAsync();
        await _beating;
        await _heartbeat.LeaveAsync();
        _hints.Remove(this);
        GrainTelemetry.ObserveDepth(null);
        try
        {
            await _store.ReleaseAllAsync(_silo);
        }
        catch (GrainStoreException error)
        {
            _log.LogWarning(error, "Silo {Silo} could not give up its leases; they expire by themselves", _silo);
        }

        await _store.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_work.Length > 0)
            await StopAsync(CancellationToken.None);
        _stop.Dispose();
        _ended.Dispose();
        if (_abandoned)
        {
            // A turn still uses its lane and its thread; both end with the process.
            _bulkThreads.Abandon();
            return;
        }

        foreach (var lane in _lanes)
            lane.Dispose();
        _bulkThreads.Dispose();
    }

    public void OnFinished(string messageId, MessageOutcome outcome)
    {
        // Ends are for callers; silos wait for work.
    }

    public void OnWorkReady(MessagePriority priority, DateTimeOffset dueAt)
    {
        foreach (var lane in _lanes)
        {
            if (lane.Priority == priority)
                lane.Hint(dueAt);
        }
    }

    public IOpenSlots? SlotsOf(MessagePriority priority) => Array.Find(_lanes, lane => lane.Priority == priority);

    private async Task<bool> WorkEndsAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(_work).WaitAsync(limit, _time, cancellation);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>A renewal that is under way waits for the store, which may be frozen; the stop does not.</summary>
    private async Task LeaseKeepingEndsAsync()
    {
        try
        {
            await _leases.WaitAsync(CallOffTime, _time);
        }
        catch (TimeoutException)
        {
            _log.LogWarning("Silo {Silo} stops while the store has not answered a renewal of leases", _silo);
        }
    }

    private async Task AbandonAsync()
    {
        _abandoned = true;
        foreach (var turn in _running.Turns)
        {
            _log.LogWarning("Silo {Silo} hands back message {Message}: {Grain} did not end {Method} when it was called off", _silo, turn.MessageId, turn.Lease.Grain, turn.Method);
            try
            {
                await _runner.HandBackAsync(turn);
            }
            catch (GrainStoreException error)
            {
                _log.LogError(error, "Message {Message} could not be handed back; it is run again when its lease has run out", turn.MessageId);
            }
        }
    }

    private IEnumerable<Measurement<long>> MeasureDepth()
    {
        var depth = _store.DepthAsync(CancellationToken.None).GetAwaiter().GetResult();
        return
        [
            new(depth.Ready, new KeyValuePair<string, object?>("state", "ready")),
            new(depth.Delayed, new KeyValuePair<string, object?>("state", "delayed")),
            new(depth.Leased, new KeyValuePair<string, object?>("state", "leased")),
            new(depth.Parked, new KeyValuePair<string, object?>("state", "parked")),
        ];
    }
}
