namespace TicketWorld.Support.Extraction;

/// <summary>Which of the readings that overlap stand.</summary>
internal static class Overlaps
{
    private static readonly Comparison<Candidate> Best = (a, b) =>
        a.Score != b.Score ? b.Score.CompareTo(a.Score)
        : a.End - a.Start != b.End - b.Start ? (b.End - b.Start).CompareTo(a.End - a.Start)
        : a.Start != b.Start ? a.Start.CompareTo(b.Start)
        : a.Field.CompareTo(b.Field);

    /// <summary>The readings that stand, in order of place. The list is reordered.</summary>
    public static List<Candidate> Resolve(List<Candidate> candidates)
    {
        candidates.Sort(Best);
        var kept = new List<Candidate>(Math.Min(candidates.Count, 32));
        foreach (var candidate in candidates)
        {
            var place = PlaceOf(kept, candidate);
            if (place == 0 || kept[place - 1].End <= candidate.Start)
                kept.Insert(place, candidate);
        }

        return kept;
    }

    /// <summary>How many of those that stand start before a reading ends.</summary>
    private static int PlaceOf(List<Candidate> kept, Candidate candidate)
    {
        var low = 0;
        var high = kept.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (kept[middle].Start < candidate.End)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
