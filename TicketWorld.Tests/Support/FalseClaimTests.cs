using TicketWorld.Tests.Support.FakeModels;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Authorship;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Tests.Support;

/// <summary>A model that leaks, contradicts or changes what the facts are: the gate refuses exactly those messages, and the grammar's stand there.</summary>
public sealed class FalseClaimTests : IAsyncLifetime, IDisposable
{
    private static readonly WorldOptions Options = TestWorlds.Roomy(60, 12);
    private readonly ModelRun _run = new();
    private readonly FalseWriter _writer = new(World.Create(TestWorlds.Pack, Options));
    private FakeModelServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeModelServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("leaks a withheld claim")]
    [InlineData("contradicts a disclosed claim")]
    [InlineData("contradicts itself")]
    [InlineData("changes the product")]
    public void A_false_message_is_refused_twice_and_gives_way_to_the_grammar(string fault)
    {
        var report = Make(fault, _ => true);
        var falsified = _writer.Falsified;
        Assert.True(falsified.Count >= 5, $"only {falsified.Count} messages could be falsified");
        Assert.Equal(2 * falsified.Count, report.Rejected);
        Assert.Equal(report.Messages + report.Reasonings + report.Rejected, report.Judged);
        Assert.Equal(falsified.Count, report.MessageFallbacks);
        Assert.All(_run.Tickets().Where(t => falsified.ContainsKey(t.Text("ticket_id"))), t => Assert.DoesNotContain(FakeTexts.Mark, t.Text("body"), StringComparison.Ordinal));
        Assert.True(report.Messages > 0);

        // What the model is told names what was false.
        var told = _server.Answered.Where(seen => seen.IsMessage && !seen.IsFirst).ToDictionary(seen => seen.Brief.Text("ticket_id"), seen => seen.Messages[^1]);
        Assert.Equal(falsified.Keys.Order(), told.Keys.Order());
        Assert.All(falsified, f => Assert.Contains(f.Value, told[f.Key], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("leaks a withheld claim")]
    [InlineData("contradicts a disclosed claim")]
    [InlineData("changes the product")]
    public void A_message_that_is_put_right_stands(string fault)
    {
        var report = Make(fault, seen => seen.IsFirst);
        Assert.Equal((_writer.Falsified.Count, 0), (report.Rejected, report.MessageFallbacks));
        Assert.Equal(Options.Tickets, report.Messages + report.Unworded);
    }

    private AuthoringReport Make(string fault, Func<SeenRequest, bool> when)
    {
        Func<SeenRequest, string, string> falsify = fault switch
        {
            "leaks a withheld claim" => _writer.LeakClaim,
            "contradicts a disclosed claim" => _writer.ContradictClaim,
            "contradicts itself" => _writer.ContradictItself,
            _ => _writer.ChangeProduct,
        };
        _server.Change = (seen, text) => seen.IsMessage && when(seen) ? falsify(seen, text) : text;
        return _run.Make(_server, world: Options).Report.Authoring;
    }
}
