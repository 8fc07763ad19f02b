using System.Runtime.InteropServices;

namespace TicketWorld.Worlds.Statistics;

/// <summary>Counts names.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(string name, long count = 1) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, name, out _) += count;

    /// <summary>The most common name; equal ones by name.</summary>
    public Count Most(long whole) => Sorted(whole) is [var most, ..] ? most : new Count("", 0, 0);

    /// <summary>All names, the most common first, equal ones by name.</summary>
    public IReadOnlyList<Count> Sorted(long whole) =>
        [.. _counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => Of(c.Key, c.Value, whole))];

    public static Count Of(string name, long count, long whole) => new(name, count, whole == 0 ? 0 : (double)count / whole);
}
