using System.Buffers;
using TicketWorld.Support.Analysis.Evidence;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>
/// What is seen in a message, as numbers under hashed names. Its room is lent by a pool until it is disposed of; one that is not is collected as any other.
/// </summary>
internal sealed class FeatureList : IDisposable
{
    private const int Room = 1024;

    private (ulong Key, float Value)[] _items = ArrayPool<(ulong Key, float Value)>.Shared.Rent(Room);
    private int _count;

    /// <summary>Collects the name of each key where weights are learnt and written; null where they are only used.</summary>
    public Dictionary<ulong, string>? Names { get; init; }

    public ReadOnlySpan<(ulong Key, float Value)> Span => _items.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(FeatureKind kind, ulong hash, ReadOnlySpan<char> name, float value = 1)
    {
        var key = Hash.Join(kind.Hash, hash);
        if (Names is not null && !Names.ContainsKey(key))
            Names.Add(key, $"{kind.Name} {name}");
        Append(key, value);
    }

    public void Add(FeatureKind kind, ulong first, string firstName, ulong second, string secondName, float value)
    {
        var key = Hash.Join(kind.Hash, Hash.Join(first, second));
        if (Names is not null && !Names.ContainsKey(key))
            Names.Add(key, $"{kind.Name} {firstName} {secondName}");
        Append(key, value);
    }

    public void Add(FeatureKind kind, NamedHash name, float value) => Add(kind, name.Hash, name.Name, value);

    public void Add(FeatureKind kind, NamedHash first, NamedHash second, float value) => Add(kind, first.Hash, first.Name, second.Hash, second.Name, value);

    public void Dispose()
    {
        ArrayPool<(ulong Key, float Value)>.Shared.Return(_items);
        (_items, _count) = ([], 0);
    }

    /// <summary>The key of a name as it stands in a file of weights: a kind and one or two parts, with a space between; null for anything else.</summary>
    public static ulong? KeyOf(ReadOnlySpan<char> name)
    {
        var space = name.IndexOf(' ');
        if (space < 0)
            return null;
        var kind = Hash.Of(name[..space]);
        var rest = name[(space + 1)..];
        space = rest.IndexOf(' ');
        if (space < 0)
            return Hash.Join(kind, Hash.Of(rest));
        return rest[(space + 1)..].Contains(' ') ? null : Hash.Join(kind, Hash.Join(Hash.Of(rest[..space]), Hash.Of(rest[(space + 1)..])));
    }

    private void Append(ulong key, float value)
    {
        if (_count == _items.Length)
            Grow();
        _items[_count++] = (key, value);
    }

    private void Grow()
    {
        var more = ArrayPool<(ulong Key, float Value)>.Shared.Rent(_items.Length * 2);
        _items.CopyTo(more, 0);
        ArrayPool<(ulong Key, float Value)>.Shared.Return(_items);
        _items = more;
    }
}

/// <summary>A name with its hash.</summary>
internal readonly record struct NamedHash(string Name, ulong Hash)
{
    public NamedHash(string name)
        : this(name, Evidence.Hash.Of(name))
    {
    }

    public static NamedHash[] All(IEnumerable<string> names) => [.. names.Select(name => new NamedHash(name))];
}
