using System.Globalization;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks the derived parts of a policy graph against the policy in it: clauses, mirrored relations, distances, counts.</summary>
internal sealed class PolicyGraphRules
{
    private const int Hops = 3;
    private const int Related = 5;

    private static readonly string[] Kinds = ["overrides", "overridden_by", "modifies", "modified_by", "requires", "required_by", "interacts_with"];

    private readonly PolicyDocument _policy;
    private readonly DateOnly _day;
    private readonly RecordCheck _check;
    private readonly string[] _ids;

    /// <summary>For each clause and kind of relation, the clauses at its other end.</summary>
    private readonly SortedSet<int>[][] _relations;

    /// <param name="day">The world's day, whose versions of the clauses are in force.</param>
    public PolicyGraphRules(PolicyDocument policy, RecordCheck check, DateOnly day)
    {
        _policy = policy;
        _day = day;
        _check = check;
        _ids = [.. policy.Clauses.Select(c => c.Id)];
        _relations = [.. _ids.Select(_ => Kinds.Select(_ => new SortedSet<int>()).ToArray())];
        foreach (var clause in policy.Clauses)
        {
            Join(0, clause.Index, clause.Overrides);
            Join(2, clause.Index, [.. clause.Modifies.Select(m => policy.Parameters[m.Parameter].Clause)]);
            Join(4, clause.Index, clause.Requires);
            foreach (var other in clause.InteractsWith)
            {
                _relations[clause.Index][6].Add(other);
                _relations[other][6].Add(clause.Index);
            }
        }
    }

    /// <summary>The text of a clause as it is on a day, when it is effective, and what it said until each earlier version ended.</summary>
    public static string Filled(Clause clause, PolicyDocument policy, DateOnly day)
    {
        var sentences = new List<string> { Text(clause, policy, day) };
        if (clause.EffectiveFrom > DateOnly.MinValue)
            sentences.Add($"For messages from {clause.EffectiveFrom:yyyy-MM-dd}.");
        if (clause.EffectiveTo is { } end)
            sentences.Add($"For messages until {end:yyyy-MM-dd}.");
        foreach (var change in clause.Versions.Select(v => v.From).Where(from => from <= day))
        {
            var last = change.AddDays(-1);
            sentences.Add(string.Create(CultureInfo.InvariantCulture, $"For messages until {last:d MMMM yyyy}: {Text(clause, policy, last)}"));
        }

        return string.Join(' ', sentences);
    }

    private static string Text(Clause clause, PolicyDocument policy, DateOnly day)
    {
        var past = clause.Versions.Where(v => v.From <= day).Reverse().ToArray();
        var text = past.Select(v => v.Text).FirstOrDefault(t => t is not null) ?? clause.Text;
        foreach (var parameter in clause.Parameters)
        {
            var set = past.SelectMany(v => v.Settings).Where(s => s.Parameter == parameter.Index).Select(s => (long?)s.Value).FirstOrDefault();
            text = text.Replace($"{{{parameter.Name}}}", Values.Format(set ?? parameter.Value, parameter.Type, policy.Symbols), StringComparison.Ordinal);
        }

        return text;
    }

    public void Check(JsonRecord root)
    {
        if (root.Object("clauses", _ids) is { } clauses)
        {
            for (var i = 0; i < _ids.Length; i++)
            {
                if (clauses.Object(_ids[i], ["title", "category", "precedence", "effective", "text", "interactions", "total_connections"]) is { } clause)
                    CheckClause(clause, _policy.Clauses[i]);
            }
        }

        if (root.Object("interaction_summary", _ids) is { } summary)
        {
            for (var i = 0; i < _ids.Length; i++)
            {
                if (summary.Object(_ids[i], ["direct_connections", "reachable_within_3_hops", "related_policies"]) is { } row)
                    CheckSummary(row, i);
            }
        }

        if (root.Object("complexity_analysis", ["precedence_groups", "category_distribution", "total_unique_interactions", "max_precedence", "min_precedence"]) is { } analysis)
            CheckAnalysis(analysis);
    }

