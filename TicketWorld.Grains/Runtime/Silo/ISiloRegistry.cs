namespace TicketWorld.Grains.Runtime;

/// <summary>Where silos say that they are there. Nothing but displays depends on it.</summary>
internal interface ISiloRegistry : ISilos
{
    /// <summary>Silent for this long, a silo is shown as such.</summary>
    static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(10);

    /// <summary>Silent for this long, a silo is forgotten.</summary>
    static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(1);

    Task BeatAsync(SiloBeat beat, CancellationToken cancellation);

    /// <summary>Takes a silo that has stopped off the list.</summary>
    Task LeaveAsync(SiloId silo, CancellationToken cancellation);
}

/// <summary>What a silo says of itself.</summary>
/// <param name="Age">Since its start, by its own clock.</param>
internal sealed record SiloBeat(
    SiloId Silo, string Name, int ProcessId, TimeSpan Age, long TurnsDone, int TurnsRunning, double TurnsPerSecond, bool Stopping);

/// <summary>The name of this process's silo on displays.</summary>
internal sealed record SiloName(string Value);
