namespace TicketWorld.Support.Extraction;

/// <summary>Which of the readings that overlap stand.</summary>
internal static class Overlaps
{
    private static readonly Comparison<Candidate> Best = (a, b) =>
        a.Score != b.Score ? b.Score.CompareTo(a.Score)
        : a.End - a.Start != b.End - b.Start ? (b.End - b.Start).CompareTo(a.End - a.Start)
        : a.Start != b.Start ? a.Start.CompareTo(b.Start)
        : a.Field.CompareTo(b.Field);

    private static readonly Comparison<Candidate> First = (a, b) => a.Start.CompareTo(b.Start);

    /// <summary>The readings that stand, in order of place. The list is reordered.</summary>
    public static List<Candidate> Resolve(List<Candidate> candidates)
    {
        candidates.Sort(Best);
        var kept = new List<Candidate>(Math.Min(candidates.Count, 32));
        var taken = new SortedList<int, int>();
        foreach (var candidate in candidates)
        {
            if (IsFree(taken, candidate))
            {
                taken.Add(candidate.Start, candidate.End);
                kept.Add(candidate);
            }
        }

        kept.Sort(First);
        return kept;
    }

    private static bool IsFree(SortedList<int, int> taken, Candidate candidate)
    {
        var low = 0;
        var high = taken.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (taken.Keys[middle] < candidate.End)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 || taken.Values[low - 1] <= candidate.Start;
    }
}
