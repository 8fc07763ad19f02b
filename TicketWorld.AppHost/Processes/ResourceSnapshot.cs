using System.Text.Json.Serialization;

namespace TicketWorld.AppHost.Processes;

/// <summary>Where a process stands in its life.</summary>
internal enum ResourceState
{
    /// <summary>Another resource has to be healthy first.</summary>
    Waiting,

    /// <summary>The process runs and has not been healthy yet.</summary>
    Starting,

    Running,

    /// <summary>It ended by itself and starts again after a pause.</summary>
    Restarting,

    Stopping,

    /// <summary>Stopped on request.</summary>
    Stopped,
}

/// <summary>What the last health request said.</summary>
internal enum ResourceHealth
{
    Unknown,
    Healthy,
    Unhealthy,
}

/// <summary>One process as the dashboard shows it.</summary>
internal sealed record ResourceSnapshot
{
    public required string Name { get; init; }

    public required string Resource { get; init; }

    /// <summary>Its number among the replicas of its resource, from 0.</summary>
    [JsonIgnore]
    public int Replica { get; init; }

    public required Uri? Address { get; init; }

    public ResourceState State { get; init; } = ResourceState.Waiting;

    public ResourceHealth Health { get; init; }

    public int? Pid { get; init; }

    /// <summary>How often it was started again after it had ended by itself.</summary>
    public int Restarts { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public int? LastExitCode { get; init; }

    /// <summary>Of one processor, so that 200 is two processors at work.</summary>
    public double? CpuPercent { get; init; }

    public long? MemoryBytes { get; init; }
}
