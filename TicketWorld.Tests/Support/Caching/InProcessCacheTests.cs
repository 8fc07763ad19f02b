using TicketWorld.Support.Caching;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Support.Caching;

public sealed class InProcessCacheTests : SharedCacheConformance
{
    private readonly FakeTime _time = new();

    [Fact]
    public void What_was_used_longest_ago_goes_first_when_the_bound_is_reached()
    {
        var cache = new InProcessCache(10_000, _time);
        for (var i = 0; i < 6; i++)
            cache.Keep(Area, $"{i}", new byte[1000], _time.GetUtcNow() + Area.Lifetime);
        Assert.NotNull(cache.Find(Area, "0"));
        for (var i = 6; i < 12; i++)
            cache.Keep(Area, $"{i}", new byte[1000], _time.GetUtcNow() + Area.Lifetime);
        Assert.Equal(8, cache.Count);
        Assert.NotNull(cache.Find(Area, "0"));
        Assert.Null(cache.Find(Area, "1"));
        Assert.NotNull(cache.Find(Area, "11"));
    }

    protected override Task<ISharedCache> StartAsync() => Task.FromResult<ISharedCache>(new InProcessCache(1 << 20, _time));

    protected override async Task PassAsync(Func<Task<bool>> holds)
    {
        Assert.False(await holds());
        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(await holds());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await holds());
    }
}
