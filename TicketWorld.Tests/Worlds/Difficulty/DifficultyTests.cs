using System.Text.Json;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Difficulty;

namespace TicketWorld.Tests.Worlds.Difficulty;

public class DifficultyTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0, false, 0, 1)]
    [InlineData(0, 1, 1, 9, 0, false, 2, 1)]
    [InlineData(0, 2, 1, 0, 0, false, 3, 2)]
    [InlineData(1, 5, 0, 0, 0, false, 5, 2)]
    [InlineData(1, 2, 0, 9, 0, true, 6, 3)]
    [InlineData(2, 3, 0, 0, 1, false, 10, 3)]
    [InlineData(2, 3, 0, 1, 1, true, 11, 4)]
    public void Counts_give_score_and_level(int lookups, int clauses, int distractorClauses, int distractorOrders, int gaps, bool searches, int score, int level)
    {
        var difficulty = new TicketDifficulty(lookups, clauses, distractorClauses, distractorOrders, gaps, searches);

        Assert.Equal((score, level), (difficulty.Score, difficulty.Level));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_level_has_a_share_of_a_set(ulong seed)
    {
        var set = ExportedSet.Make(TestWorlds.Roomy(2000, seed));

        foreach (var level in Enumerable.Range(1, 4))
            Assert.InRange(set.Tickets.Count(t => Of(t).GetProperty("level").GetInt32() == level), 160, 1200);
    }

    [Fact]
    public void What_makes_a_ticket_hard_is_counted()
    {
        foreach (var ticket in ExportedSet.Make(TestWorlds.Roomy(1500, 4)).Tickets)
        {
            var (lookup, disclosure) = (ticket.Lookup, ticket.Disclosure);
            var expected = (lookup.Text("lookup_method") is "alternate_email" or "order_number" ? 1 : 0)
                + (lookup.Text("order_method") is "corrected_order_number" or "product" or "only_order" or "order_date" ? 1 : 0)
                + (lookup.Text("product_method") is "only_line" or "corrected_product" ? 1 : 0);
            Assert.InRange(Of(ticket).GetProperty("lookups").GetInt32(), expected, expected + 1);
            var gaps = (disclosure.Text("order_number") == "withheld" ? 1 : 0)
                + (disclosure.Text("product") == "withheld" ? 1 : 0)
                + disclosure.GetProperty("withholds").GetArrayLength()
                + disclosure.GetProperty("misstates").GetArrayLength()
                + disclosure.GetProperty("requests").GetArrayLength() - 1
                + (ticket.Outcome == "clarify" ? 1 : 0);
            Assert.Equal(gaps, Of(ticket).GetProperty("gaps").GetInt32());
            if (ticket.OrderId == "N/A")
                Assert.Equal(0, Of(ticket).GetProperty("distractor_orders").GetInt32());
        }
    }

    private static JsonElement Of(ExportedTicket ticket) => ticket.Json.GetProperty("_difficulty");
}
