namespace TicketWorld.Worlds.Difficulty;

/// <summary>How hard a ticket is, counted from its proof and the records. docs/worlds.md gives the formula.</summary>
/// <param name="Lookups">Records that are found by other than what the message says exactly, or opened besides customer and order.</param>
/// <param name="Clauses">Clauses and modifications that act together, beyond the first.</param>
/// <param name="DistractorClauses">Clauses that speak about the request and decide nothing.</param>
/// <param name="DistractorOrders">Other orders of the customer up to the message; those that are easily taken for the right one count twice.</param>
/// <param name="Gaps">What the message withholds, misstates or joins, and whether the answer is a question.</param>
/// <param name="SearchesOrder">Whether the order is found among others.</param>
public readonly record struct TicketDifficulty(int Lookups, int Clauses, int DistractorClauses, int DistractorOrders, int Gaps, bool SearchesOrder)
{
    private const int MostClauses = 3;
    private const int MostOrders = 2;

    /// <summary>Least scores of the levels 2, 3 and 4.</summary>
    private static readonly int[] Bounds = [3, 6, 11];

    public int Score => (2 * Lookups) + Math.Min(Clauses, MostClauses) + DistractorClauses + (SearchesOrder ? Math.Min(DistractorOrders, MostOrders) : 0) + (3 * Gaps);

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
