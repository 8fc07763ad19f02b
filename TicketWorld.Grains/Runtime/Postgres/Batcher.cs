namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>
/// Puts what is asked for at the same time into one transaction. While a group is at the server the next requests gather; a second
/// group sets out beside it when it is full, or when the first takes long, as one does that waits for a lock. So groups grow with the
/// load, and what is alone waits for nothing. A group that fails as a whole is tried one by one, so that each gets its own answer.
/// </summary>
/// <param name="groups">How many groups may be under way at a time.</param>
/// <param name="most">The largest group.</param>
/// <param name="run">Runs a group as one step; results in the order of the items.</param>
/// <param name="shared">Whether an exception says something about the way to the server and not about an item: then all of the group get it.</param>
internal sealed class Batcher<TItem, TResult>(
    int groups, int most, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> run, Func<Exception, bool> shared) : IAsyncDisposable
    where TItem : notnull
{
    /// <summary>How long a group may be under way before others stop waiting to go with its successor.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(25);

    private readonly Lock _gate = new();
    private readonly Queue<Request> _waiting = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Timer? _late;
    private int _underWay;
    private bool _closed;

    public Task<TResult> RunAsync(TItem item)
    {
        var request = new Request(item);
        lock (_gate)
        {
            if (_closed)
                return Task.FromException<TResult>(new GrainStoreException("The grain store is closed."));
            _waiting.Enqueue(request);
            if (_underWay == 0 || _waiting.Count >= most)
                SetOut();
        }

        return request.Result.Task;
    }

    /// <summary>Finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_underWay == 0)
                return;
        }

        await _finished.Task;
    }

    /// <summary>Sends a further group on its way, unless as many are as may be. The lock is held.</summary>
    private void SetOut()
    {
        if (_underWay == groups || _waiting.Count == 0)
            return;
        _underWay++;
        var group = TakeWaiting();

        // Groups live longer than the call that happens to start them, so nothing of its context goes with them.
        ThreadPool.UnsafeQueueUserWorkItem(taken => _ = WorkAsync(taken), group, preferLocal: false);
    }

    private void OnLate()
    {
        lock (_gate)
            SetOut();
    }

    /// <summary>Runs groups until none is left; what goes wrong is told to those who asked, so there is nothing to await.</summary>
    private async Task WorkAsync(List<Request>? group)
    {
        while (group is not null)
        {
            await RunAsync(group);
            lock (_gate)
                group = TakeNext();
        }
    }

    /// <summary>The next group; null when there is none, or it is not full and others are under way: these take it with them.</summary>
    private List<Request>? TakeNext()
    {
        if (_waiting.Count > 0 && (_underWay == 1 || _waiting.Count >= most))
            return TakeWaiting();
        _underWay--;
        if (_underWay == 0)
        {
            _late?.Dispose();
            _late = null;
            if (_closed)
                _finished.TrySetResult();
        }

        return null;
    }

    private List<Request> TakeWaiting()
    {
        var group = new List<Request>(Math.Min(most, _waiting.Count));
        while (group.Count < most && _waiting.TryDequeue(out var request))
            group.Add(request);
        _late ??= new(_ => OnLate());
        _late.Change(Long, Long);
        return group;
    }

    private async Task RunAsync(IReadOnlyList<Request> group)
    {
        IReadOnlyList<TResult> results;
        try
        {
            results = await run([.. group.Select(r => r.Item)]);
        }
        catch (Exception error) when (group.Count == 1 || shared(error))
        {
            foreach (var request in group)
                request.Result.SetException(error);
            return;
        }
        catch (Exception)
        {
            foreach (var request in group)
                await RunAsync([request]);
            return;
        }

        // Too few would be a mistake of whoever runs the group, which has happened: the rest is told so, and not run again.
        for (var i = 0; i < group.Count; i++)
        {
            if (i < results.Count)
                group[i].Result.SetResult(results[i]);
            else
                group[i].Result.SetException(new InvalidOperationException($"A group of {group.Count} got {results.Count} results."));
        }
    }

    private sealed record Request(TItem Item)
    {
        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
