namespace TicketWorld.Worlds.Policy;

/// <summary>The relations between clauses with their mirror images, as a graph.</summary>
internal sealed class PolicyRelations
{
    private readonly PolicyDocument _policy;
    private readonly SortedSet<int>[] _neighbours;
    private readonly Dictionary<string, SortedSet<int>[]> _kinds = new(StringComparer.Ordinal);

    public PolicyRelations(PolicyDocument policy)
    {
        _policy = policy;
        var count = policy.Clauses.Length;
        _neighbours = Sets(count);
        foreach (var kind in (ReadOnlySpan<string>)["overrides", "overridden_by", "modifies", "modified_by", "requires", "required_by", "interacts_with"])
            _kinds[kind] = Sets(count);
        foreach (var clause in policy.Clauses)
        {
            foreach (var other in clause.Overrides)
                Join("overrides", "overridden_by", clause.Index, other);
            foreach (var modification in clause.Modifies)
                Join("modifies", "modified_by", clause.Index, policy.Parameters[modification.Parameter].Clause);
            foreach (var other in clause.Requires)
                Join("requires", "required_by", clause.Index, other);
            foreach (var other in clause.InteractsWith)
                Join("interacts_with", "interacts_with", clause.Index, other);
        }
    }

    /// <summary>Unordered pairs of clauses that any relation joins.</summary>
    public int Pairs => _neighbours.Sum(n => n.Count) / 2;

    public IReadOnlyCollection<int> Neighbours(int clause) => _neighbours[clause];

    /// <summary>By kind of relation: the clauses related so.</summary>
    public IEnumerable<(string Kind, int[] Clauses)> Of(int clause) => _kinds.Select(k => (k.Key, k.Value[clause].ToArray()));

    /// <summary>Other clauses within some hops, nearest first, then by id.</summary>
    public IReadOnlyList<int> Reachable(int clause, int hops)
    {
        var found = new List<int>();
        var seen = new HashSet<int> { clause };
        List<int> edge = [clause];
        for (var hop = 0; hop < hops; hop++)
        {
            edge = [.. edge.SelectMany(c => _neighbours[c]).Where(seen.Add).OrderBy(c => _policy.Clauses[c].Id, StringComparer.Ordinal)];
            found.AddRange(edge);
        }

        return found;
    }

    private void Join(string kind, string mirror, int a, int b)
    {
        _kinds[kind][a].Add(b);
        _kinds[mirror][b].Add(a);
        _neighbours[a].Add(b);
        _neighbours[b].Add(a);
    }

    private static SortedSet<int>[] Sets(int count) => [.. Enumerable.Range(0, count).Select(_ => new SortedSet<int>())];
}
