using System.Threading.Channels;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>
/// Puts what is asked for at the same time into one transaction. A few workers take what waits; while one is at the
/// server the next requests gather. A group that fails as a whole is tried one by one, so that each gets its own answer.
/// </summary>
internal sealed class Batcher<TItem, TResult> : IAsyncDisposable
    where TItem : notnull
{
    private readonly Channel<Request> _waiting = Channel.CreateUnbounded<Request>();
    private readonly Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> _run;
    private readonly Func<Exception, bool> _shared;
    private readonly int _most;
    private readonly Task[] _workers;

    /// <param name="workers">How many groups may be under way at a time.</param>
    /// <param name="most">The largest group.</param>
    /// <param name="run">Runs a group as one step; results in the order of the items.</param>
    /// <param name="shared">Whether an exception says something about the way to the server and not about an item: then all of the group get it.</param>
    public Batcher(int workers, int most, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> run, Func<Exception, bool> shared)
    {
        (_run, _shared, _most) = (run, shared, most);
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync))];
    }

    public Task<TResult> RunAsync(TItem item)
    {
        var request = new Request(item);
        return _waiting.Writer.TryWrite(request)
            ? request.Result.Task
            : Task.FromException<TResult>(new GrainStoreException("The grain store is closed."));
    }

    /// <summary>Finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_workers);
    }

    private async Task WorkAsync()
    {
        var group = new List<Request>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < _most && _waiting.Reader.TryRead(out var request))
                group.Add(request);
            if (group.Count > 0)
                await RunAsync(group);
        }
    }

    private async Task RunAsync(IReadOnlyList<Request> group)
    {
        try
        {
            var results = await _run([.. group.Select(r => r.Item)]);
            for (var i = 0; i < group.Count; i++)
                group[i].Result.SetResult(results[i]);
        }
        catch (Exception error) when (group.Count == 1 || _shared(error))
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
