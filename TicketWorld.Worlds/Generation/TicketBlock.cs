using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>Tickets that were made together: those that created the set, or those of one append, with quotas and streams of their own.</summary>
internal sealed class TicketBlock
{
    private readonly WorldTables _tables;
    private readonly Scenario[] _scenarios;
    private readonly LineDealer? _dealer;

    private TicketBlock(WorldTables tables, Scenario[] scenarios, TicketPlan plan, LineDealer? dealer, int number, int first, SeedKey key)
    {
        _tables = tables;
        _scenarios = scenarios;
        _dealer = dealer;
        Plan = plan;
        First = first;
        Key = key.Of((ulong)number * 0x9E3779B97F4A7C15);
    }

    public TicketPlan Plan { get; }

    /// <summary>Index in the set of the block's first ticket.</summary>
    public int First { get; }

    /// <summary>Keys the block's streams.</summary>
    public SeedKey Key { get; }

    /// <summary>Makes the blocks of a world: the first, and one for each append.</summary>
    public static TicketBlock[] All(WorldTables tables, Packs.Pack pack, WorldOptions options, SeedKey key)
    {
        var blocks = new List<TicketBlock>();
        var taken = new TakenLines(tables.Book);
        LineIndex? index = null;
        if (!tables.SharesOrders)
        {
            blocks.Add(new TicketBlock(tables, pack.Scenarios, tables.Plan, null, 0, 0, key));
            if (options.Appended.Length > 0)
                TakeOwn(blocks[0], taken);
        }

        int[] counts = [options.Tickets, .. options.Appended];
        var first = 0;
        for (var number = 0; number < counts.Length; number++)
        {
            if (number >= blocks.Count)
            {
                index ??= new LineIndex(tables, pack.Scenarios);
                var plan = new TicketPlan(pack.Settings, pack.Scenarios, index.Any, tables.Tiers, index.Any, counts[number], key, number);
                var dealer = new LineDealer(index, plan, pack.Scenarios, taken, key, number);
                blocks.Add(new TicketBlock(tables, pack.Scenarios, plan, dealer, number, first, key));
            }

            first += counts[number];
        }

        return [.. blocks];
    }

    public Assignment Assign(int index, PlannedTicket planned)
    {
        var scenario = _scenarios[planned.Scenario];
        if (scenario.Order is null)
            return new Assignment(-1, -1, scenario, IsRepeat: false);
        return _dealer is null ? _tables.OwnOrder(index, scenario) : _dealer.Find(index, scenario, planned.Tier);
    }

    private static void TakeOwn(TicketBlock block, TakenLines taken)
    {
        for (var index = 0; index < block.Plan.Count; index++)
        {
            var assignment = block.Assign(index, block.Plan[index]);
            if (assignment.Order >= 0)
                taken.Take(new LineAddress(assignment.Order, assignment.Line), assignment.Scenario);
        }
    }
}
