using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults.Redis;

namespace TicketWorld.Tests.Api;

/// <summary>An API whose Redis comes and goes. Nothing is lost by it, no call fails or waits long, and the health says so.</summary>
[Trait(TestServers.Trait, TestServers.Redis)]
public sealed class RedisOutageTests : IAsyncLifetime
{
    /// <summary>Far above what a call takes, and far below what it would take to wait for Redis with every one.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private PrivateRedis _redis = null!;

    public async Task InitializeAsync() => _redis = await PrivateRedis.StartedAsync();

    public async Task DisposeAsync() => await _redis.DisposeAsync();

    [Fact]
    public async Task Redis_stopped_started_killed_and_frozen_under_load_fails_no_call_and_loses_nothing()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await HealthyAsync(first, second);
        var heard = new ConcurrentQueue<LiveEvent>();
        using var listening = second.Services.GetRequiredService<LiveEvents>().Listen(heard.Enqueue);
        await HearsAsync(first, heard);

        using var stop = new CancellationTokenSource();
        var batches = new ConcurrentQueue<(ApiReplica Api, string Id)>();
        var slowest = new ConcurrentBag<TimeSpan>();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => LoadAsync(i % 2 == 0 ? first : second, batches, slowest, stop.Token))));

        await _redis.StopAsync();
        await DegradedAsync("cannot be reached", first, second);
        await _redis.StartAsync();
        await HealthyAsync(first, second);
        await HearsAsync(first, heard);

        await _redis.KillAsync();
        await DegradedAsync("cannot be reached", first, second);
        await _redis.StartAsync();
        await HealthyAsync(first, second);
        await HearsAsync(first, heard);

        _redis.Freeze();
        await DegradedAsync("", first, second);
        _redis.Thaw();
        await HealthyAsync(first, second);
        await HearsAsync(first, heard);

        // Frozen, then gone: connections that nobody closed in order.
        _redis.Freeze();
        await DegradedAsync("", first, second);
        await _redis.KillAsync();
        await _redis.StartAsync();
        await HealthyAsync(first, second);
        await HearsAsync(first, heard);

        await stop.CancelAsync();
        await load;
        Assert.True(slowest.Count > 200, $"{slowest.Count} calls");
        Assert.True(slowest.Max() < Bound, $"the slowest call took {slowest.Max()}");
        Assert.NotEmpty(batches);
        foreach (var (api, id) in batches)
        {
            await Poll.UntilAsync(async () =>
            {
                var view = await api.GetAsync($"/api/v1/batches/{id}");
                return (view.GetProperty("status").GetString(), view.GetProperty("tickets_done").GetInt32()) is ("completed", 20);
            });
        }
    }

    [Fact]
    public async Task A_Redis_that_is_away_at_the_start_does_not_stop_it_and_is_used_once_it_comes()
    {
        await _redis.StopAsync();
        await using var api = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        await DegradedAsync("cannot be reached", api);
        await _redis.StartAsync();
        await HealthyAsync(api);
        await api.Client.GetAsync("/api/v1/batches");
        Assert.Equal("1", await _redis.CommandAsync("EXISTS", "ticketworld:rate:v1:reads:60:127.0.0.1"));
    }

    [Fact]
    public async Task A_password_that_is_refused_degrades_the_health_and_shows_nowhere()
    {
        await using var api = await ApiReplica.StartAsync([$"ConnectionStrings:redis={_redis.Place},password=hush-hush"]);
        await Poll.UntilAsync(async () => (await api.HealthAsync()).Redis.Contains("refuses the password", StringComparison.Ordinal));
        Assert.DoesNotContain("hush", await api.Client.GetStringAsync("/health"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
    }

    private Task<ApiReplica> StartAsync() => ApiReplica.StartAsync([$"ConnectionStrings:redis={_redis.Url}", "RateLimit:ReadsPerMinute=1000000"]);

    private static async Task LoadAsync(ApiReplica api, ConcurrentQueue<(ApiReplica Api, string Id)> batches, ConcurrentBag<TimeSpan> took, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var watch = Stopwatch.StartNew();
            if (i % 100 == 0)
            {
                var (response, batch) = await api.PostAsync("/api/v1/batches", new { tickets = 20, customers = 10, orders = 20, seed = i });
                Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
                batches.Enqueue((api, batch.GetProperty("batch_id").GetString()!));
            }
            else
            {
                using var answer = await api.Client.GetAsync("/api/v1/batches?page_size=1", CancellationToken.None);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            took.Add(watch.Elapsed);
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>An event that one process announces reaches the other.</summary>
    private static async Task HearsAsync(ApiReplica api, ConcurrentQueue<LiveEvent> heard)
    {
        var said = new LiveEvent("test/" + Guid.NewGuid().ToString("N"), "said and heard");
        await Poll.UntilAsync(() =>
        {
            api.Services.GetRequiredService<LiveEvents>().Announce(said);
            return Task.FromResult(heard.Contains(said));
        });
    }

    private static async Task HealthyAsync(params ApiReplica[] apis)
    {
        foreach (var api in apis)
            await Poll.UntilAsync(async () => await api.HealthAsync() == ("healthy", "healthy"));
    }

    private static async Task DegradedAsync(string reason, params ApiReplica[] apis)
    {
        foreach (var api in apis)
        {
            await Poll.UntilAsync(async () =>
            {
                var (status, redis) = await api.HealthAsync();
                return status == "degraded" && redis.StartsWith("degraded: Redis at 127.0.0.1:", StringComparison.Ordinal) && redis.Contains(reason, StringComparison.Ordinal);
            });
        }
    }
}
