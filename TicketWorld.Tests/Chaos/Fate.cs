namespace TicketWorld.Tests.Chaos;

/// <summary>How one life of a host ends. Times count from when it listens.</summary>
internal abstract record Fate
{
    /// <summary>It ends itself at a crash point.</summary>
    public sealed record Crash(string Point, int Pass) : Fate;

    /// <summary>It gets SIGKILL.</summary>
    public sealed record Kill(TimeSpan After) : Fate;

    /// <summary>It gets SIGSTOP, sleeps for longer than a lease, gets SIGCONT, goes on for a while, and then SIGKILL.</summary>
    public sealed record Freeze(TimeSpan After, TimeSpan Time) : Fate;

    /// <summary>It gets SIGKILL while it starts.</summary>
    public sealed record KillAtStart(TimeSpan After) : Fate;

    /// <summary>It gets SIGTERM; with a point it does not survive its stop.</summary>
    public sealed record Stop(TimeSpan After, string? Point) : Fate;

    /// <summary>It lives until the run is over.</summary>
    public sealed record None : Fate;
}
