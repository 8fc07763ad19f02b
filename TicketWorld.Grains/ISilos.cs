namespace TicketWorld.Grains;

/// <summary>
/// The silos at work, from what each says of itself every two seconds. For display only: which silo may do what is decided by
/// leases alone.
/// </summary>
public interface ISilos
{
    /// <summary>The silos by name; one that has not been heard of for a minute is left out.</summary>
    Task<IReadOnlyList<SiloView>> ListAsync(CancellationToken cancellationToken = default);
}

/// <summary>Where a silo stands.</summary>
public enum SiloStatus
{
    /// <summary>It takes and runs turns.</summary>
    Running,

    /// <summary>It takes no more turns and ends the ones that run.</summary>
    Stopping,

    /// <summary>It has not been heard of for ten seconds: dead, paused, or cut off from the database.</summary>
    Silent,
}

/// <summary>A silo as it described itself last.</summary>
public sealed record SiloView
{
    /// <summary>Unique; a process that starts anew is a new silo.</summary>
    public required string SiloId { get; init; }

    /// <summary>As configured, such as <c>silo-1</c>; the same after a restart.</summary>
    public required string Name { get; init; }

    /// <summary>The number of its process on its machine.</summary>
    public required int ProcessId { get; init; }

    public required SiloStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset HeartbeatAt { get; init; }

    /// <summary>Turns ended since its start, however they ended.</summary>
    public required long TurnsDone { get; init; }

    /// <summary>Turns under way.</summary>
    public required int TurnsRunning { get; init; }

    /// <summary>Turns ended for each second between its last two heartbeats.</summary>
    public required double TurnsPerSecond { get; init; }
}
