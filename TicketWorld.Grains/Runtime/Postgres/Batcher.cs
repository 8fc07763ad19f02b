namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>
/// Puts what is asked for at the same time into one transaction. While a group is at the server the next requests gather, and a
/// second group sets out beside it only when it is full: groups grow with the load, and one that is alone waits for nothing.
/// A group that fails as a whole is tried one by one, so that each gets its own answer.
/// </summary>
/// <param name="groups">How many groups may be under way at a time.</param>
/// <param name="most">The largest group.</param>
/// <param name="run">Runs a group as one step; results in the order of the items.</param>
/// <param name="shared">Whether an exception says something about the way to the server and not about an item: then all of the group get it.</param>
internal sealed class Batcher<TItem, TResult>(
    int groups, int most, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> run, Func<Exception, bool> shared) : IAsyncDisposable
    where TItem : notnull
{
    private readonly Lock _gate = new();
    private readonly Queue<Request> _waiting = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
            if (_underWay > 0 && (_underWay == groups || _waiting.Count < most))
                return request.Result.Task;
            _underWay++;
        }

        _ = Task.Run(WorkAsync);
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

    private async Task WorkAsync()
    {
        while (TakeGroup() is { } group)
            await RunAsync(group);
    }

    /// <summary>The next group; null when there is none, or it is not full and others are under way: these take it with them.</summary>
    private List<Request>? TakeGroup()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || (_underWay > 1 && _waiting.Count < most))
            {
                _underWay--;
                if (_closed && _underWay == 0)
                    _finished.TrySetResult();
                return null;
            }

            var group = new List<Request>(Math.Min(most, _waiting.Count));
            while (group.Count < most && _waiting.TryDequeue(out var request))
                group.Add(request);
            return group;
        }
    }

    private async Task RunAsync(IReadOnlyList<Request> group)
    {
        try
        {
            var results = await run([.. group.Select(r => r.Item)]);
            for (var i = 0; i < group.Count; i++)
                group[i].Result.SetResult(results[i]);
        }
        catch (Exception error) when (group.Count == 1 || shared(error))
        {
            foreach (var request in group)
                request.Result.SetException(error);
        }
        catch (Exception)
        {
            foreach (var request in group)
                await RunAsync([request]);
        }
    }

    private sealed record Request(TItem Item)
    {
        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
