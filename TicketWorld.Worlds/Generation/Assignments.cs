using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The order line that a ticket is about.</summary>
/// <param name="Order">Index in the record book, or -1 for a ticket about no order.</param>
/// <param name="IsRepeat">Whether an earlier ticket is about the same line: then both are what-ifs against the same database.</param>
internal readonly record struct Assignment(int Order, int Line, Scenario Scenario, bool IsRepeat);

/// <summary>An order line.</summary>
internal readonly record struct LineAddress(int Order, int Line);

/// <summary>The lines that tickets are about. A ticket about a whole order takes all its lines.</summary>
internal sealed class TakenLines(RecordBook book)
{
    private readonly HashSet<LineAddress> _taken = [];

    /// <summary>Takes what a ticket is about.</summary>
    /// <returns>False when any of it was taken before.</returns>
    public bool Take(LineAddress address, Scenario scenario)
    {
        if (!scenario.IsAboutOrder)
            return _taken.Add(address);
        var fresh = true;
        for (var line = 0; line < book.Orders[address.Order].Items.Length; line++)
            fresh &= _taken.Add(address with { Line = line });
        return fresh;
    }

    public bool IsFree(LineAddress address, Scenario scenario)
    {
        if (!scenario.IsAboutOrder)
            return !_taken.Contains(address);
        for (var line = 0; line < book.Orders[address.Order].Items.Length; line++)
        {
            if (_taken.Contains(address with { Line = line }))
                return false;
        }

        return true;
    }
}

/// <summary>
/// Finds order lines for tickets that had no order made for them: one that no ticket is about as long as any fits, then one again.
/// </summary>
/// <remarks>
/// First, free lines are dealt out in the order of the tickets until none that fits is left for any; what is dealt is remembered, and is no
/// more than there are lines. Every other ticket draws by its own counter among the lines that fit, so the memory
/// does not grow with the tickets.
/// </remarks>
internal sealed class LineDealer
{
    private readonly LineIndex _index;
    private readonly Dictionary<int, LineAddress> _dealt = [];
    private readonly SeedKey _seed;

    /// <param name="taken">What tickets of earlier blocks are about; updated.</param>
    public LineDealer(LineIndex index, TicketPlan plan, Scenario[] scenarios, TakenLines taken, SeedKey seed, int block)
    {
        _index = index;
        _seed = seed.Of((ulong)block << 32);
        var next = new int[index.CellCount];
        var open = Enumerable.Range(0, index.CellCount).Count(c => index.Lines(c).Length > 0);
        for (var ticket = 0; ticket < plan.Count && open > 0; ticket++)
        {
            var planned = plan[ticket];
            var scenario = scenarios[planned.Scenario];
            if (scenario.Order is null)
                continue;
            var cell = index.Cell(planned.Scenario, planned.Tier);
            var lines = index.Lines(cell);
            var wasOpen = next[cell] < lines.Length;
            while (next[cell] < lines.Length && !taken.IsFree(lines[next[cell]], scenario))
                next[cell]++;
            if (next[cell] < lines.Length)
                _dealt[ticket] = lines[next[cell]++];
            taken.Take(_dealt.TryGetValue(ticket, out var dealt) ? dealt : Again(ticket, cell), scenario);
            if (wasOpen && next[cell] == lines.Length)
                open--;
        }
    }

    /// <summary>The line for a ticket.</summary>
    public Assignment Find(int ticket, Scenario scenario, int tier)
    {
        if (_dealt.TryGetValue(ticket, out var dealt))
            return new Assignment(dealt.Order, dealt.Line, scenario, IsRepeat: false);
        var line = Again(ticket, _index.Cell(scenario.Index, tier));
        return new Assignment(line.Order, line.Line, scenario, IsRepeat: true);
    }

    private LineAddress Again(int ticket, int cell) => new Draws(_seed, Seeds.Assignment, (ulong)ticket).Pick(_index.Lines(cell));
}
