using System.Text.Json;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld soak</c>, in short: sets of several seeds hold no contradiction.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class SoakCommandTests
{
    [Fact]
    public async Task Sets_of_several_seeds_hold_nothing_that_may_not_be()
    {
        var (_, output, _) = await ConsoleCapture.RunAsync("soak", "--tickets", "2000", "--seeds", "2", "--packs", "technest,fernhill", "--json");
        var packs = JsonSerializer.Deserialize<JsonElement>(output).GetProperty("packs").EnumerateArray().ToArray();
        Assert.Equal(["technest", "fernhill"], packs.Select(p => p.Text("pack")));
        Assert.All(packs, p =>
        {
            Assert.Equal(0, p.GetProperty("oracle_disagreements").GetInt32());
            Assert.InRange(p.GetProperty("worst_quota").GetInt32(), 0, 1);
            Assert.All(p.GetProperty("contradictions").EnumerateObject(), c => Assert.Equal(0, c.Value.GetInt32()));
            Assert.Equal((1000, 2), (p.GetProperty("tickets").GetInt32(), p.GetProperty("seeds").GetInt32()));
            Assert.Equal(16, p.GetProperty("contradictions").EnumerateObject().Count());
        });
    }

    [Fact]
    public async Task Fewer_tickets_than_sets_are_refused() =>
        Assert.Equal(2, (await ConsoleCapture.RunAsync("soak", "--tickets", "3", "--seeds", "2", "--packs", "technest,fernhill")).Exit);
}
