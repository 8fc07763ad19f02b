using TicketWorld.Worlds.Messages;

namespace TicketWorld.Worlds.Authorship;

/// <summary>Where the earlier messages that a body quotes at its end begin: an author writes only what stands before them.</summary>
internal static class QuotedTail
{
    /// <returns>The quoted part, from its attribution line on; empty when there is none.</returns>
    public static string Of(string body, Vocabulary vocabulary)
    {
        var lines = body.Split('\n');
        var first = Array.FindIndex(lines, line => line.StartsWith('>') || vocabulary.ThreadMarkers.Any(marker => line.StartsWith(marker, StringComparison.OrdinalIgnoreCase)));
        if (first < 0)
            return "";
        var before = first - 1;
        while (before >= 0 && string.IsNullOrWhiteSpace(lines[before]))
            before--;
        if (before >= 0 && vocabulary.QuoteMarkers.Any(marker => lines[before].TrimEnd().EndsWith(marker, StringComparison.OrdinalIgnoreCase)))
            first = before;
        return string.Join('\n', lines[first..]);
    }
}
