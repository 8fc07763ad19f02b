using TicketWorld.ServiceDefaults.RateLimits;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.ServiceDefaults.RateLimits;

public sealed class InProcessRateWindowsTests : RateWindowsConformance
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task No_span_of_a_window_holds_more_than_the_limit_and_none_is_shut_for_longer_than_it_must_be()
    {
        var windows = new InProcessRateWindows(_time);
        var random = new Random(7);
        var allowed = new List<DateTimeOffset>();
        for (var i = 0; i < 5000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(200)));
            var now = _time.GetUtcNow();
            var recent = allowed.Count(at => at > now - Limit.Window);
            var surely = allowed.Count(at => at > now - Limit.Window * 61 / 60);
            var decision = await windows.TakeAsync(Limit, "a");
            Assert.False(decision.Allowed && recent >= Limit.Calls, $"call {i}: {recent} within a window");
            Assert.False(!decision.Allowed && surely < Limit.Calls, $"call {i}: refused with {surely} within a window and a slot");
            if (decision.Allowed)
                allowed.Add(now);
        }

        Assert.InRange(allowed.Count, 2500, 4000);
    }

    [Fact]
    public async Task Callers_who_stay_away_are_forgotten()
    {
        var windows = new InProcessRateWindows(_time);
        for (var i = 0; i < 5000; i++)
            await windows.TakeAsync(Limit, $"caller-{i}");
        Assert.Equal(5000, windows.Count);
        _time.Advance(Limit.Window * 2);
        await windows.TakeAsync(Limit, "another");
        Assert.Equal(1, windows.Count);
    }

    protected override Task<IRateWindows> StartAsync() => Task.FromResult<IRateWindows>(new InProcessRateWindows(_time));

    protected override async Task<TimeSpan> PassAsync(Func<Task<bool>> holds)
    {
        var passed = TimeSpan.Zero;
        while (!await holds())
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            passed += TimeSpan.FromMilliseconds(10);
        }

        Assert.True(passed <= Limit.Window * 61 / 60);
        return passed;
    }
}
