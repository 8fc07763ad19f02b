namespace TicketWorld.Tests.Worlds.Decisions;

/// <summary>The engine finds misspelled order numbers with its own measure; it agrees with the checker's on every pair tried.</summary>
public class EditDistanceTests
{
    [Fact]
    public void Both_measures_agree_on_texts_of_few_letters()
    {
        var random = new Random(7);
        var within = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var a = Text(random);
            var b = Text(random);
            for (var limit = 0; limit <= 3; limit++)
            {
                var expected = TicketWorld.Worlds.Verification.EditDistance.UpTo(a, b, limit) <= limit;
                Assert.True(expected == TicketWorld.Worlds.Decisions.EditDistance.IsWithin(a, b, limit), $"'{a}' and '{b}' within {limit}");
                within += expected ? 1 : 0;
            }
        }

        Assert.InRange(within, 1000, 79_000);
    }

    private static string Text(Random random) => string.Create(random.Next(0, 9), random, static (text, random) =>
    {
        foreach (ref var c in text)
            c = (char)('0' + random.Next(3));
    });
}
