using System.Collections.Immutable;

namespace TicketWorld.Grains;

/// <summary>Something that happened.</summary>
/// <param name="Topic">What it happened to, such as <c>batch/ID</c>; without spaces.</param>
/// <param name="Payload">A short text whose meaning the topic decides.</param>
public sealed record LiveEvent(string Topic, string Payload);

/// <summary>
/// What turns announce, told at once to whoever listens in this process. An event is a hint that saves waiting and never the truth: it may be lost, come
/// twice or late, so a listener reads what is true from the read model, and looks there from time to time even if it hears nothing.
/// </summary>
public sealed class LiveEvents
{
    private ImmutableArray<Listener> _listeners = [];

    /// <summary>Called with each event of this process, to tell other processes of it. It neither throws nor holds up.</summary>
    public Action<LiveEvent> Relay { get; set; } = _ => { };

    /// <summary>Calls the listener with each event, of this process or, where processes tell each other, of another, until what comes back is disposed.</summary>
    /// <param name="listener">Neither throws nor holds up.</param>
    public IDisposable Listen(Action<LiveEvent> listener)
    {
        var added = new Listener(this, listener);
        ImmutableInterlocked.Update(ref _listeners, (all, one) => all.Add(one), added);
        return added;
    }

    /// <summary>Tells of an event of this process.</summary>
    public void Announce(LiveEvent happened)
    {
        Deliver(happened);
        Relay(happened);
    }

    /// <summary>Tells of an event of another process.</summary>
    public void Deliver(LiveEvent happened)
    {
        foreach (var listener in _listeners)
            listener.Tell(happened);
    }

    private sealed class Listener(LiveEvents events, Action<LiveEvent> tell) : IDisposable
    {
        public void Tell(LiveEvent happened) => tell(happened);

        public void Dispose() => ImmutableInterlocked.Update(ref events._listeners, (all, gone) => all.Remove(gone), this);
    }
}
