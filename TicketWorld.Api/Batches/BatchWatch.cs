using System.Threading.Channels;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;

namespace TicketWorld.Api.Batches;

/// <summary>
/// Follows batches for all watchers of this process with one query: every <see cref="Interval"/>, and at once when an event says that a batch somebody watches
/// has changed, in this process or, over Redis, in another. The query is the truth; without events, changes are seen an interval later.
/// </summary>
internal sealed class BatchWatch(IBatchQueries queries, LiveEvents events, TimeProvider time, ILogger<BatchWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>The least time between two queries, however many events there are.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Watcher>> _watchers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private bool _failing;

    /// <summary>Begins to watch; what changes from now on is seen. Disposing it ends the watch.</summary>
    public Watcher Watch(string batchId)
    {
        var watcher = new Watcher(this, BatchView.Topic(batchId));
        lock (_gate)
        {
            if (!_watchers.TryGetValue(watcher.Topic, out var same))
                _watchers.Add(watcher.Topic, same = []);
            same.Add(watcher);
            Wake();
        }
        return watcher;
    }

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = events.Listen(Hear);
        try
        {
            while (true)
            {
                await _wake.WaitAsync(IsWatched ? Interval : Timeout.InfiniteTimeSpan, stoppingToken);
                await LookAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, and with it every watcher.
        }
    }

    private bool IsWatched
    {
        get
        {
            lock (_gate)
                return _watchers.Count > 0;
        }
    }

    private void Hear(LiveEvent happened)
    {
        lock (_gate)
        {
            if (_watchers.ContainsKey(happened.Topic))
                Wake();
        }
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    private async Task LookAsync(CancellationToken stop)
    {
        List<string> watched;
        lock (_gate)
            watched = [.. _watchers.Values.Select(same => same[0].BatchId)];
        if (watched.Count == 0)
            return;
        try
        {
            foreach (var view in await queries.GetAsync(watched, stop))
                Tell(view);
            _failing = false;
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            // Watchers keep what they have. Whatever failed, the next look may succeed, and one that ends would leave them all without news.
            logger.Log(_failing ? LogLevel.Debug : LogLevel.Warning, exception, "The batches that are watched could not be read");
            _failing = true;
        }
    }

    private void Tell(BatchView view)
    {
        lock (_gate)
        {
            foreach (var watcher in _watchers.GetValueOrDefault(BatchView.Topic(view.BatchId)) ?? [])
                watcher.Tell(view);
        }
    }

    private void End(Watcher watcher)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(watcher.Topic, out var same) && same.Remove(watcher) && same.Count == 0)
                _watchers.Remove(watcher.Topic);
        }
    }

    /// <summary>One who watches a batch. Of several changes that come before he looks he sees the last.</summary>
    internal sealed class Watcher(BatchWatch watch, string topic) : IDisposable
    {
        private readonly Channel<BatchView> _views = Channel.CreateBounded<BatchView>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        private long _told;

        public string Topic => topic;

        public string BatchId { get; } = topic[(topic.IndexOf('/', StringComparison.Ordinal) + 1)..];

        /// <summary>The next change, or null when there was none for the time.</summary>
        /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
        public async Task<BatchView?> NextAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
        {
            using var late = new CancellationTokenSource(wait, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            try
            {
                return await _views.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }

        public void Dispose() => watch.End(this);

        internal void Tell(BatchView view)
        {
            if (view.Revision <= _told)
                return;
            _told = view.Revision;
            _views.Writer.TryWrite(view);
        }
    }
}
