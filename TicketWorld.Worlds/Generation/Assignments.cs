using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The order line that a ticket is about.</summary>
/// <param name="Order">Index in the record book, or -1 for a ticket about no order.</param>
/// <param name="IsRepeat">Whether another ticket is about the same line: then both are what-ifs against the same database.</param>
internal readonly record struct Assignment(int Order, int Line, Scenario Scenario, bool IsRepeat);

/// <summary>An order line.</summary>
internal readonly record struct LineAddress(int Order, int Line);

/// <summary>
/// Finds order lines for tickets that had no order made for them: one that no ticket is about as long as any fits, then one again.
/// </summary>
/// <remarks>
/// First, lines not yet taken are dealt out in the order of the tickets; that part is remembered, and is no
/// longer than there are lines. Every other ticket draws by its own counter among the lines that fit, so the memory
/// does not grow with the tickets.
/// </remarks>
internal sealed class LineDealer
{
    private readonly LineIndex _index;
    private readonly Dictionary<int, LineAddress> _dealt = [];
    private readonly ulong _seed;

    /// <param name="taken">Marks of the lines that tickets are about; updated.</param>
    public LineDealer(LineIndex index, TicketPlan plan, Scenario[] scenarios, HashSet<LineAddress> taken, ulong seed, int block)
    {
        _index = index;
        _seed = Draws.Mix(seed ^ ((ulong)block << 32));
        var next = new int[index.CellCount];
        var open = Enumerable.Range(0, index.CellCount).Count(c => index.Lines(c).Length > 0);
        for (var ticket = 0; ticket < plan.Count && open > 0; ticket++)
        {
            var planned = plan[ticket];
            if (scenarios[planned.Scenario].Order is null)
                continue;
            var cell = index.Cell(planned.Scenario, planned.Tier);
            var lines = index.Lines(cell);
            if (next[cell] == lines.Length)
                continue;
            while (next[cell] < lines.Length && !taken.Add(lines[next[cell]]))
                next[cell]++;
            if (next[cell] < lines.Length)
                _dealt[ticket] = lines[next[cell]++];
            if (next[cell] == lines.Length)
                open--;
        }
    }

    /// <summary>The line for a ticket.</summary>
    public Assignment Find(int ticket, Scenario scenario, int tier)
    {
        if (_dealt.TryGetValue(ticket, out var dealt))
            return new Assignment(dealt.Order, dealt.Line, scenario, IsRepeat: false);
        var line = new Draws(_seed, Seeds.Assignment, (ulong)ticket).Pick(_index.Lines(_index.Cell(scenario.Index, tier)));
        return new Assignment(line.Order, line.Line, scenario, IsRepeat: true);
    }
}
