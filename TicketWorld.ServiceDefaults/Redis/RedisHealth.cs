using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TicketWorld.ServiceDefaults.Redis;

/// <summary>A Redis that is away degrades the health: everything works, slower, and limits hold in each process alone.</summary>
internal sealed class RedisHealth(RedisConnection redis) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        redis.Fault is { } fault
            ? HealthCheckResult.Degraded($"Redis at {redis.Place} {fault}; each process keeps a cache and counts calls for itself")
            : HealthCheckResult.Healthy());
}
