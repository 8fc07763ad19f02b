using System.Collections.Concurrent;

namespace TicketWorld.Grains.Runtime;

/// <summary>The turns that run in this silo, whose leases are renewed and which can be called off.</summary>
internal sealed class RunningTurns : IDisposable
{
    private readonly ConcurrentDictionary<GrainLease, Entry> _entries = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The silo does not wait for turns any longer.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public IReadOnlyList<GrainLease> Leases => [.. _entries.Keys];

    public Entry Add(GrainLease lease, CancellationToken stopping)
    {
        var entry = new Entry(this, lease, stopping);
        _entries[lease] = entry;
        return entry;
    }

    /// <summary>Calls a turn off whose lease is gone; whatever it still does, its commit will be refused.</summary>
    public Task CallOffAsync(GrainLease lease) => _entries.TryGetValue(lease, out var entry) ? entry.CancelAsync() : Task.CompletedTask;

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    internal sealed class Entry(RunningTurns owner, GrainLease lease, CancellationToken stopping) : IDisposable
    {
        private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        private readonly Lock _gate = new();
        private bool _disposed;

        public CancellationToken Cancellation => _cancellation.Token;

        public Task CancelAsync()
        {
            lock (_gate)
                return _disposed ? Task.CompletedTask : _cancellation.CancelAsync();
        }

        public void Dispose()
        {
            owner._entries.TryRemove(new KeyValuePair<GrainLease, Entry>(lease, this));
            lock (_gate)
            {
                _disposed = true;
                _cancellation.Dispose();
            }
        }
    }
}
