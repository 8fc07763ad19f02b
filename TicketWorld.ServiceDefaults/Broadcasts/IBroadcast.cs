namespace TicketWorld.ServiceDefaults.Broadcasts;

/// <summary>
/// Short texts to all other processes of this installation that are there at the moment. None is promised to arrive, so whoever listens must come to know
/// what it says by other means too.
/// </summary>
public interface IBroadcast
{
    /// <summary>Called with what another process said, on a thread that must not be held up. It does not throw.</summary>
    Action<string> Heard { get; set; }

    /// <summary>Says a text to the others, if there is a way now; never waits.</summary>
    void Say(string text);
}

/// <summary>There is no way to others.</summary>
internal sealed class NoBroadcast : IBroadcast
{
    public Action<string> Heard { get; set; } = _ => { };

    public void Say(string text)
    {
        // Nobody can hear it.
    }
}
