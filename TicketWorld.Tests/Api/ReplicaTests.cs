using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults.Redis;

namespace TicketWorld.Tests.Api;

/// <summary>Two APIs on one database and one Redis.</summary>
[Trait(TestServers.Trait, TestServers.Postgres)]
[Trait(TestServers.Trait, TestServers.Redis)]
public sealed class ReplicaTests : IAsyncDisposable
{
    private readonly TestSchema _schema = new();
    private readonly PrivateRedis _redis = new();

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _schema.DisposeAsync();
    }

    [Fact]
    public async Task Replicas_share_the_windows_of_a_caller()
    {
        await _redis.StartAsync();
        await using var first = await StartAsync("RateLimit:WritesPerMinute=25");
        await using var second = await StartAsync("RateLimit:WritesPerMinute=25");
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? first : second).Client.PostAsync("/api/v1/batches/none/cancel", null)));
        Assert.Equal((25, 35), (answers.Count(a => a.StatusCode == HttpStatusCode.NotFound), answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests)));
    }

    [Fact]
    public async Task A_replica_that_runs_no_grains_hears_of_changes_and_its_watchers_see_them_to_the_end_also_when_Redis_goes()
    {
        await _redis.StartAsync();
        await using var runs = await StartAsync();
        await using var serves = await StartAsync("RUN_GRAINS=false");
        var heard = new ConcurrentQueue<LiveEvent>();
        using var listening = serves.Services.GetRequiredService<LiveEvents>().Listen(heard.Enqueue);
        for (var round = 0; round < 2; round++)
        {
            var (_, batch) = await serves.PostAsync("/api/v1/batches", new { tickets = 100, customers = 20, orders = 100, seed = round });
            var id = batch.GetProperty("batch_id").GetString()!;
            var events = await serves.Client.GetStringAsync($"/api/v1/batches/{id}/events");
            Assert.EndsWith("completed", events.Split('\n').Last(line => line.StartsWith("event:", StringComparison.Ordinal)), StringComparison.Ordinal);
            if (round == 0)
                await Poll.UntilAsync(() => Task.FromResult(heard.Any(e => e.Topic == BatchView.Topic(id))));
            else
                Assert.DoesNotContain(heard, e => e.Topic == BatchView.Topic(id));
            if (round == 0)
                await _redis.KillAsync();
        }
    }

    private Task<ApiReplica> StartAsync(params string[] settings) =>
        ApiReplica.StartAsync([$"ConnectionStrings:ticketdb={_schema.ConnectionString}", $"ConnectionStrings:redis={_redis.ConnectionString}", "Redis:TimeLimitSeconds=10", .. settings]);
}
