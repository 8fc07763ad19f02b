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
    /// <summary>An event of a turn of this process or, where processes tell each other, of another. Listeners neither throw nor hold up.</summary>
    public event Action<LiveEvent> Happened = _ => { };

    /// <summary>An event of a turn of this process, for those who tell other processes. Listeners neither throw nor hold up.</summary>
    public event Action<LiveEvent> Announced = _ => { };

    /// <summary>Tells of an event of this process.</summary>
    public void Announce(LiveEvent happened)
    {
        Happened(happened);
        Announced(happened);
    }

    /// <summary>Tells of an event of another process.</summary>
    public void Deliver(LiveEvent happened) => Happened(happened);
}
