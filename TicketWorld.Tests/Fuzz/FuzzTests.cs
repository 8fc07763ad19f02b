using Xunit.Abstractions;

namespace TicketWorld.Tests.Fuzz;

/// <summary>The brief form of <c>eng/fuzz.sh</c>.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Generated_requests_never_break_the_document()
    {
        await using var target = await FuzzTarget.StartAsync();
        using var report = new StringWriter();
        var right = await new FuzzRun(new(Requests: 2_000), target, report).RunAsync();
        output.WriteLine(report.ToString());
        Assert.True(right, report.ToString());
    }

    [Fact]
    public async Task A_number_means_the_same_request_in_every_run()
    {
        await using var target = await FuzzTarget.StartAsync();
        var (one, other) = (new RequestGenerator(target, 7), new RequestGenerator(target, 7));
        for (var number = 0; number < 300; number++)
        {
            Assert.Equal(one.Make(number).ToString(), other.Make(number).ToString());
            Assert.True(one.Make(number).Body.Span.SequenceEqual(other.Make(number).Body.Span));
        }
    }
}
