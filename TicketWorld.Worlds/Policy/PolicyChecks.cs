using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Policy;

/// <summary>
/// Refuses a policy in which two clauses of the same precedence can give different verdicts on one decision, two rules can demand one further
/// action with different values or details, or two modifications of the same precedence can set one parameter to different values.
/// </summary>
/// <remarks>
/// Whether two conditions can hold together is found by trying them at all values where a comparison in either of them changes: each
/// constant and parameter value that a fact is compared with, one less, one more, and absence, on each day on which a version or an
/// effective date changes what the two clauses say. For comparisons of a fact with a constant that is exact.
/// </remarks>
internal static class PolicyChecks
{
    private const int MostCases = 200_000;

    /// <param name="complaints">Collects every contradiction; null to throw the first.</param>
    /// <exception cref="PackException">The policy contradicts itself.</exception>
    public static void Run(PolicyDocument policy, PolicyEngine engine, string file, PackComplaints? complaints = null)
    {
        foreach (var (a, ruleA, b, ruleB) in OpposedRules(policy))
        {
            string? found = null;
            complaints.Try(() => found = FindCase(policy, engine, file, a, ruleA, b, ruleB));
            if (found is not null)
            {
                complaints.Note(new PackException(
                    file,
                    ruleB.Line,
                    IsVerdict(ruleA)
                        ? $"{a.Id} and {b.Id} contradict each other on '{ruleA.Decision}' with the same precedence {a.Precedence}, for example when {found}."
                        : $"{a.Id} and {b.Id} demand {policy.Actions[ruleA.Action].Name} with different values or details, for example when {found}.",
                    IsVerdict(ruleA)
                        ? "Give one of them a stronger precedence, let one override the other, or narrow a condition."
                        : "Make value and details equal, let one override the other, or narrow a condition."));
            }
        }

        foreach (var group in policy.Clauses.SelectMany(c => c.Modifies).GroupBy(m => m.Parameter))
        {
            var clash = group.SelectMany(x => group, (x, y) => (x, y)).FirstOrDefault(p => p.x.Clause < p.y.Clause && p.x.Value != p.y.Value && policy.Clauses[p.x.Clause].Precedence == policy.Clauses[p.y.Clause].Precedence);
            if (clash.x is not null)
            {
                var (first, second) = (policy.Clauses[clash.x.Clause], policy.Clauses[clash.y.Clause]);
                complaints.Note(new PackException(file, second.Line, $"{first.Id} and {second.Id} set one parameter to different values with the same precedence {first.Precedence}.", "Give one of them a stronger precedence."));
            }
        }
    }

    private static IEnumerable<(Clause A, ClauseRule RuleA, Clause B, ClauseRule RuleB)> OpposedRules(PolicyDocument policy)
    {
        for (var i = 0; i < policy.Clauses.Length; i++)
        {
            for (var j = i; j < policy.Clauses.Length; j++)
            {
                var (a, b) = (policy.Clauses[i], policy.Clauses[j]);
                if (a.Overrides.Contains(j) || b.Overrides.Contains(i) || !Overlap(a, b))
                    continue;
                foreach (var ruleA in a.Rules)
                {
                    foreach (var ruleB in b.Rules)
                    {
                        if ((i != j || ruleA.Index < ruleB.Index) && Opposed(a, ruleA, b, ruleB))
                            yield return (a, ruleA, b, ruleB);
                    }
                }
            }
        }
    }

    private static bool Opposed(Clause a, ClauseRule ruleA, Clause b, ClauseRule ruleB)
    {
        var same = ruleA.Action == ruleB.Action && ruleA.Value == ruleB.Value && SameDetails(ruleA, ruleB);
        return !same && (IsVerdict(ruleA)
            ? IsVerdict(ruleB) && a.Precedence == b.Precedence && ruleA.Decision == ruleB.Decision
            : ruleA.Effect is EffectKind.Also or EffectKind.Escalate && ruleA.Effect == ruleB.Effect && ruleA.Action == ruleB.Action);
    }

