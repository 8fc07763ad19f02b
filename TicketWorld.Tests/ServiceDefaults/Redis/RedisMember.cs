using Microsoft.Extensions.Logging.Abstractions;
using TicketWorld.ServiceDefaults.RateLimits;
using TicketWorld.ServiceDefaults.Redis;
using TicketWorld.Support.Caching;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.ServiceDefaults.Redis;

/// <summary>What one process of an installation has of Redis.</summary>
internal sealed class RedisMember : IAsyncDisposable
{
    private RedisMember(RedisConnection connection)
    {
        Connection = connection;
        var names = new RedisNames("test");
        Front = new(1 << 20, TimeProvider.System);
        Cache = new(connection, names, Front, TimeProvider.System);
        Windows = new(connection, names, new InProcessRateWindows(TimeProvider.System));
    }

    public RedisConnection Connection { get; }

    public InProcessCache Front { get; }

    public RedisCache Cache { get; }

    public RedisRateWindows Windows { get; }

    public static async Task<RedisMember> StartAsync(PrivateRedis redis)
    {
        var connection = new RedisConnection(RedisAddress.Parse(redis.ConnectionString), new RedisTimeLimit(TimeSpan.FromSeconds(10)), TimeProvider.System, NullLogger<RedisConnection>.Instance);
        await connection.StartAsync(CancellationToken.None);
        await Poll.UntilAsync(() => Task.FromResult(connection.Fault is null));
        return new(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.StopAsync(CancellationToken.None);
        Connection.Dispose();
    }
}
