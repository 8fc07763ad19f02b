namespace TicketWorld.Support.Analysis.Evidence;

/// <summary>The languages that messages are read in.</summary>
internal static class Languages
{
    /// <summary>Key of what holds in every language.</summary>
    public const string Any = "any";

    public static IReadOnlyList<string> All { get; } = ["en", "pt", "es", "de", "fr"];

    public static int IndexOf(string language)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == language)
                return i;
        }

        return -1;
    }
}
