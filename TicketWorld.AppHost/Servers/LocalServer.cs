using TicketWorld.AppHost.Processes;

namespace TicketWorld.AppHost.Servers;

/// <summary>A private server that is ready to be started.</summary>
internal sealed record LocalServer
{
    public required string ConnectionString { get; init; }

    public required Uri Address { get; init; }

    public required ProcessCommand Command { get; init; }

    /// <summary>Whether the server answers.</summary>
    public required Func<CancellationToken, Task<bool>> Check { get; init; }
}
