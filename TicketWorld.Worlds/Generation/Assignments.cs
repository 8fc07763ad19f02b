using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The order line that a ticket is about.</summary>
/// <param name="Order">Index in the record book, or -1 for a ticket about no order.</param>
/// <param name="Scenario">The scenario, which differs from the planned one when no order fits that.</param>
/// <param name="IsRepeat">Whether an earlier ticket is about the same line: then both are what-ifs against the same database.</param>
internal readonly record struct Assignment(int Order, int Line, Scenario Scenario, bool IsRepeat);

/// <summary>
/// Finds order lines for tickets that had no order made for them: one that no ticket is about as long as any fits, then one again.
/// </summary>
/// <remarks>
/// Tickets are grouped by scenario and tier. First lines not yet taken are dealt out in the order of the tickets; that
/// part is remembered, and is no longer than there are lines. Every other ticket draws by its own counter among
/// the lines that fit, so the memory does not grow with the tickets.
/// </remarks>
internal sealed class LineDealer
{
    private readonly Scenario[] _scenarios;
    private readonly int _tierCount;
    private readonly Candidates?[] _cells;
    private readonly Func<Scenario, int, Candidates> _find;
    private readonly Dictionary<int, Line> _dealt = [];
    private readonly ulong _seed;

    public LineDealer(RecordBook book, int[] tierOfCustomer, Scenario[] scenarios, ScenarioProducts products, int tierCount, Clock clock, ulong seed, int block)
    {
        _scenarios = scenarios;
        _tierCount = tierCount;
        _cells = new Candidates?[scenarios.Length * tierCount];
        _find = (scenario, tier) => FindLines(book, tierOfCustomer, scenario, products, tier, clock);
        _seed = Draws.Mix(seed ^ ((ulong)block << 32));
    }

    /// <summary>Deals untaken lines to the tickets that need one, in their order.</summary>
    /// <param name="taken">Marks of the lines that tickets are about; updated.</param>
    public void Deal(TicketPlan plan, Func<int, bool> hasOwnOrder, HashSet<(int Order, int Line)> taken, int lineCount)
    {
        var open = 0;
        for (var index = 0; index < plan.Count && taken.Count < lineCount; index++)
        {
            if (hasOwnOrder(index))
                continue;
            var planned = plan[index];
            var scenario = _scenarios[planned.Scenario];
            if (scenario.Order is null)
                continue;
            var cell = Cell(scenario, planned.Tier);
            if (cell.NextUntaken(taken) is { } line)
            {
                taken.Add((line.Order, line.Number));
                _dealt[index] = line;
                open = 0;
            }
            else if (++open > 64 * _cells.Length)
            {
                // No cell that tickets come from has had an untaken line for a long while.
                break;
            }
        }
    }

    /// <summary>The line for a ticket without an order of its own.</summary>
    public Assignment Find(int index, PlannedTicket planned)
    {
        var scenario = _scenarios[planned.Scenario];
        if (_dealt.TryGetValue(index, out var dealt))
            return new Assignment(dealt.Order, dealt.Number, scenario, IsRepeat: false);

        var draws = new Draws(_seed, Seeds.Assignment, (ulong)index);
        foreach (var (substitute, tier) in Substitutes(scenario, planned.Tier))
        {
            if (substitute.Order is null)
                return new Assignment(-1, -1, substitute, IsRepeat: false);
            var lines = Cell(substitute, tier).Lines;
            if (lines.Length == 0)
                continue;
            var line = draws.Pick(lines);
            return new Assignment(line.Order, line.Number, substitute, IsRepeat: true);
        }

        throw new WorldException(
            "no_order_fits",
            $"No order fits the scenario {scenario.Id} or any that could stand in for it.",
            "Ask for more orders or products.",
            "orders");
    }

    /// <summary>The scenario itself, then in another tier, then those nearest to it.</summary>
    private IEnumerable<(Scenario Scenario, int Tier)> Substitutes(Scenario scenario, int tier)
    {
        var near = _scenarios
            .OrderBy(s => s == scenario ? 0 : s.TicketType == scenario.TicketType && s.Complexity == scenario.Complexity ? 1 : s.Complexity == scenario.Complexity ? 2 : s.TicketType == scenario.TicketType ? 3 : 4)
            .ThenBy(s => s.Order is null)
            .ThenBy(s => s.Index);
        foreach (var candidate in near)
        {
            yield return (candidate, tier);
            for (var other = 0; other < _tierCount; other++)
            {
                if (other != tier)
                    yield return (candidate, other);
            }
        }
    }

    private Candidates Cell(Scenario scenario, int tier)
    {
        ref var cell = ref _cells[scenario.Index * _tierCount + tier];
        return Volatile.Read(ref cell) ?? Interlocked.CompareExchange(ref cell, _find(scenario, tier), null) ?? cell!;
    }

    private static Candidates FindLines(RecordBook book, int[] tierOfCustomer, Scenario scenario, ScenarioProducts products, int tier, Clock clock)
    {
        var lines = new List<Line>();
        for (var index = 0; index < book.Orders.Count; index++)
        {
            var order = book.Orders[index];
            if (tierOfCustomer[order.Customer.Number - 1] == tier)
                AddFitting(lines, book, order, index, scenario, products, clock);
        }

        return new Candidates([.. lines]);
    }

    private static void AddFitting(List<Line> lines, RecordBook book, Order order, int index, Scenario scenario, ScenarioProducts products, Clock clock)
    {
        var requirement = scenario.Order!;
        var state = order.DeliveredAt is not null ? OrderState.Delivered : order.ShippedAt is not null ? OrderState.Shipped : OrderState.Processing;
        if (state != requirement.State || !requirement.OrderTotal.Holds(order.Total.Cents) || !requirement.SeasonFits(order.Id.Date))
            return;
        var dearest = 0;
        for (var line = 1; line < order.Items.Length; line++)
            dearest = order.Items[line].PricePaid > order.Items[dearest].PricePaid ? line : dearest;
        for (var line = 0; line < order.Items.Length; line++)
        {
            var item = order.Items[line];
            if (item.IsSettled || (scenario.Request.Subject == RequestSubject.Order && line != dearest))
                continue;
            var product = book.Product(item.Product)!;
            if (!products.Fits(scenario, product, item.PricePaid))
                continue;
            var (from, to) = TicketTime.Window(requirement, order, product.WarrantyDays, clock);
            if (from <= to)
                lines.Add(new Line(index, line));
        }
    }

    private readonly record struct Line(int Order, int Number);

    private sealed class Candidates(Line[] lines)
    {
        private int _next;

        public Line[] Lines { get; } = lines;

        public Line? NextUntaken(HashSet<(int Order, int Line)> taken)
        {
            for (; _next < Lines.Length; _next++)
            {
                if (!taken.Contains((Lines[_next].Order, Lines[_next].Number)))
                    return Lines[_next++];
            }

            return null;
        }
    }
}
