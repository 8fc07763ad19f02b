using System.Text;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Export;

/// <summary>
/// Parts tickets so that no customer and no order is in two parts: tickets that share one, directly or through others, form a group, and groups
/// are dealt out whole. The order of dealing depends on the names alone, so that the same set is always parted alike.
/// </summary>
internal sealed class EntitySplit
{
    private readonly Dictionary<string, int> _entities = new(StringComparer.Ordinal);
    private readonly List<int> _parents = [];
    private readonly List<string> _names = [];
    private readonly List<int> _tickets = [];

    /// <summary>Adds a ticket with everything that must not be in another part than it.</summary>
    public void Add(IReadOnlyList<string> entities)
    {
        var first = Entity(entities[0]);
        for (var i = 1; i < entities.Count; i++)
            Join(first, Entity(entities[i]));
        _tickets.Add(first);
    }

    /// <summary>By ticket, in the order of adding: its part.</summary>
    /// <remarks>Groups above one per cent of the tickets first, the largest first; then the others in a mixed order. Each goes to the part that lacks the largest share of its target among those that it fits into, or to the one that lacks most.</remarks>
    public int[] Deal(IReadOnlyList<Split> splits)
    {
        var sizes = _tickets.CountBy(Root).ToDictionary();
        var targets = splits.Select(s => _tickets.Count * s.Percent / 100.0).ToArray();
        var counts = new int[splits.Count];
        var part = new Dictionary<int, int>();
        var names = SmallestNames();
        foreach (var (group, size) in sizes.OrderByDescending(g => g.Value * 100L > _tickets.Count ? g.Value : 0).ThenBy(g => Mixed(names[g.Key])).ThenBy(g => names[g.Key], StringComparer.Ordinal))
        {
            var best = -1;
            for (var i = 0; i < splits.Count; i++)
            {
                if (best < 0 || Rank(i, size).CompareTo(Rank(best, size)) > 0)
                    best = i;
            }

            counts[best] += size;
            part[group] = best;
        }

        return [.. _tickets.Select(t => part[Root(t)])];

        (bool Fits, double Lack) Rank(int i, int size)
        {
            var lack = targets[i] - counts[i];
            return size <= lack + 0.5 ? (true, lack / targets[i]) : (false, lack);
        }
    }

    /// <summary>By group: the first of its names, so that the order of the tickets makes no difference.</summary>
    private Dictionary<int, string> SmallestNames()
    {
        var names = new Dictionary<int, string>();
        for (var i = 0; i < _names.Count; i++)
        {
            var root = Root(i);
            if (!names.TryGetValue(root, out var name) || string.CompareOrdinal(_names[i], name) < 0)
                names[root] = _names[i];
        }

        return names;
    }

    private int Entity(string name)
    {
        if (_entities.TryGetValue(name, out var index))
            return index;
        _entities[name] = index = _parents.Count;
        _parents.Add(index);
        _names.Add(name);
        return index;
    }

    private void Join(int a, int b) => _parents[Root(a)] = Root(b);

    private int Root(int entity)
    {
        while (_parents[entity] != entity)
            entity = _parents[entity] = _parents[_parents[entity]];
        return entity;
    }

    private static ulong Mixed(string name)
    {
        var hash = 0UL;
        foreach (var b in Encoding.UTF8.GetBytes(name))
            hash = Draws.Mix(hash + b + 1);
        return hash;
    }
}
