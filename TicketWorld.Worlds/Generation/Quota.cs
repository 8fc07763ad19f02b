using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Generation;

/// <summary>Whole numbers that keep shares.</summary>
internal static class Quota
{
    /// <summary>Splits a total by weights; every part is within one of its exact share (largest remainder).</summary>
    public static int[] Split(int total, ReadOnlySpan<int> weights)
    {
        long sum = 0;
        foreach (var weight in weights)
            sum += weight;
        var parts = new int[weights.Length];
        if (sum == 0)
            return parts;
        var remainders = new long[weights.Length];
        var left = total;
        for (var i = 0; i < weights.Length; i++)
        {
            parts[i] = (int)((long)total * weights[i] / sum);
            remainders[i] = (long)total * weights[i] % sum;
            left -= parts[i];
        }

        // Ties go to the earlier part, so that the result is one for all machines.
        foreach (var i in Enumerable.Range(0, weights.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take(left))
            parts[i]++;
        return parts;
    }

    public static int[] Split(int total, Share[] shares) => Split(total, Array.ConvertAll(shares, s => s.Weight));

    /// <summary>Where each part ends when the parts stand one after the other.</summary>
    public static int[] Ends(ReadOnlySpan<int> parts)
    {
        var ends = new int[parts.Length];
        var sum = 0;
        for (var i = 0; i < parts.Length; i++)
            ends[i] = sum += parts[i];
        return ends;
    }

    /// <summary>Index of the part that holds a position.</summary>
    public static int Find(ReadOnlySpan<int> ends, int position)
    {
        var index = 0;
        while (ends[index] <= position)
            index++;
        return index;
    }
}
