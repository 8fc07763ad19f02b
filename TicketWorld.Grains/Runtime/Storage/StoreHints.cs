using System.Collections.Immutable;

namespace TicketWorld.Grains.Runtime;

/// <summary>Hears what a store says to save others from asking; it is called on the store's thread and must be quick.</summary>
internal interface IStoreListener
{
    /// <summary>A message of the priority can be claimed from the given time on.</summary>
    void OnWorkReady(MessagePriority priority, DateTimeOffset dueAt);

    /// <summary>A message has ended.</summary>
    void OnFinished(string messageId, MessageOutcome outcome);

    /// <summary>Whether the listener waits for the end of the message.</summary>
    bool Awaits(string messageId) => false;

    /// <summary>The messages whose end the listener waits for.</summary>
    IEnumerable<string> Awaited => [];

    /// <summary>Where turns of the priority can run in this process; null for nowhere.</summary>
    IOpenSlots? SlotsOf(MessagePriority priority) => null;
}

/// <summary>Passes hints on. A hint may be lost; nothing depends on it but the time that is waited.</summary>
internal sealed class StoreHints
{
    private ImmutableArray<IStoreListener> _listeners = [];

    public void Add(IStoreListener listener) => ImmutableInterlocked.Update(ref _listeners, (all, added) => all.Add(added), listener);

    public void Remove(IStoreListener listener) => ImmutableInterlocked.Update(ref _listeners, (all, gone) => all.Remove(gone), listener);

    public void OnWorkReady(MessagePriority priority, DateTimeOffset dueAt)
    {
        foreach (var listener in _listeners)
            listener.OnWorkReady(priority, dueAt);
    }

    public void OnFinished(string messageId, MessageOutcome outcome)
    {
        foreach (var listener in _listeners)
            listener.OnFinished(messageId, outcome);
    }

    /// <summary>Where turns of the priority can run in this process.</summary>
    public IEnumerable<IOpenSlots> SlotsOf(MessagePriority priority)
    {
        foreach (var listener in _listeners)
        {
            if (listener.SlotsOf(priority) is { } slots)
                yield return slots;
        }
    }

    /// <summary>The messages whose end somebody in this process waits for.</summary>
    public IEnumerable<string> Awaited => _listeners.SelectMany(listener => listener.Awaited);

    /// <summary>Whether somebody in this process waits for the end of the message.</summary>
    public bool Awaits(string messageId)
    {
        foreach (var listener in _listeners)
        {
            if (listener.Awaits(messageId))
                return true;
        }

        return false;
    }
}
