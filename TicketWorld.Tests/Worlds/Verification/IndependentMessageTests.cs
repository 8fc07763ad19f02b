using TicketWorld.Tests.Worlds.Messages;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Verification;
using Xunit.Abstractions;

namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>Measures the reader on messages that were written without sight of the grammar that it was made for.</summary>
public sealed class IndependentMessageTests(ITestOutputHelper output)
{
    /// <summary>The messages with odd numbers serve for nothing but this; the others are for improving the reader.</summary>
    [Fact]
    public void Messages_written_without_sight_of_the_grammar_are_read_no_worse_than_measured()
    {
        var development = Measure(measured: false);
        var score = Measure(measured: true);

        Print("even numbers, for development", development);
        Print("odd numbers, measured", score);
        Assert.Equal((202, 202), (development.Messages, score.Messages));
        Assert.True(score.ExactShare >= 0.45, $"Only {score.ExactShare:P1} are read exactly.");
        foreach (var (field, recall, precision) in Floors)
        {
            var found = score.Fields[field];
            Assert.True(found.Recall >= recall && found.Precision >= precision, $"{field}: recall {found.Recall:P1} of at least {recall:P1}, precision {found.Precision:P1} of at least {precision:P1}");
        }
    }

    /// <summary>By field, a little under what is measured: a change that reads worse does not pass.</summary>
    private static readonly (string Field, double Recall, double Precision)[] Floors =
    [
        ("amount", 0.63, 0.99),
        ("competitor", 0.12, 0.49),
        ("days", 0.99, 0.64),
        ("defect", 0.57, 0.62),
        ("gift_recipient", 0.99, 0.99),
        ("item_opened", 0.54, 0.75),
        ("order_number", 0.985, 0.99),
        ("product", 0.99, 0.98),
        ("request", 0.705, 0.79),
        ("target", 0.66, 0.74),
        ("wanted", 0.61, 0.70),
    ];

    /// <summary>The measure itself must be able to fall: a reader without the pack's cues finds next to nothing.</summary>
    [Fact]
    public void A_reader_that_knows_no_wording_finds_little_but_numbers_and_names()
    {
        var score = Measure(measured: false, TestShop.Vocabulary with { Cues = [] });

        Assert.True(score.ExactShare < 0.05);
        Assert.True(score.Fields["request"].Recall < 0.05);
        Assert.True(score.Fields["order_number"].Recall > 0.9);
    }

    private static ReadingScore Measure(bool measured, Vocabulary? vocabulary = null)
    {
        var policy = TechNest.Pack.Policy;
        var score = new ReadingScore();
        foreach (var message in IndependentMessages.Read(policy).Where(m => m.IsMeasured == measured))
        {
            var book = message.Book(TestShop.Products);
            var reading = new MessageReader(policy, vocabulary ?? TechNest.Pack.Vocabulary, book).Read(message.Subject, message.Body, IndependentMessages.Today);
            score.Add(message.Statements, IndependentMessages.Found(reading, policy, book), reading.Conflict is null);
        }

        return score;
    }

    private void Print(string which, ReadingScore score)
    {
        output.WriteLine($"-- {which}");
        foreach (var line in score.Lines())
            output.WriteLine(line);
    }
}
