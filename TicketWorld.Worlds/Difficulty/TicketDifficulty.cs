namespace TicketWorld.Worlds.Difficulty;

/// <summary>How hard a ticket is, counted from its proof and the records. docs/worlds.md gives the formula.</summary>
/// <param name="Lookups">Records that must be found by other than what the message says exactly, or opened besides order and customer.</param>
/// <param name="Clauses">Clauses and modifications that act together, beyond the first.</param>
/// <param name="DistractorClauses">Clauses that speak about the request and decide nothing.</param>
/// <param name="DistractorOrders">Other orders of the customer up to the message; those that are easily taken for the right one count twice.</param>
/// <param name="Gaps">What the message withholds, misstates or joins, and whether the answer is a question.</param>
/// <param name="SearchesOrder">Whether the order must be told from others.</param>
public readonly record struct TicketDifficulty(int Lookups, int Clauses, int DistractorClauses, int DistractorOrders, int Gaps, bool SearchesOrder)
{
    private const int MostOrders = 6;

    /// <summary>Least scores of the levels 2, 3 and 4.</summary>
    private static readonly int[] Bounds = [4, 8, 13];

    public int Score => (3 * Lookups) + (2 * Clauses) + DistractorClauses + (SearchesOrder ? Math.Min(DistractorOrders, MostOrders) : 0) + (3 * Gaps);

    /// <summary>1 to 4.</summary>
    public int Level
    {
        get
        {
            var level = 1;
            foreach (var bound in Bounds)
                level += Score >= bound ? 1 : 0;
            return level;
        }
    }
}
