using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification;

/// <summary>A rule of a clause with the request filled in.</summary>
/// <param name="Clause">Local index of its clause.</param>
/// <param name="Decision">Local index of the question that it answers.</param>
internal sealed record ProgramRule(int Clause, int Decision, Condition When, ClauseRule Source);

/// <summary>A clause that may fire for a request. Masks hold local clause indexes.</summary>
/// <param name="Influences">Clauses whose firing can change whether this one fires: it overrides, requires, or sets what the rules read.</param>
internal sealed record ProgramClause(
    Clause Source,
    Condition Applies,
    ProgramRule[] Rules,
    ulong OverriddenBy,
    ulong RequiredBy,
    ulong Influences);

/// <summary>A parameter that clauses of the request can set.</summary>
/// <param name="Setters">Local clause, its precedence, and the value that it sets.</param>
internal sealed record ProgramParameter(int Index, (int Clause, int Precedence, long Value)[] Setters);

/// <summary>The part of a policy that can matter to one kind of request, with the action sets that can answer it. Immutable.</summary>
internal sealed class RequestProgram
{
    /// <summary>More free clauses would make the enumeration of firing sets long.</summary>
    public const int MostClauses = 20;

    /// <summary>A clause's truth table over its influences is one 64-bit word.</summary>
    public const int MostInfluences = 6;

    /// <summary>Actions of one resolution.</summary>
    public const int MostActions = 4;

    public RequestProgram(PolicyDocument policy, RequestDefinition request)
    {
        Policy = policy;
        Request = request;
        var fact = policy.FactsByName["request"].Index;
        var applies = policy.Clauses.Select(c => c.OnlyWhenRequired ? Condition.Never : Condition.Of(c.Applies, fact, request.Symbol)).ToArray();
        var relevant = Relevant(policy, applies);
        if (relevant.Count > MostClauses)
            throw TooMany($"{relevant.Count} clauses can apply to the request '{request.Name}'; the checker enumerates at most {MostClauses}");

        Decisions = [.. policy.Clauses.SelectMany(c => c.Rules).Select(r => r.Decision).Distinct(StringComparer.Ordinal)];
        Clauses = [.. relevant.Select((clause, local) => Compile(policy, clause, local, relevant, applies[clause], fact))];
        Parameters = [.. policy.Parameters.Select(p => new ProgramParameter(p.Index, Setters(policy, relevant, p.Index))).Where(p => p.Setters.Length > 0)];
        Rules = [.. Clauses.SelectMany(c => c.Rules)];
        ByRank = [.. Enumerable.Range(0, Clauses.Length).OrderBy(i => Clauses[i].Source.Precedence).ThenBy(i => Clauses[i].Source.Id, StringComparer.Ordinal)];
        VerdictActions = new ulong[Decisions.Length];
        Grants = new ulong[Decisions.Length];
        foreach (var rule in Rules)
        {
            if (rule.Source.Effect is EffectKind.Permit or EffectKind.Deny)
                VerdictActions[rule.Decision] |= 1UL << rule.Source.Action;
            if (rule.Source.Effect is EffectKind.Permit)
                Grants[rule.Decision] |= 1UL << rule.Source.Action;
        }

        ActionSets = Subsets([.. Rules.Select(r => r.Source.Action).Append(policy.ClarificationAction).Where(a => a >= 0).Distinct()]);
    }

    public PolicyDocument Policy { get; }

    public RequestDefinition Request { get; }

    /// <summary>Clauses in the order of the file.</summary>
    public ProgramClause[] Clauses { get; }

    /// <summary>The rules of all clauses, in the order of the file.</summary>
    public ProgramRule[] Rules { get; }

    /// <summary>Names of the questions, in the order in which the file first asks them.</summary>
    public string[] Decisions { get; }

    /// <summary>Local clauses by precedence, then by id.</summary>
    public int[] ByRank { get; }

    public ProgramParameter[] Parameters { get; }

    /// <summary>For each decision, the actions that some clause gives as its verdict; at most one can be right.</summary>
    public ulong[] VerdictActions { get; }

    /// <summary>For each decision, the actions that some clause permits; a refusal that stands refuses them.</summary>
    public ulong[] Grants { get; }

    /// <summary>Every set of up to <see cref="MostActions"/> actions (a bit each) that a clause of the request can demand.</summary>
    public ulong[] ActionSets { get; }

    private static List<int> Relevant(PolicyDocument policy, Condition[] applies)
    {
        var chosen = new SortedSet<int>(Enumerable.Range(0, applies.Length).Where(i => !applies[i].CannotHold));
        var open = new Stack<int>(chosen);
        while (open.TryPop(out var clause))
        {
            foreach (var required in policy.Clauses[clause].Requires)
            {
                if (chosen.Add(required))
                    open.Push(required);
            }
        }

        return [.. chosen];
    }

    private ProgramClause Compile(PolicyDocument policy, int clause, int local, List<int> relevant, Condition applies, int requestFact)
    {
        var source = policy.Clauses[clause];
        var rules = new List<ProgramRule>();
        ulong setters = 0;
        foreach (var rule in source.Rules)
        {
            var when = Condition.Of(rule.When, requestFact, Request.Symbol);
            if (when.CannotHold)
                continue;
            rules.Add(new ProgramRule(local, Array.IndexOf(Decisions, rule.Decision), when, rule));
            rule.When.Visit(operand => setters |= operand.Parameter < 0 ? 0 : Mask(relevant, c => Array.Exists(policy.Clauses[c].Modifies, m => m.Parameter == operand.Parameter)));
        }

        var overriddenBy = Mask(relevant, c => policy.Clauses[c].Overrides.Contains(clause));
        var requiredBy = Mask(relevant, c => policy.Clauses[c].Requires.Contains(clause));
        var influences = overriddenBy | requiredBy | setters;
        if (System.Numerics.BitOperations.PopCount(influences) > MostInfluences)
            throw TooMany($"more than {MostInfluences} clauses change whether {source.Id} fires for the request '{Request.Name}'");
        return new ProgramClause(source, applies, [.. rules], overriddenBy, requiredBy, influences);
    }

    private static (int Clause, int Precedence, long Value)[] Setters(PolicyDocument policy, List<int> relevant, int parameter) =>
    [
        .. relevant.SelectMany((clause, local) => policy.Clauses[clause].Modifies
            .Where(m => m.Parameter == parameter)
            .Select(m => (local, policy.Clauses[clause].Precedence, m.Value))),
    ];

    private static ulong Mask(List<int> relevant, Func<int, bool> belongs)
    {
        ulong mask = 0;
        for (var local = 0; local < relevant.Count; local++)
            mask |= belongs(relevant[local]) ? 1UL << local : 0;
        return mask;
    }

    private static ulong[] Subsets(int[] actions)
    {
        var sets = new List<ulong>();
        Extend(0, 0, MostActions);
        return [.. sets];

        void Extend(ulong set, int from, int left)
        {
            sets.Add(set);
            for (var i = from; left > 0 && i < actions.Length; i++)
                Extend(set | 1UL << actions[i], i + 1, left - 1);
        }
    }

    private static PackException TooMany(string problem) =>
        new("policy", 0, $"The policy cannot be checked: {problem}.", "Split the request kind, or make conditions of clauses exclude each other by request.");
}