    private static bool IsVerdict(ClauseRule rule) => rule.Effect is EffectKind.Permit or EffectKind.Deny;

    private static bool SameDetails(ClauseRule a, ClauseRule b) => a.Details.SequenceEqual(b.Details);

    private static bool Overlap(Clause a, Clause b) =>
        (a.EffectiveTo is not { } endA || endA >= b.EffectiveFrom) && (b.EffectiveTo is not { } endB || endB >= a.EffectiveFrom);

    /// <summary>A case in which both rules take effect, in words; null when there is none.</summary>
    private static string? FindCase(PolicyDocument policy, PolicyEngine engine, string file, Clause a, ClauseRule ruleA, Clause b, ClauseRule ruleB)
    {
        var request = policy.FactsByName["request"].Index;
        var requests = policy.Requests.Where(r => MayApply(a, request, r.Symbol) && MayApply(b, request, r.Symbol)).Select(r => (long)r.Symbol).ToList();
        if (requests.Count == 0)
            return null;
        var values = CriticalValues(policy, [a.Applies, ruleA.When, b.Applies, ruleB.When]);
        values.RemoveAll(v => v.Fact == request);
        values.Add((request, requests));
        if (values.Sum(v => Math.Log2(v.Values.Count + 1)) > Math.Log2(MostCases))
        {
            throw new PackException(
                file,
                ruleB.Line,
                $"Whether {a.Id} and {b.Id} contradict each other on '{ruleA.Decision}' takes more than {MostCases} cases to find out.",
                "Give one of them a stronger precedence, let one override the other, or compare fewer facts and numbers in their conditions.");
        }

        var facts = new FactSet(policy);
        var derivation = new Derivation(policy);
        foreach (var day in Days(policy, a, b))
        {
            if (FindCase(policy, engine, request, values, day, facts, derivation, (a, ruleA), (b, ruleB)) is { } found)
                return found;
        }

        return null;
    }

    private static string? FindCase(
        PolicyDocument policy, PolicyEngine engine, int request, List<(int Fact, List<long> Values)> values, DateOnly day, FactSet facts, Derivation derivation, (Clause Clause, ClauseRule Rule) one, (Clause Clause, ClauseRule Rule) other)
    {
        var ((a, ruleA), (b, ruleB)) = (one, other);
        var choice = new int[values.Count];
        do
        {
            facts.Clear();
            for (var i = 0; i < choice.Length; i++)
            {
                if (choice[i] < values[i].Values.Count)
                    facts.Set(values[i].Fact, values[i].Values[choice[i]]);
            }

            if (!facts.Has(request)
                || !Evaluation.Holds(a.Applies, facts, derivation.Parameters) || !Evaluation.Holds(b.Applies, facts, derivation.Parameters))
            {
                continue;
            }

            engine.Derive(facts, default, day, derivation);
            if (TakesEffect(derivation, a) && TakesEffect(derivation, b)
                && Evaluation.Holds(ruleA.When, facts, derivation.Parameters) && Evaluation.Holds(ruleB.When, facts, derivation.Parameters))
            {
                return Describe(policy, facts);
            }
        }
        while (Advance(choice, values));
        return null;
    }

    /// <summary>The first day on which both clauses hold, and each later one on which a clause that can change what they say changes itself.</summary>
    private static SortedSet<DateOnly> Days(PolicyDocument policy, Clause a, Clause b)
    {
        var first = a.EffectiveFrom > b.EffectiveFrom ? a.EffectiveFrom : b.EffectiveFrom;
        var days = new SortedSet<DateOnly> { first == DateOnly.MinValue ? new DateOnly(2000, 1, 1) : first };
        var owners = new HashSet<int> { a.Index, b.Index };
        foreach (var rule in a.Rules.Concat(b.Rules))
        {
            rule.When.Visit(operand =>
            {
                if (operand.Parameter >= 0)
                    owners.Add(policy.Parameters[operand.Parameter].Clause);
            });
        }

        foreach (var clause in policy.Clauses)
        {
            if (owners.Contains(clause.Index))
                days.UnionWith(clause.Versions.Select(v => v.From));
            if (!clause.Overrides.Concat(clause.Requires).Concat(clause.Modifies.Select(m => policy.Parameters[m.Parameter].Clause)).Any(owners.Contains))
                continue;
            days.Add(clause.EffectiveFrom);
            if (clause.EffectiveTo is { } last)
                days.Add(last.AddDays(1));
        }

        days.RemoveWhere(d => !a.IsEffective(d) || !b.IsEffective(d));
        return days;
    }

