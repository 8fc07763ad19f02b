using Microsoft.Extensions.Logging;

namespace TicketWorld.Grains.Runtime;

/// <summary>
/// Takes the turns of one priority. Lanes share nothing but the store, so that a lane full of long turns delays no other.
/// </summary>
/// <param name="Priority">Which messages.</param>
/// <param name="InFlight">How many turns may be claimed and not yet committed.</param>
/// <param name="Workers">How many of them may run code at a time.</param>
internal sealed record LaneSettings(MessagePriority Priority, int InFlight, int Workers);

/// <inheritdoc cref="LaneSettings"/>
internal sealed class Lane : IOpenSlots, IDisposable
{
    private readonly LaneSettings _settings;
    private readonly SiloId _silo;
    private readonly IGrainStore _store;
    private readonly TurnRunner _runner;
    private readonly GrainOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly WakeSignal _signal;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _workers;
    private readonly TaskScheduler _scheduler;
    private CancellationToken _stop = new(canceled: true);
    private CancellationToken _abandon;

    public Lane(
        LaneSettings settings, SiloId silo, IGrainStore store, TurnRunner runner, GrainOptions options, TimeProvider time, ILogger log, TaskScheduler scheduler)
    {
        (_settings, _silo, _store, _runner, _options, _time, _log, _scheduler) = (settings, silo, store, runner, options, time, log, scheduler);
        _signal = new(time);
        _slots = new(settings.InFlight);
        _workers = new(settings.Workers);
    }

    public MessagePriority Priority => _settings.Priority;

    public SiloId Silo => _silo;

    public TimeSpan LeaseDuration => _options.LeaseDuration;

    /// <summary>Says that a message may be claimed from the given time on.</summary>
    public void Hint(DateTimeOffset dueAt) => _signal.WakeAt(dueAt);

    /// <summary>Claims and runs turns until <paramref name="stop"/>; then waits for those that run.</summary>
    /// <param name="stop">No further claims.</param>
    /// <param name="abandon">Running turns are called off.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abandon)
    {
        (_abandon, _stop) = (abandon, stop);
        while (!stop.IsCancellationRequested)
        {
            var free = await TakeSlotsAsync(stop);
            if (free == 0)
                break;
            var claimed = await ClaimAsync(free);
            if (claimed.Turns.Count < free)
                _slots.Release(free - claimed.Turns.Count);
            foreach (var turn in claimed.Turns)
                Run(turn);
            if (claimed.Turns.Count < free)
                await _signal.WaitAsync(claimed.NextDue, _options.PollInterval, stop);
        }

        for (var i = 0; i < _settings.InFlight; i++)
            await _slots.WaitAsync(CancellationToken.None);
    }

    public int TakeAll()
    {
        var taken = 0;
        while (!_stop.IsCancellationRequested && taken < _settings.InFlight && _slots.Wait(0, CancellationToken.None))
            taken++;
        return taken;
    }

    public void GiveBack(int places)
    {
        if (places > 0)
            _slots.Release(places);
    }

    /// <summary>
    /// Sets a turn going. Its slot comes back when it has ended, however it ended; <see cref="RunAsync"/> waits for all
    /// slots, so no turn is left unobserved.
    /// </summary>
    public void Run(ClaimedTurn turn) => _ = Task.Run(
        async () =>
        {
            try
            {
                await _runner.RunAsync(turn, WorkAsync, _abandon);
            }
            catch (Exception error)
            {
                // The store is closed or the silo is stopping: the lease runs out, and the message is handed out again.
                _log.LogError(error, "The turn of {Grain} for message {Message} was left unfinished", turn.Lease.Grain, turn.MessageId);
            }
            finally
            {
                _slots.Release();
            }
        },
        CancellationToken.None);

    public void Dispose()
    {
        _signal.Dispose();
        _slots.Dispose();
        _workers.Dispose();
    }

    /// <summary>Waits for a free slot and takes all that are free; 0 when the silo stops.</summary>
    private async Task<int> TakeSlotsAsync(CancellationToken stop)
    {
        try
        {
            await _slots.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }

        return 1 + TakeAll();
    }

    private async Task<ClaimResult> ClaimAsync(int max)
    {
        var now = _time.GetUtcNow();
        try
        {
            return await _store.ClaimAsync(new(_silo, _settings.Priority, max, now, now + _options.LeaseDuration));
        }
        catch (Exception error)
        {
            // Whatever it was, a lane that ends would leave its messages for ever.
            _log.LogError(error, "The grain store refused a claim; it is tried again");
            return new([], now + _options.PollInterval);
        }
    }

    /// <summary>Runs code of a grain; what has not begun when turns are called off never begins.</summary>
    private async Task WorkAsync(Func<Task> work)
    {
        await _workers.WaitAsync(_abandon);
        try
        {
            await Task.Factory.StartNew(work, _abandon, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();
        }
        finally
        {
            _workers.Release();
        }
    }
}
