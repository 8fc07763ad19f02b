using TicketWorld.ServiceDefaults.Access;

namespace TicketWorld.Api.Access;

/// <summary>Says at the start whether callers are asked for keys.</summary>
internal sealed class AccessNotice(IAccessGate gate, ILogger<AccessNotice> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await gate.LookAsync(cancellationToken))
            logger.LogInformation("Callers are asked for API keys");
        else
            logger.LogWarning("There is no API key, so every process of this machine may do everything, and no other machine anything. {Remedy}", gate.Remedy);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
