using System.Collections.Concurrent;

namespace TicketWorld.Grains.Runtime;

/// <summary>The callers in this process that wait for a message to be finished.</summary>
internal sealed class ReplyWaiters : IStoreListener, IDisposable
{
    private readonly ConcurrentDictionary<string, Waiter> _waiting = new(StringComparer.Ordinal);
    private readonly StoreHints _hints;

    public ReplyWaiters(StoreHints hints)
    {
        _hints = hints;
        _hints.Add(this);
    }

    /// <summary>Joins those that wait for the message. Leaving is up to the caller.</summary>
    public Waiter Join(string messageId)
    {
        while (true)
        {
            var waiter = _waiting.GetOrAdd(messageId, id => new Waiter(this, id));
            if (waiter.TryEnter())
                return waiter;
        }
    }

    public void Dispose() => _hints.Remove(this);

    public void OnWorkReady(MessagePriority priority, DateTimeOffset dueAt)
    {
        // Work is for silos; callers wait for ends.
    }

    public void OnFinished(string messageId, MessageOutcome outcome)
    {
        if (_waiting.TryGetValue(messageId, out var waiter))
            waiter.Finish(outcome);
    }

    public IEnumerable<string> Awaited => _waiting.Keys;

    public bool Awaits(string messageId) => _waiting.ContainsKey(messageId);

    /// <summary>One message that is waited for, by one caller or several that sent the same identity.</summary>
    internal sealed class Waiter(ReplyWaiters owner, string messageId) : IDisposable
    {
        private readonly TaskCompletionSource<MessageOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _gate = new();
        private int _callers;

        public Task<MessageOutcome> Outcome => _outcome.Task;

        public void Finish(MessageOutcome outcome) => _outcome.TrySetResult(outcome);

        public bool TryEnter()
        {
            lock (_gate)
            {
                if (_callers < 0)
                    return false;
                _callers++;
                return true;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                if (--_callers > 0)
                    return;
                _callers = -1;
            }

            owner._waiting.TryRemove(new KeyValuePair<string, Waiter>(messageId, this));
        }
    }
}
