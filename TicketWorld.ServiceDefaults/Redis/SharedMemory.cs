using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketWorld.ServiceDefaults.Broadcasts;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.RateLimits;
using TicketWorld.Support.Caching;

namespace TicketWorld.ServiceDefaults.Redis;

/// <summary>What processes of an installation share beside their database, and can do without.</summary>
public static class SharedMemory
{
    /// <summary>
    /// Adds <see cref="ISharedCache"/>, <see cref="IRateWindows"/> and <see cref="IBroadcast"/>: over Redis when <c>ConnectionStrings:redis</c> names one,
    /// else of this process alone.
    /// </summary>
    /// <exception cref="StartFaultException">A setting is wrong. A Redis that cannot be reached is no fault.</exception>
    public static WebApplicationBuilder AddSharedMemory(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = new Settings(builder.Configuration);
        var address = RedisAddress.Read(settings);
        var prefix = settings.Text(RedisNames.Key, "ticketworld");
        if (!RedisNames.IsPrefix(prefix))
            settings.Fault(RedisNames.Key, prefix, "1 to 40 letters, digits, - and _", "ticketworld");
        var limit = settings.Seconds("Redis:TimeLimitSeconds", 0.25, 0.01, 10);
        var bytes = (long)settings.Int("Cache:MemoryMegabytes", 64, 1, 16_384) << 20;
        settings.ThrowIfFaulty();

        var services = builder.Services;
        services.AddSingleton(provider => new InProcessCache(bytes, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<InProcessRateWindows>();
        if (address is null)
        {
            services.AddSingleton<ISharedCache>(provider => provider.GetRequiredService<InProcessCache>());
            services.AddSingleton<IRateWindows>(provider => provider.GetRequiredService<InProcessRateWindows>());
            services.AddSingleton<IBroadcast, NoBroadcast>();
            return builder;
        }

        services.AddSingleton(address);
        services.AddSingleton(new RedisTimeLimit(limit));
        services.AddSingleton(new RedisNames(prefix));
        services.AddSingleton<RedisConnection>();
        services.AddSingleton<ISharedCache, RedisCache>();
        services.AddSingleton<IRateWindows, RedisRateWindows>();
        services.AddSingleton<IBroadcast, RedisBroadcast>();

        // The subscription is made when the client connects, so the broadcast comes first.
        services.AddSingleton<IHostedService>(provider =>
        {
            _ = provider.GetRequiredService<IBroadcast>();
            return provider.GetRequiredService<RedisConnection>();
        });
        services.AddHealthChecks().Add(new("redis", provider => new RedisHealth(provider.GetRequiredService<RedisConnection>()), failureStatus: null, tags: null));
        return builder;
    }
}
