using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>Tickets that were made together: those that created the set, or those of one append, with quotas and streams of their own.</summary>
internal sealed class TicketBlock
{
    private readonly WorldTables _tables;
    private readonly Scenario[] _scenarios;
    private readonly LineDealer? _dealer;
    private readonly int _number;

    /// <param name="taken">Lines that tickets of this and earlier blocks are about; updated. Null when this block has orders enough.</param>
    public TicketBlock(WorldTables tables, Scenario[] scenarios, TicketPlan plan, int number, int first, ulong key, HashSet<(int Order, int Line)>? taken, int lineCount)
    {
        _tables = tables;
        _scenarios = scenarios;
        _number = number;
        Plan = plan;
        First = first;
        Key = Randomness.Draws.Mix(key ^ ((ulong)number * 0x9E3779B97F4A7C15));
        if (taken is null)
            return;
        _dealer = new LineDealer(tables.Book, tables.TierOfCustomer, scenarios, tables.ScenarioProducts, tables.Tiers.Length, tables.Clock, key, number);
        if (number == 0)
            TakeOwn(taken);
        _dealer.Deal(plan, HasOwnOrder, taken, lineCount);
    }

    public TicketPlan Plan { get; }

    /// <summary>Index in the set of the block's first ticket.</summary>
    public int First { get; }

    /// <summary>Keys the block's streams.</summary>
    public ulong Key { get; }

    public Assignment Assign(int index, PlannedTicket planned)
    {
        var scenario = _scenarios[planned.Scenario];
        if (scenario.Order is null)
            return new Assignment(-1, -1, scenario, IsRepeat: false);
        return HasOwnOrder(index) ? _tables.OwnOrder(index, scenario) : _dealer!.Find(index, planned);
    }

    private bool HasOwnOrder(int index) => _number == 0 && _tables.HasOwnOrder(index);

    private void TakeOwn(HashSet<(int Order, int Line)> taken)
    {
        for (var index = 0; index < Plan.Count; index++)
        {
            if (!_tables.HasOwnOrder(index) || _scenarios[Plan.ScenarioOf(index)] is not { Order: not null } scenario)
                continue;
            var own = _tables.OwnOrder(index, scenario);
            taken.Add((own.Order, own.Line));
        }
    }
}
