namespace TicketWorld.Worlds.Decisions;

/// <summary>Levenshtein distance: insertions, deletions and substitutions of one character.</summary>
public static class EditDistance
{
    /// <summary>Whether the distance of two short texts is at most <paramref name="limit"/>.</summary>
    public static bool IsWithin(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
            return false;
        while (a.Length > 0 && b.Length > 0 && a[0] == b[0])
        {
            a = a[1..];
            b = b[1..];
        }

        while (a.Length > 0 && b.Length > 0 && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }

        if (a.Length == 0 || b.Length == 0)
            return Math.Max(a.Length, b.Length) <= limit;
        return IsWithin(a, b, limit, b.Length < 128 ? stackalloc int[b.Length + 1] : new int[b.Length + 1]);
    }

    /// <summary>Fills the table a row at a time, near its diagonal alone: what is further from it than the limit costs more than that.</summary>
    private static bool IsWithin(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit, Span<int> row)
    {
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var from = Math.Max(1, i - limit);
            var to = Math.Min(b.Length, i + limit);
            var diagonal = row[from - 1];
            var left = from == 1 ? i : limit + 1;
            row[from - 1] = left;
            var least = left;
            for (var j = from; j <= to; j++)
            {
                // Above the last cell of a row lies one that was never near the diagonal.
                var above = j == i + limit ? limit + 1 : row[j];
                left = Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(above, left) + 1);
                diagonal = row[j];
                row[j] = left;
                least = Math.Min(least, left);
            }

            if (least > limit)
                return false;
        }

        return row[b.Length] <= limit;
    }
}
