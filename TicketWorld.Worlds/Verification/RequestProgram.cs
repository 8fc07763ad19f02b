using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification;

/// <summary>A rule of a clause with the request filled in.</summary>
/// <param name="Clause">Local index of its clause.</param>
/// <param name="Decision">Local index of the question that it answers.</param>
internal sealed record ProgramRule(int Clause, int Decision, Condition When, ClauseRule Source)
{
    /// <summary>Whether the condition holds and the value, where it is a fact, is there.</summary>
    public bool Holds(in Situation situation) =>
        When.Holds(situation) && (Source.Value.Amount != Amount.Fact || situation.IsPresent(Source.Value.Source));
}

/// <summary>A clause that may fire for a request. Masks hold local clause indexes.</summary>
/// <param name="Influences">Clauses whose firing can change whether this one fires: it overrides, requires, or sets what the rules read.</param>
internal sealed record ProgramClause(
    Clause Source,
    Condition Applies,
    ProgramRule[] Rules,
    ulong OverriddenBy,
    ulong RequiredBy,
    ulong Influences);

/// <summary>A clause (by local index) that sets a parameter while it fires.</summary>
internal readonly record struct ParameterSetter(int Clause, int Precedence, long Value);

/// <summary>The part of a policy that can matter to one kind of request, with the action sets that can answer it. Immutable.</summary>
internal sealed class RequestProgram
{
    /// <summary>Sets of clauses are 64-bit words.</summary>
    public const int MostClauses = 64;

    /// <summary>Actions of one resolution.</summary>
    public const int MostActions = 8;

    public RequestProgram(PolicyDocument policy, RequestDefinition request)
    {
        Policy = policy;
        Request = request;
        var fact = policy.FactsByName["request"].Index;
        var applies = policy.Clauses.Select(c => c.OnlyWhenRequired ? Condition.Never : Condition.Of(c.Applies, fact, request.Symbol)).ToArray();
        var relevant = Relevant(policy, applies);
        if (relevant.Count > MostClauses)
            throw TooMany($"{relevant.Count} clauses can apply to the request '{request.Name}'; at most {MostClauses} are possible");

        Decisions = [.. policy.Clauses.SelectMany(c => c.Rules).Select(r => r.Decision).Distinct(StringComparer.Ordinal)];
        Clauses = [.. relevant.Select((clause, local) => Compile(policy, clause, local, relevant, applies[clause], fact))];
        Setters = [.. policy.Parameters.Select(p => SettersOf(policy, relevant, p.Index))];
        Rules = [.. Clauses.SelectMany(c => c.Rules)];
        ByRank = [.. Enumerable.Range(0, Clauses.Length).OrderBy(i => Clauses[i].Source.Precedence).ThenBy(i => Clauses[i].Source.Id, StringComparer.Ordinal)];
        TargetPrice = policy.FactsByName.TryGetValue("target_price", out var target) ? target.Index : -1;
        CompetitorPrice = policy.FactsByName.TryGetValue("competitor_price", out var competitor) ? competitor.Index : -1;
        Amounts = [.. Rules.Select(r => r.Source.Value).Append(RuleValue.None).Distinct()];
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

    /// <summary>For each parameter of the policy, the clauses that set it, strongest first.</summary>
    public ParameterSetter[][] Setters { get; }

    /// <summary>Indexes of the facts that differences are taken from, or -1.</summary>
    public int TargetPrice { get; }

    /// <inheritdoc cref="TargetPrice"/>
    public int CompetitorPrice { get; }

    /// <summary>Every amount that a clause of the request can give an action.</summary>
    public RuleValue[] Amounts { get; }

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
        return new ProgramClause(source, applies, [.. rules], overriddenBy, requiredBy, overriddenBy | requiredBy | setters);
    }

    private static ParameterSetter[] SettersOf(PolicyDocument policy, List<int> relevant, int parameter) =>
    [
        .. relevant.SelectMany((clause, local) => policy.Clauses[clause].Modifies
            .Where(m => m.Parameter == parameter)
            .Select(m => new ParameterSetter(local, policy.Clauses[clause].Precedence, m.Value)))
            .OrderBy(s => s.Precedence),
    ];

    private static ulong Mask(List<int> relevant, Func<int, bool> belongs)
    {
        ulong mask = 0;
        for (var local = 0; local < relevant.Count; local++)
            mask |= belongs(relevant[local]) ? 1UL << local : 0;
        return mask;
    }

    private static PackException TooMany(string problem) =>
        new("policy", 0, $"The policy cannot be checked: {problem}.", "Split the request kind, or make conditions of clauses exclude each other by request.");
}
