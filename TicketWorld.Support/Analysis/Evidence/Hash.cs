namespace TicketWorld.Support.Analysis.Evidence;

/// <summary>FNV-1a over UTF-16 code units; the same everywhere and always, since trained weights are found by it.</summary>
internal static class Hash
{
    public const ulong Seed = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Seed;
        foreach (var c in text)
            hash = (hash ^ c) * Prime;
        return hash;
    }

    /// <summary>The hash of a text that is one character longer than the one of the hash.</summary>
    public static ulong Next(ulong hash, char c) => (hash ^ c) * Prime;

    /// <summary>The hash of a list; the order counts.</summary>
    public static ulong Join(ulong first, ulong second)
    {
        var hash = first ^ 0x9e3779b97f4a7c15;
        hash = (hash ^ (second & 0xffffffff)) * Prime;
        hash = (hash ^ (second >> 32)) * Prime;
        return hash ^ (hash >> 29);
    }
}
