namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// A limit above which something holds and up to which it does not, found from records that mostly keep it: the one with the fewest
/// exceptions. So a record that breaks the rule is found without knowing the number that the company chose.
/// </summary>
/// <param name="Highest">The highest value that is not above the limit; null when every value is above.</param>
internal readonly record struct Limit(long? Highest)
{
    public bool IsAbove(long value) => Highest is not { } highest || value > highest;

    public static Limit Above(IEnumerable<(long Value, bool Holds)> records)
    {
        var sorted = records.OrderBy(r => r.Value).ToArray();

        // With everything above the limit, the exceptions are those that do not hold.
        var exceptions = sorted.Count(r => !r.Holds);
        var (best, least) = (new Limit(null), exceptions);
        for (var i = 0; i < sorted.Length; i++)
        {
            exceptions += sorted[i].Holds ? 1 : -1;
            var isLast = i + 1 == sorted.Length || sorted[i + 1].Value > sorted[i].Value;
            if (isLast && exceptions < least)
                (best, least) = (new Limit(sorted[i].Value), exceptions);
        }

        return best;
    }
}
