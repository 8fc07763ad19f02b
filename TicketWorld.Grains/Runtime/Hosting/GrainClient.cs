using Microsoft.Extensions.Hosting;

namespace TicketWorld.Grains.Runtime;

/// <summary>Opens the store in a process that calls grains and runs none.</summary>
internal sealed class GrainClient(IGrainStore store) : IHostedService
{
    /// <exception cref="GrainStoreException">The store cannot be used; the host then does not start.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => store.CloseAsync();
}