    private void CheckClause(JsonRecord record, Clause clause)
    {
        Same(record, "title", record.Text("title"), clause.Title);
        Same(record, "category", record.Text("category"), clause.Category);
        Same(record, "precedence", record.Integer("precedence", 0, int.MaxValue)?.ToString(), $"{clause.Precedence}");
        Same(record, "text", record.Text("text"), Filled(clause, _policy, _day));
        if (record.Object("effective", ["from", "to"]) is { } effective)
        {
            var from = effective.Date("from", orNull: true);
            var to = effective.Date("to", orNull: true);
            Same(effective, "from", $"{from ?? DateOnly.MinValue:yyyy-MM-dd}", $"{clause.EffectiveFrom:yyyy-MM-dd}");
            Same(effective, "to", $"{to:yyyy-MM-dd}", $"{clause.EffectiveTo:yyyy-MM-dd}");
        }

        if (record.Object("interactions", Kinds) is { } interactions)
        {
            for (var kind = 0; kind < Kinds.Length; kind++)
                SameSet(interactions, Kinds[kind], _relations[clause.Index][kind]);
        }

        Number(record, "total_connections", Neighbours(clause.Index).Count);
    }

    private void CheckSummary(JsonRecord record, int clause)
    {
        var distances = Distances(clause);
        Number(record, "direct_connections", Neighbours(clause).Count);
        Number(record, "reachable_within_3_hops", distances.Count);
        var nearest = distances.OrderBy(d => d.Value).ThenBy(d => _ids[d.Key], StringComparer.Ordinal).Take(Related).Select(d => _ids[d.Key]);
        Same(record, "related_policies", string.Join(", ", record.Texts("related_policies")), string.Join(", ", nearest));
    }

    private void CheckAnalysis(JsonRecord record)
    {
        var groups = _policy.Clauses.GroupBy(c => $"{c.Precedence}").ToDictionary(g => g.Key, g => g.Select(c => c.Index), StringComparer.Ordinal);
        if (record.Object("precedence_groups", [.. groups.Keys]) is { } precedence)
        {
            foreach (var (key, members) in groups)
                SameSet(precedence, key, members);
        }

        var categories = _policy.Clauses.GroupBy(c => c.Category).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        if (record.Object("category_distribution", [.. categories.Keys]) is { } distribution)
        {
            foreach (var (key, count) in categories)
                Number(distribution, key, count);
        }

        Number(record, "total_unique_interactions", Enumerable.Range(0, _ids.Length).Sum(i => Neighbours(i).Count(other => other > i)));
        Number(record, "max_precedence", _policy.Clauses.Max(c => c.Precedence));
        Number(record, "min_precedence", _policy.Clauses.Min(c => c.Precedence));
    }

    private SortedSet<int> Neighbours(int clause) => [.. _relations[clause].SelectMany(others => others).Where(other => other != clause)];

    private Dictionary<int, int> Distances(int start)
    {
        var distances = new Dictionary<int, int> { [start] = 0 };
        var open = new Queue<int>([start]);
        while (open.TryDequeue(out var clause))
        {
            foreach (var other in Neighbours(clause).Where(_ => distances[clause] < Hops))
            {
                if (distances.TryAdd(other, distances[clause] + 1))
                    open.Enqueue(other);
            }
        }

        distances.Remove(start);
        return distances;
    }

    private void Join(int kind, int clause, int[] others)
    {
        foreach (var other in others)
        {
            _relations[clause][kind].Add(other);
            _relations[other][kind + 1].Add(clause);
        }
    }

    private void SameSet(JsonRecord record, string name, IEnumerable<int> expected) => Same(
        record, name,
        string.Join(", ", record.Texts(name).Order(StringComparer.Ordinal)),
        string.Join(", ", expected.Select(i => _ids[i]).Order(StringComparer.Ordinal)));

    private void Number(JsonRecord record, string name, int expected) =>
        Same(record, name, record.Integer(name, 0, int.MaxValue)?.ToString(), $"{expected}");

    private void Same(JsonRecord record, string name, string? found, string expected)
    {
        if (found is not null)
            _check.Same(VerificationLayer.Policy, record.Path(name), "the value differs from the policy in the graph", found, expected);
    }
}
