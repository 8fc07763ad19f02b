using TicketWorld.Support.Caching;

namespace TicketWorld.Tests.Support.Caching;

/// <summary>What every form of the shared cache does.</summary>
public abstract class SharedCacheConformance
{
    protected static CacheArea Area { get; } = new("tests", 1, TimeSpan.FromMinutes(10), 1024);

    protected abstract Task<ISharedCache> StartAsync();

    [Fact]
    public async Task What_was_kept_is_found_and_nothing_else()
    {
        var cache = await StartAsync();
        Assert.Null(await cache.FindAsync(Area, "a"));
        await cache.KeepAsync(Area, "a", "one"u8.ToArray());
        await cache.KeepAsync(Area, "b", Array.Empty<byte>());
        Assert.Equal("one"u8.ToArray(), (await cache.FindAsync(Area, "a"))!.Value.ToArray());
        Assert.Empty((await cache.FindAsync(Area, "b"))!.Value.ToArray());
        Assert.Null(await cache.FindAsync(Area, "A"));
        await cache.KeepAsync(Area, "a", "two"u8.ToArray());
        Assert.Equal("two"u8.ToArray(), (await cache.FindAsync(Area, "a"))!.Value.ToArray());
    }

    [Fact]
    public async Task Areas_and_versions_of_one_area_are_apart()
    {
        var cache = await StartAsync();
        await cache.KeepAsync(Area, "a", "one"u8.ToArray());
        Assert.Null(await cache.FindAsync(Area with { Version = 2 }, "a"));
        Assert.Null(await cache.FindAsync(Area with { Name = "others" }, "a"));
    }

    [Fact]
    public async Task A_value_above_the_bound_is_not_kept()
    {
        var cache = await StartAsync();
        await cache.KeepAsync(Area, "most", new byte[1024]);
        await cache.KeepAsync(Area, "more", new byte[1025]);
        Assert.NotNull(await cache.FindAsync(Area, "most"));
        Assert.Null(await cache.FindAsync(Area, "more"));
    }

    [Fact]
    public async Task A_value_whose_time_has_passed_is_a_miss()
    {
        var cache = await StartAsync();
        var brief = Area with { Lifetime = TimeSpan.FromMilliseconds(300) };
        await cache.KeepAsync(brief, "a", "one"u8.ToArray());
        await PassAsync(async () => await cache.FindAsync(brief, "a") is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("é")]
    public async Task A_key_of_another_form_is_refused(string key)
    {
        var cache = await StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await cache.FindAsync(Area, key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await cache.KeepAsync(Area, key, "one"u8.ToArray()));
    }

    /// <summary>Lets time pass until it holds.</summary>
    protected abstract Task PassAsync(Func<Task<bool>> holds);
}