    private static bool MayApply(Clause clause, int request, int symbol) => clause.OnlyWhenRequired || Evaluation.HoldsKnowingOnly(clause.Applies, request, symbol) != false;

    private static bool TakesEffect(Derivation derivation, Clause clause) => derivation.Status[clause.Index] is ClauseStatus.Decisive or ClauseStatus.Outranked;

    private static bool Advance(int[] choice, List<(int Fact, List<long> Values)> values)
    {
        for (var i = 0; i < choice.Length; i++)
        {
            if (++choice[i] <= values[i].Values.Count)
                return true;
            choice[i] = 0;
        }

        return false;
    }

    private static List<(int Fact, List<long> Values)> CriticalValues(PolicyDocument policy, Expression[] conditions)
    {
        var values = new SortedDictionary<int, SortedSet<long>>();
        foreach (var condition in conditions)
        {
            condition.Visit(operand =>
            {
                if (operand.Fact >= 0)
                    values.TryAdd(operand.Fact, []);
            });
        }

        var constants = new SortedSet<(FactType Type, long Value)>();
        foreach (var condition in conditions)
            Constants(policy, condition, constants);
        foreach (var (fact, set) in values)
        {
            var definition = policy.Facts[fact];
            var near = constants.Where(c => c.Type == definition.Type).SelectMany(c => new[] { c.Value - 1, c.Value, c.Value + 1 }).ToArray();
            set.UnionWith(definition.Type switch
            {
                FactType.Boolean => [0L, 1L],
                FactType.Symbol => definition.Values.Select(v => (long)v),
                _ => near.Length == 0 ? [0L, 1L] : near,
            });
        }

        return [.. values.Select(v => (v.Key, v.Value.ToList()))];
    }

    /// <summary>The numbers with which the condition compares facts, by type; of a parameter, all values that it may be given.</summary>
    private static void Constants(PolicyDocument policy, Expression condition, SortedSet<(FactType Type, long Value)> constants)
    {
        switch (condition)
        {
            case Expression.Compare compare:
                foreach (var (side, other) in ((Operand, Operand)[])[(compare.Left, compare.Right), (compare.Right, compare.Left)])
                {
                    if (side.Parameter >= 0)
                    {
                        var parameter = policy.Parameters[side.Parameter];
                        constants.Add((parameter.Type, parameter.Value));
                        constants.UnionWith(policy.Clauses.SelectMany(c => c.Modifies).Where(m => m.Parameter == side.Parameter).Select(m => (parameter.Type, m.Value)));
                        constants.UnionWith(policy.Clauses[parameter.Clause].Versions.SelectMany(v => v.Settings).Where(x => x.Parameter == side.Parameter).Select(x => (parameter.Type, x.Value)));
                    }
                    else if (side.Fact < 0 && other.Fact >= 0)
                    {
                        constants.Add((policy.Facts[other.Fact].Type, side.Constant));
                    }
                }

                break;
            case Expression.Not not:
                Constants(policy, not.Part, constants);
                break;
            case Expression.All all:
                Array.ForEach(all.Parts, part => Constants(policy, part, constants));
                break;
            case Expression.Any any:
                Array.ForEach(any.Parts, part => Constants(policy, part, constants));
                break;
        }
    }

    private static string Describe(PolicyDocument policy, FactSet facts) =>
        string.Join(", ", policy.Facts.Where(f => facts.Has(f.Index)).Select(f => $"{f.Name} = {Values.Format(facts[f.Index], f.Type, policy.Symbols)}"));
}
