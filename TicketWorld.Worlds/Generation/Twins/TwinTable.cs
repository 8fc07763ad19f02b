using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Generation.Twins;

/// <summary>
/// The twins of a world. They follow the tickets of the first block, in the order of a keyed permutation of these: the first that can have
/// a twin have one. Immutable once made.
/// </summary>
internal sealed class TwinTable
{
    private const int Batch = 256;

    private readonly int _first;
    private readonly Twin[] _twins;
    private readonly Dictionary<int, int> _ofBase = [];

    private TwinTable(int first, Twin[] twins)
    {
        _first = first;
        _twins = twins;
        for (var i = 0; i < twins.Length; i++)
            _ofBase[twins[i].Base] = i;
    }

    public int Count => _twins.Length;

    /// <summary>A table without twins.</summary>
    public static TwinTable None { get; } = new(int.MaxValue, []);

    /// <summary>Finds twins for the tickets of the first block of a world whose other tables are complete.</summary>
    public static TwinTable Find(World world, int tickets, int wanted, SeedKey key)
    {
        if (wanted == 0)
            return None;
        var order = new Permutation((ulong)tickets, key, Seeds.Twins);
        var makers = new ThreadLocal<TwinMaker>(() => new TwinMaker(world, new TicketMaker(world)));
        var found = new List<Twin>(Math.Min(wanted, tickets));
        var tried = new Twin?[Batch];
        for (var first = 0; first < tickets && found.Count < wanted; first += Batch)
        {
            var count = Math.Min(Batch, tickets - first);
            Array.Clear(tried);
            Parallel.For(0, count, i => tried[i] = makers.Value!.Find((int)order[(ulong)(first + i)]));
            found.AddRange(tried.OfType<Twin>().Take(wanted - found.Count));
        }

        return new TwinTable(tickets, [.. found]);
    }

    /// <summary>The twin at an index of the set, or null for a ticket that is none.</summary>
    public Twin? At(int index) => index >= _first && index - _first < _twins.Length ? _twins[index - _first] : null;

    /// <summary>Index in the set of the twin of a base ticket, or -1.</summary>
    public int IndexOfTwin(int baseIndex) => _ofBase.TryGetValue(baseIndex, out var number) ? _first + number : -1;

    /// <summary>Index of a ticket among those that are no twins.</summary>
    public int WithoutTwins(int index) => index >= _first ? index - _twins.Length : index;

    /// <summary>Whether the ticket is a twin or has one.</summary>
    public bool IsPaired(int index) => At(index) is not null || _ofBase.ContainsKey(index);

    /// <summary>Every pair: the twin with its index.</summary>
    public IEnumerable<(Twin Twin, int Index)> All() => _twins.Select((twin, i) => (twin, _first + i));
}
