using TicketWorld.Worlds.Messages;
using Xunit.Abstractions;

namespace TicketWorld.Tests.Worlds.Messages;

/// <summary>Whatever a message is asked to say, a reader of its cues finds exactly that.</summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_message_reads_back_as_specified()
    {
        var result = TechNest.Trial().Run(200_000, seed: 11);

        output.WriteLine($"{result.Rejects} of {result.Messages} messages rejected, {result.MicrosecondsPerMessage:F2} µs to write one");
        foreach (var reject in result.Examples)
            output.WriteLine($"[{reject.Wording}, {reject.Persona}] {reject.Problem}\n{reject.Subject}\n{reject.Body}\n");
        Assert.Equal(0, result.Rejects);
    }

    [Fact]
    public void Every_wording_of_the_scenarios_is_tried()
    {
        var tried = TechNest.Trial().Texts(2000, seed: 3).Select(t => t.Spec.Wording.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(TechNest.Pack.Scenarios.Select(s => s.Wording).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), tried.Order(StringComparer.Ordinal));
    }

    /// <summary>The comparison itself must be able to fail: each of these texts says something else.</summary>
    [Theory]
    [InlineData("order", "the order number is read as none")]
    [InlineData("other order", "two order numbers")]
    [InlineData("request", "the request is read as return and cancel")]
    [InlineData("no request", "the request is read as none")]
    [InlineData("claim", "'item_opened' is")]
    [InlineData("amount", "is not to be said")]
    [InlineData("time", "is not true")]
    public void A_text_that_says_something_else_is_rejected(string fault, string problem)
    {
        var trial = TechNest.Trial();
        var (spec, subject, body) = trial.Texts(50_000, seed: 5).First(t =>
            t.Spec is { Second: null, Thread: false, OrderMention: OrderMention.Exact, Wording.Request: "return", OrderDate: not null, PretendedDaysSinceOrder: null }
            && t.Spec.MessageDate.DayNumber - t.Spec.OrderDate.Value.DayNumber > 20);
        Assert.Null(trial.Compare(subject, body));

        (subject, body) = fault switch
        {
            "order" => (subject.Replace(spec.Order, "it", StringComparison.Ordinal), body.Replace(spec.Order, "it", StringComparison.Ordinal)),
            "other order" => (subject, body + " ORD-20250101-9999"),
            "request" => (subject, body + " Please cancel it."),
            "no request" => ("Hello", "I have nothing to say."),
            "claim" => (subject, body + " I opened the box. It is unopened."),
            "amount" => (subject, body + " It was $5.00."),
            _ => (subject, body + " That was yesterday."),
        };

        Assert.Contains(problem, trial.Compare(subject, body), StringComparison.Ordinal);
    }
}
