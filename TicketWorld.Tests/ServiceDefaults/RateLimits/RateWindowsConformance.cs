using TicketWorld.ServiceDefaults.RateLimits;

namespace TicketWorld.Tests.ServiceDefaults.RateLimits;

/// <summary>What every form of the rate windows does.</summary>
public abstract class RateWindowsConformance
{
    protected static RateLimit Limit { get; } = new("writes", 20, TimeSpan.FromSeconds(3));

    protected abstract Task<IRateWindows> StartAsync();

    /// <summary>Lets time pass until it holds; gives how much passed at least, and at most.</summary>
    protected abstract Task<TimeSpan> PassAsync(Func<Task<bool>> holds);

    [Fact]
    public async Task Of_calls_at_once_just_so_many_may_go_on()
    {
        var windows = await StartAsync();
        var decisions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await windows.TakeAsync(Limit, "a"))));
        Assert.Equal(Limit.Calls, decisions.Count(d => d.Allowed));
        Assert.Equal(Enumerable.Range(0, Limit.Calls), decisions.Where(d => d.Allowed).Select(d => d.Remaining).Order());
        Assert.All(decisions.Where(d => !d.Allowed), d => Assert.Equal(0, d.Remaining));
        Assert.All(decisions, d => Assert.InRange(d.FreeAfter, TimeSpan.FromTicks(1), Limit.Window * 61 / 60));
    }

    [Fact]
    public async Task Callers_and_limits_are_counted_apart()
    {
        var windows = await StartAsync();
        var one = Limit with { Calls = 1 };
        Assert.True((await windows.TakeAsync(one, "a")).Allowed);
        Assert.False((await windows.TakeAsync(one, "a")).Allowed);
        Assert.True((await windows.TakeAsync(one, "b")).Allowed);
        Assert.True((await windows.TakeAsync(one with { Name = "reads" }, "a")).Allowed);
    }

    [Fact]
    public async Task A_place_is_free_again_a_window_after_the_first_call_and_refused_calls_do_not_put_it_off()
    {
        var windows = await StartAsync();
        var one = Limit with { Calls = 1 };
        Assert.True((await windows.TakeAsync(one, "a")).Allowed);
        Assert.True(await PassAsync(async () => (await windows.TakeAsync(one, "a")).Allowed) >= one.Window);
        Assert.False((await windows.TakeAsync(one, "a")).Allowed);
    }
}
