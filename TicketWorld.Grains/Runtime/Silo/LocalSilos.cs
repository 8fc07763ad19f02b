namespace TicketWorld.Grains.Runtime;

/// <summary>The list of an embedded store: the one silo of this process, kept in memory.</summary>
internal sealed class LocalSilos(TimeProvider time) : ISiloRegistry
{
    private SiloView? _only;

    public Task BeatAsync(SiloBeat beat, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        _only = new()
        {
            SiloId = beat.Silo.Value,
            Name = beat.Name,
            ProcessId = beat.ProcessId,
            Status = beat.Stopping ? SiloStatus.Stopping : SiloStatus.Running,
            StartedAt = now - beat.Age,
            HeartbeatAt = now,
            TurnsDone = beat.TurnsDone,
            TurnsRunning = beat.TurnsRunning,
            TurnsPerSecond = beat.TurnsPerSecond,
        };
        return Task.CompletedTask;
    }

    public Task LeaveAsync(SiloId silo, CancellationToken cancellation)
    {
        _only = null;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SiloView>> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<SiloView>>(_only is { } only ? [only] : []);
}
