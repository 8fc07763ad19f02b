using System.Diagnostics;
using TicketWorld.ServiceDefaults.RateLimits;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults.RateLimits;

namespace TicketWorld.Tests.ServiceDefaults.Redis;

[Trait(TestServers.Trait, TestServers.Redis)]
public sealed class RedisRateWindowsTests : RateWindowsConformance, IAsyncLifetime
{
    private const string Key = "test:rate:v1:writes:3:a";

    private readonly List<RedisMember> _members = [];
    private readonly Stopwatch _started = new();
    private PrivateRedis _redis = null!;

    public async Task InitializeAsync() => _redis = await PrivateRedis.StartedAsync();

    public async Task DisposeAsync()
    {
        foreach (var member in _members)
            await member.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Processes_share_a_window_and_leave_nothing_behind_it()
    {
        var windows = new[] { await StartAsync(), await StartAsync(), await StartAsync() };
        var decisions = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () => await windows[i % 3].TakeAsync(Limit, "a"))));
        Assert.Equal(Limit.Calls, decisions.Count(d => d.Allowed));
        Assert.InRange(long.Parse(await _redis.CommandAsync("PTTL", Key)), 1, 3050);
        await Poll.UntilAsync(async () => await _redis.CommandAsync("EXISTS", Key) == "0");
    }

    [Theory]
    [InlineData("SET", Key, "foreign")]
    [InlineData("HSET", Key, "99999999999999", "1000", "no slot", "1000", "1", "no count")]
    public async Task What_others_put_under_the_key_gives_way(params string[] command)
    {
        var windows = await StartAsync();
        await _redis.CommandAsync(command);
        Assert.True((await windows.TakeAsync(Limit, "a")).Allowed);
        Assert.Equal(Limit.Calls - 2, (await (await StartAsync()).TakeAsync(Limit, "a")).Remaining);
    }

    [Fact]
    public async Task Without_Redis_a_process_goes_on_from_what_it_has_itself_allowed()
    {
        var lengthy = Limit with { Window = TimeSpan.FromMinutes(5) };
        var windows = await StartAsync();
        for (var i = 0; i < 15; i++)
            Assert.True((await windows.TakeAsync(lengthy, "a")).Allowed);
        await _redis.KillAsync();
        var more = 0;
        for (var i = 0; i < 15; i++)
            more += (await windows.TakeAsync(lengthy, "a")).Allowed ? 1 : 0;
        Assert.Equal(5, more);
    }

    [Fact]
    public async Task A_Redis_that_was_started_again_counts_from_its_first_call()
    {
        var windows = await StartAsync();
        Assert.True((await windows.TakeAsync(Limit, "a")).Allowed);
        await _redis.KillAsync();
        await _redis.StartAsync();
        await Poll.UntilAsync(async () =>
        {
            await windows.TakeAsync(Limit, "a");
            return await _redis.CommandAsync("EXISTS", Key) == "1";
        });
        await _redis.CommandAsync("SCRIPT", "FLUSH");
        await _redis.CommandAsync("DEL", Key);
        Assert.Equal(Limit.Calls - 1, (await windows.TakeAsync(Limit, "a")).Remaining);
        Assert.Equal("1", await _redis.CommandAsync("EXISTS", Key));
    }

    protected override async Task<IRateWindows> StartAsync()
    {
        var member = await RedisMember.StartAsync(_redis);
        _members.Add(member);
        _started.Restart();
        return member.Windows;
    }

    protected override async Task<TimeSpan> PassAsync(Func<Task<bool>> holds)
    {
        await Poll.UntilAsync(holds);
        return _started.Elapsed;
    }
}
