using System.Collections.Concurrent;

namespace TicketWorld.Grains.Runtime;

/// <summary>The turns that run in this silo, whose leases are renewed and which can be called off.</summary>
internal sealed class RunningTurns : IDisposable
{
    private readonly ConcurrentDictionary<GrainLease, Entry> _entries = new();
    private readonly CancellationTokenSource _stopping = new();
    private long _ended;

    public RunningTurns() => Stopping = _stopping.Token;

    /// <summary>The silo does not wait for turns any longer.</summary>
    public CancellationToken Stopping { get; }

    public int Count => _entries.Count;

    /// <summary>How many turns have ended, however they ended.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    public IReadOnlyDictionary<GrainLease, Entry> All => new Dictionary<GrainLease, Entry>(_entries);

    public IReadOnlyList<ClaimedTurn> Turns => [.. _entries.Values.Select(entry => entry.Turn)];

    public Entry Add(ClaimedTurn turn, CancellationToken stopping)
    {
        var entry = new Entry(this, turn, stopping);
        _entries[turn.Lease] = entry;
        return entry;
    }

    public Task StopAsync() => _stopping.CallOffAsync();

    public void Dispose() => _stopping.Dispose();

    internal sealed class Entry(RunningTurns owner, ClaimedTurn turn, CancellationToken stopping) : IDisposable
    {
        private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        private readonly Lock _gate = new();
        private bool _disposed;

        public ClaimedTurn Turn => turn;

        public CancellationToken Cancellation => _cancellation.Token;

        /// <summary>Calls the turn off; nothing when it has ended.</summary>
        public Task CancelAsync()
        {
            lock (_gate)
                return _disposed ? Task.CompletedTask : _cancellation.CallOffAsync();
        }

        public void Dispose()
        {
            Interlocked.Increment(ref owner._ended);
            owner._entries.TryRemove(new KeyValuePair<GrainLease, Entry>(turn.Lease, this));
            lock (_gate)
            {
                _disposed = true;
                _cancellation.Dispose();
            }
        }
    }
}
