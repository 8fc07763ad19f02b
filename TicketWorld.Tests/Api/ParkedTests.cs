using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Api;

/// <summary>Parked messages over HTTP, on each store.</summary>
public abstract class ParkedConformance
{
    private const string Root = "/api/v1/admin/parked";

    protected abstract string[] Settings { get; }

    [Fact]
    public async Task Parked_messages_are_listed_read_replayed_and_discarded()
    {
        await using var api = await StartAsync();
        foreach (var key in new[] { "a", "b", "c" })
            await ParkAsync(api, key);
        Assert.Equal(("degraded", true), await HealthAsync(api));

        var page = await api.GetAsync(Root + "?page=2&page_size=2");
        Assert.Equal((3, 2), (page.GetProperty("total").GetInt32(), page.GetProperty("pages").GetInt32()));
        Assert.Equal("park-c", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(3, (await api.GetAsync(Root + "?kind=failing")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await api.GetAsync(Root + "?kind=other")).GetProperty("total").GetInt32());

        var one = await api.GetAsync(Root + "/park-a");
        Assert.Equal(
            ("failing", "a", "FailOnce", 1, "InvalidOperationException"),
            (one.GetProperty("grain").GetProperty("kind").GetString(), one.GetProperty("grain").GetProperty("key").GetString(), one.GetProperty("method").GetString(),
                one.GetProperty("attempts").GetInt32(), one.GetProperty("error").GetProperty("type").GetString()));
        Assert.Contains("FailOnce", one.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(one.GetProperty("parked_at").TryGetDateTimeOffset(out _));
        Assert.False(one.TryGetProperty("arguments", out _));

        // Replayed, it succeeds; repeated, the request changes nothing and says where the message stands.
        Assert.Equal((200, "waiting"), await ActAsync(api, "park-a/replay"));
        await Poll.UntilAsync(async () => await ActAsync(api, "park-a/replay") == (200, "ended"));
        Assert.Equal((409, "not_parked"), await ActAsync(api, "park-a/discard"));

        Assert.Equal((400, "invalid_value"), await ActAsync(api, "park-b/discard?reason=" + new string('x', 201)));
        Assert.Equal((200, "discarded"), await ActAsync(api, "park-b/discard?reason=of%20no%20use"));
        Assert.Equal((200, "discarded"), await ActAsync(api, "park-b/discard"));
        Assert.Equal((409, "not_parked"), await ActAsync(api, "park-b/replay"));
        Assert.Equal((404, "message_not_found"), await ActAsync(api, "nothing/replay"));
        Assert.Equal((404, "message_not_found"), await ActAsync(api, "nothing/discard"));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.GetAsync(Root + "/park-a")).StatusCode);
        Assert.Equal(1, (await api.GetAsync(Root)).GetProperty("total").GetInt32());

        Assert.Equal((200, "waiting"), await ActAsync(api, "park-c/replay"));
        await Poll.UntilAsync(async () => await HealthAsync(api) == ("healthy", false));
    }

    [Fact]
    public async Task All_messages_of_a_kind_are_replayed_or_discarded_at_once_and_each_just_once()
    {
        await using var api = await StartAsync();
        for (var i = 0; i < 12; i++)
            await ParkAsync(api, $"{i}", method: nameof(IFailingGrain.FailAlways));
        Assert.Equal((400, "invalid_value"), await ActAsync(api, "discard"));
        var (_, none) = await api.PostAsync(Root + "/replay?kind=other");
        Assert.Equal((0, 0), (none.GetProperty("changed").GetInt32(), none.GetProperty("parked").GetInt32()));
        var (_, replayed) = await api.PostAsync(Root + "/replay?kind=failing");
        Assert.Equal(12, replayed.GetProperty("changed").GetInt32());
        await Poll.UntilAsync(async () => (await api.GetAsync(Root)).GetProperty("total").GetInt32() == 12);
        var (_, discarded) = await api.PostAsync(Root + "/discard?kind=failing");
        Assert.Equal((12, 0), (discarded.GetProperty("changed").GetInt32(), discarded.GetProperty("parked").GetInt32()));
    }

    private Task<ApiReplica> StartAsync() => ApiReplica.StartAsync(
        [.. Settings, "Grains:MaxAttempts=1"],
        services => services.AddSingleton<Failures>().AddGrains(grains => grains.Add<IFailingGrain, FailingGrain>()));

    private static async Task ParkAsync(ApiReplica api, string key, string method = nameof(IFailingGrain.FailOnce))
    {
        var before = (await api.GetAsync(Root)).GetProperty("total").GetInt32();
        var grain = api.Services.GetRequiredService<IGrainFactory>().GetGrain<IFailingGrain>(key, new() { OneWay = true, MessageId = $"park-{key}" });
        await (method == nameof(IFailingGrain.FailOnce) ? grain.FailOnce("a customer's words") : grain.FailAlways());
        await Poll.UntilAsync(async () => (await api.GetAsync(Root)).GetProperty("total").GetInt32() == before + 1);
    }

    private static async Task<(int Status, string Says)> ActAsync(ApiReplica api, string action)
    {
        var (response, body) = await api.PostAsync($"{Root}/{action}");
        return ((int)response.StatusCode, (response.IsSuccessStatusCode ? body.GetProperty("status") : body.GetProperty("code")).GetString()!);
    }

    private static async Task<(string Status, bool Parked)> HealthAsync(ApiReplica api)
    {
        var health = await api.GetAsync("/health");
        return (health.GetProperty("status").GetString()!, health.GetProperty("checks").GetProperty("silo").GetString()!.Contains("parked", StringComparison.Ordinal));
    }
}

public sealed class SqliteParkedTests : ParkedConformance
{
    protected override string[] Settings => [];
}

[Trait(TestServers.Trait, TestServers.Postgres)]
public sealed class PostgresParkedTests : ParkedConformance, IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    protected override string[] Settings => [$"ConnectionStrings:ticketdb={_schema.ConnectionString}"];
}

/// <summary>A grain whose turns fail.</summary>
public interface IFailingGrain : IGrainWithStringKey
{
    Task FailOnce(string text);

    Task FailAlways();
}

/// <summary>Which grains have failed, beyond their turns.</summary>
public sealed class Failures
{
    public System.Collections.Concurrent.ConcurrentDictionary<string, bool> Seen { get; } = new(StringComparer.Ordinal);
}

internal sealed class FailingGrain(Failures failures) : Grain, IFailingGrain
{
    public Task FailOnce(string text) =>
        failures.Seen.TryAdd(Key, true) ? throw new InvalidOperationException("not this time") : Task.CompletedTask;

    public Task FailAlways() => throw new InvalidOperationException("never");
}
