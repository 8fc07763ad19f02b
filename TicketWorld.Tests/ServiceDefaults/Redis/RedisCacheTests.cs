using TicketWorld.Support.Caching;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.Support.Caching;

namespace TicketWorld.Tests.ServiceDefaults.Redis;

[Trait(TestServers.Trait, TestServers.Redis)]
public sealed class RedisCacheTests : SharedCacheConformance, IAsyncLifetime
{
    private readonly List<RedisMember> _members = [];
    private PrivateRedis _redis = null!;

    public async Task InitializeAsync() => _redis = await PrivateRedis.StartedAsync();

    public async Task DisposeAsync()
    {
        foreach (var member in _members)
            await member.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Processes_find_what_others_kept_and_then_have_it_themselves()
    {
        var (first, second) = (await MemberAsync(), await MemberAsync());
        await first.Cache.KeepAsync(Area, "a", "one"u8.ToArray());
        Assert.Equal(0, second.Front.Count);
        Assert.Equal("one"u8.ToArray(), (await second.Cache.FindAsync(Area, "a"))!.Value.ToArray());
        Assert.Equal(1, second.Front.Count);
        Assert.InRange(long.Parse(await _redis.CommandAsync("PTTL", "test:cache:tests:v1:a")), 1, (long)Area.Lifetime.TotalMilliseconds);

        await _redis.KillAsync();
        Assert.Equal("one"u8.ToArray(), (await second.Cache.FindAsync(Area, "a"))!.Value.ToArray());
    }

    [Theory]
    [InlineData("SET", "test:cache:tests:v1:a", "foreign")]
    [InlineData("SETRANGE", "test:cache:tests:v1:a", "41", "X")]
    [InlineData("SETRANGE", "test:cache:tests:v1:a", "35", "X")]
    [InlineData("APPEND", "test:cache:tests:v1:a", "more")]
    [InlineData("COPY", "test:cache:tests:v1:b", "test:cache:tests:v1:a", "REPLACE")]
    [InlineData("EVAL", "redis.call('DEL', KEYS[1]); redis.call('LPUSH', KEYS[1], 'x')", "1", "test:cache:tests:v1:a")]
    [InlineData("EVAL", "redis.call('SET', KEYS[1], string.rep('x', 5000))", "1", "test:cache:tests:v1:a")]
    public async Task A_value_that_was_altered_or_put_there_by_others_is_a_miss_and_can_be_kept_anew(params string[] command)
    {
        var (first, second) = (await MemberAsync(), await MemberAsync());
        await first.Cache.KeepAsync(Area, "a", "one"u8.ToArray());
        await first.Cache.KeepAsync(Area, "b", "two"u8.ToArray());
        Assert.DoesNotContain("ERR", await _redis.CommandAsync(command), StringComparison.Ordinal);
        Assert.Null(await second.Cache.FindAsync(Area, "a"));
        Assert.Null(second.Connection.Fault);
        await second.Cache.KeepAsync(Area, "a", "three"u8.ToArray());
        Assert.Equal("three"u8.ToArray(), (await (await MemberAsync()).Cache.FindAsync(Area, "a"))!.Value.ToArray());
    }

    protected override async Task<ISharedCache> StartAsync() => (await MemberAsync()).Cache;

    protected override Task PassAsync(Func<Task<bool>> holds) => Poll.UntilAsync(holds);

    private async Task<RedisMember> MemberAsync()
    {
        var member = await RedisMember.StartAsync(_redis);
        _members.Add(member);
        return member;
    }
}
