using System.Runtime.InteropServices;
using TicketWorld.Support.Analysis.Evidence;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>What is seen in a message, as numbers under hashed names.</summary>
internal sealed class FeatureList
{
    private readonly List<(ulong Key, float Value)> _items = new(1024);

    /// <summary>Collects the name of each key where weights are learnt and written; null where they are only used.</summary>
    public Dictionary<ulong, string>? Names { get; init; }

    public IReadOnlyList<(ulong Key, float Value)> Items => _items;

    public ReadOnlySpan<(ulong Key, float Value)> Span => CollectionsMarshal.AsSpan(_items);

    public void Clear() => _items.Clear();

    /// <param name="name">The name, of which <paramref name="hash"/> is the hash; used only where names are collected.</param>
    public void Add(FeatureKind kind, ulong hash, ReadOnlySpan<char> name, float value = 1)
    {
        var key = Hash.Join(kind.Hash, hash);
        if (Names is not null && !Names.ContainsKey(key))
            Names.Add(key, $"{kind.Name} {name}");
        _items.Add((key, value));
    }

    public void AddAll(FeatureList others) => _items.AddRange(others._items);

    public void Add(string kind, string name, float value)
    {
        var key = Key(kind, Hash.Of(name));
        Names?.TryAdd(key, $"{kind} {name}");
        _items.Add((key, value));
    }

    public void Add(string kind, ulong hash, ReadOnlySpan<char> name, float value)
    {
        var key = Key(kind, hash);
        if (Names is not null && !Names.ContainsKey(key))
            Names.Add(key, $"{kind} {name}");
        _items.Add((key, value));
    }

    public void Add(string kind, ulong first, string firstName, ulong second, string secondName, float value)
    {
        var key = Key(kind, Hash.Join(first, second));
        Names?.TryAdd(key, $"{kind} {firstName} {secondName}");
        _items.Add((key, value));
    }

    /// <summary>The key of a name as it stands in a file of weights: a kind and one or two parts.</summary>
    public static ulong KeyOf(string name)
    {
        var parts = name.Split(' ');
        return parts.Length == 3 ? Key(parts[0], Hash.Join(Hash.Of(parts[1]), Hash.Of(parts[2]))) : Key(parts[0], Hash.Of(parts[1]));
    }

    private static ulong Key(string kind, ulong hash) => Hash.Join(Hash.Of(kind), hash);
}
