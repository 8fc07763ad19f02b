namespace TicketWorld.Worlds.Generation.Twins;

/// <summary>Whether two texts are one text in which a few words were replaced at one place.</summary>
internal static class TextLikeness
{
    /// <summary>Characters that may differ in one place: about one sentence.</summary>
    private const int MostDiffering = 120;

    public static bool IsSameBut(string one, string other)
    {
        var least = Math.Min(one.Length, other.Length);
        var head = one.AsSpan().CommonPrefixLength(other);
        var tail = 0;
        while (tail < least - head && one[^(tail + 1)] == other[^(tail + 1)])
            tail++;
        return Math.Max(one.Length, other.Length) - head - tail <= MostDiffering;
    }
}
