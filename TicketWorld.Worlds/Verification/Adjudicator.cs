using System.Numerics;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Verification;

/// <summary>
/// Says which resolutions of a case comply with the policy, by trying them all (docs/policy.md, "The checker's view"). It takes facts as
/// given and derives none. Immutable: one instance serves any number of threads.
/// </summary>
internal sealed class Adjudicator
{
    /// <summary>Stands for an amount above every bound where no unit price is at hand.</summary>
    private const long LargeAmount = 1_000_000_00;

    private const int MostCompletions = 4096;

    private readonly PolicyDocument _policy;
    private readonly RequestProgram?[] _programBySymbol;
    private readonly Versions _versions;
    private readonly (string Priority, Condition When)[] _priorities;
    private readonly int _escalated;
    private readonly int _outcome;
    private readonly string[] _clarificationClauses;

    /// <exception cref="PackException">The policy is too entangled to enumerate.</exception>
    public Adjudicator(PolicyDocument policy)
    {
        _policy = policy;
        _programBySymbol = new RequestProgram?[policy.Symbols.Length];
        foreach (var request in policy.Requests)
        {
            if (Array.Find(request.Claims, c => c.Silence is null && policy.Facts[c.Fact].Type == FactType.Integer) is { } open)
            {
                throw new PackException(
                    "policy", 0, $"The claim '{policy.Facts[open.Fact].Name}' of '{request.Name}' may be unknown and is a whole number, so what it could be cannot be enumerated.",
                    "Make it a boolean, a symbol or money, or say what silence means.");
            }

            _programBySymbol[request.Symbol] = new RequestProgram(policy, request);
        }

        _versions = new Versions(policy);
        _priorities = [.. policy.Priorities.Select(p => (p.Priority, Condition.Of(p.When, -1, 0)))];
        _escalated = policy.FactsByName.TryGetValue("escalated", out var escalated) ? escalated.Index : -1;
        _outcome = policy.FactsByName.TryGetValue("outcome", out var outcome) ? outcome.Index : -1;
        _clarificationClauses = [policy.Clauses[policy.ClarificationClause].Id];
    }

    public RequestProgram ProgramOf(RequestDefinition request) => _programBySymbol[request.Symbol]
        ?? throw new ArgumentException($"'{request.Name}' is no request of this policy.", nameof(request));

    /// <summary>The ruling on a case in which everything that the request is about is identified.</summary>
    public Ruling Judge(Case @case)
    {
        var program = ProgramOf(@case.Request);
        Span<long> facts = stackalloc long[@case.Values.Length];
        @case.Values.CopyTo(facts);
        return @case.Unknown == 0
            ? JudgeKnown(program, @case, facts, @case.Present)
            : JudgeUnknown(program, @case, facts);
    }

    /// <summary>The ruling on one or two requests of one message.</summary>
    /// <param name="missing">What identification lacks, or null.</param>
    public Ruling Judge(Case[] cases, string? missing)
    {
        if (cases.Length == 1)
            return missing is null ? Judge(cases[0]) : Ask(cases, missing);
        var first = cases[0].IsIdentified ? Judge(cases[0]) : null;
        var second = cases[1].IsIdentified ? Judge(cases[1]) : null;
        if ((first?.Problem ?? second?.Problem) is { } problem)
            return Ruling.Open(0, problem, 0);
        string[] claims = [.. first?.AskFor ?? [], .. second?.AskFor ?? []];
        if (missing is null && claims.Length == 0)
            return Union(cases, first!, second!);
        Array.Sort(claims, (a, b) => _policy.FactsByName[a].Index.CompareTo(_policy.FactsByName[b].Index));
        return missing is null ? Ask(cases, claims) : Ask(cases, [missing, .. claims]);
    }

    /// <summary>The ruling that asks for what is missing.</summary>
    public Ruling Ask(ReadOnlySpan<Case> cases, params string[] askFor)
    {
        var action = new ExpectedAction(
            _policy.Actions[_policy.ClarificationAction].Name,
            Money.Zero,
            _clarificationClauses,
            [new("ask_for", string.Join(", ", askFor))]);
        var priority = Priority(cases, escalates: false, "clarify");
        return new Ruling(1, null, [action], _clarificationClauses, Escalates: false, "clarify", priority, askFor, Firing: 0);
    }

    /// <summary>Both resolutions in one: the actions of the first, of the second, then the escalations, those that are the same once.</summary>
    private Ruling Union(Case[] cases, Ruling first, Ruling second)
    {
        var actions = new List<ExpectedAction>(first.Actions.Length + second.Actions.Length);
        actions.AddRange(first.Actions.Where(a => !a.IsEscalation).Select(a => Of(a, cases[0].Request.Name)));
        actions.AddRange(second.Actions.Where(a => !a.IsEscalation).Select(a => Of(a, cases[1].Request.Name)));
        foreach (var escalation in first.Actions.Where(a => a.IsEscalation))
        {
            var same = Array.Find(second.Actions, a => a.IsEscalation && a.Type == escalation.Type && a.Details.AsSpan().SequenceEqual(escalation.Details));
            actions.Add(same is null
                ? Of(escalation, cases[0].Request.Name)
                : Of(escalation with { Clauses = Ranked(escalation.Clauses.Concat(same.Clauses)) }, $"{cases[0].Request.Name}, {cases[1].Request.Name}"));
        }

        actions.AddRange(second.Actions
            .Where(a => a.IsEscalation && !Array.Exists(first.Actions, b => b.IsEscalation && b.Type == a.Type && b.Details.AsSpan().SequenceEqual(a.Details)))
            .Select(a => Of(a, cases[1].Request.Name)));
        var escalates = first.Escalates || second.Escalates;
        var outcome = Outcome([.. actions], first.HasFee || second.HasFee, escalates);
        return new Ruling(
            1, null, [.. actions], Ranked(first.References.Concat(second.References)), escalates, outcome,
            Priority(cases, escalates, outcome), [], first.Firing | second.Firing);

        static ExpectedAction Of(ExpectedAction action, string request) => action with { Details = [new("request", request), .. action.Details] };
    }

    private string[] Ranked(IEnumerable<string> ids) =>
        [.. ids.Distinct(StringComparer.Ordinal).OrderBy(id => _policy.ClausesById[id].Precedence).ThenBy(id => id, StringComparer.Ordinal)];

    /// <summary>How many completions of the unknown claims a case has.</summary>
    public long CompletionsOf(Case @case) =>
        UnknownOf(@case).Aggregate(1L, (product, fact) => product * Completions(_policy.Facts[fact], @case).Length);

    /// <summary>How the case comes out under each completion of its unknown claims.</summary>
    public CaseAnalysis[] Analyse(Case @case) => UnderEach(@case, facts => CaseAnalysis.Of(ProgramOf(@case.Request), @case, facts, @case.Present | @case.Unknown, _versions.On(@case.Day)));

    /// <summary>What the clauses that are cited say under each completion of the unknown claims.</summary>
    public SpokenRule[][] Speak(Case @case) => UnderEach(@case, facts => SpokenRule.Of(ProgramOf(@case.Request), @case, facts, @case.Present | @case.Unknown, @case.Present, _versions.On(@case.Day)));

    private T[] UnderEach<T>(Case @case, Func<long[], T> look)
    {
        var facts = (long[])@case.Values.Clone();
        var found = new List<T>();
        Complete(UnknownOf(@case));
        return [.. found];

        void Complete(ReadOnlySpan<int> unknown)
        {
            if (unknown.IsEmpty)
            {
                found.Add(look(facts));
                return;
            }

            foreach (var value in Completions(_policy.Facts[unknown[0]], @case))
            {
                facts[unknown[0]] = value;
                Complete(unknown[1..]);
            }
        }
    }

    /// <summary>The unknown claims in the order of the facts.</summary>
    public static int[] UnknownOf(Case @case)
    {
        var unknown = new int[BitOperations.PopCount(@case.Unknown)];
        var next = 0;
        for (var rest = @case.Unknown; rest != 0; rest &= rest - 1)
            unknown[next++] = BitOperations.TrailingZeroCount(rest);
        return unknown;
    }

    /// <summary>
    /// Rules under every completion of the unknown claims. Completions are numbered with one digit per claim, so those that
    /// differ in one claim only are found by changing its digit.
    /// </summary>
    private Ruling JudgeUnknown(RequestProgram program, Case @case, Span<long> facts)
    {
        var unknown = UnknownOf(@case);
        var choices = Array.ConvertAll(unknown, f => Completions(_policy.Facts[f], @case));
        var total = 1;
        foreach (var values in choices)
            total *= values.Length;
        if (total > MostCompletions)
            return Ruling.Open(0, $"{total} completions of the unknown claims are too many", 0);

        var rulings = new Ruling[total];
        for (var number = 0; number < total; number++)
        {
            for (int i = 0, rest = number; i < unknown.Length; rest /= choices[i].Length, i++)
                facts[unknown[i]] = choices[i][rest % choices[i].Length];
            rulings[number] = JudgeKnown(program, @case, facts, @case.Present | @case.Unknown);
        }

        if (Array.TrueForAll(rulings, r => r.AnswersLike(rulings[0])))
            return InCommon(rulings);
        var deciding = new List<string>();
        for (int i = 0, step = 1; i < unknown.Length; step *= choices[i].Length, i++)
        {
            if (Matters(rulings, step, choices[i].Length))
                deciding.Add(_policy.Facts[unknown[i]].Name);
        }

        return Ask(new ReadOnlySpan<Case>(in @case), [.. deciding]);
    }

    /// <summary>One answer for all: it cites what every ruling cites, and for an action that no clause demands in every one, what demands it in some.</summary>
    private Ruling InCommon(Ruling[] rulings)
    {
        var answer = rulings[0];
        var actions = new ExpectedAction[answer.Actions.Length];
        for (var i = 0; i < actions.Length; i++)
        {
            var demanding = Array.ConvertAll(rulings, r => r.Actions[i].Clauses);
            var inAll = answer.Actions[i].Clauses.Where(id => Array.TrueForAll(demanding, d => d.Contains(id))).ToArray();
            actions[i] = answer.Actions[i] with { Clauses = inAll is [] ? Ranked(demanding.SelectMany(d => d)) : inAll };
        }

        var cited = answer.References.Where(id => Array.TrueForAll(rulings, r => r.References.Contains(id)));
        return answer with { Actions = actions, References = Ranked(actions.SelectMany(a => a.Clauses).Concat(cited)) };
    }

    private static bool Matters(Ruling[] rulings, int step, int choices)
    {
        for (var number = 0; number < rulings.Length; number++)
        {
            var digit = number / step % choices;
            if (digit > 0 && !rulings[number].AnswersLike(rulings[number - digit * step]))
                return true;
        }

        return false;
    }

    private static long[] Completions(FactDefinition fact, Case @case) => fact.Type switch
    {
        FactType.Boolean => [0, 1],
        FactType.Symbol => Array.ConvertAll(fact.Values, v => (long)v),
        _ => [1, @case.UnitPrice?.Cents ?? LargeAmount],
    };

    private Ruling JudgeKnown(RequestProgram program, Case @case, ReadOnlySpan<long> facts, ulong present)
    {
        var inForce = _versions.On(@case.Day);
        var firing = FiringSets.Find(program, @case.Day, facts, present, inForce);
        var fired = Global(program, firing.Set);
        if (firing.Count != 1)
            return Ruling.Open(firing.Count, $"{firing.Count} sets of clauses satisfy the definition of what fires", 0);
        if (FiringSets.Clash(program, firing.Set))
            return Ruling.Open(0, "clauses of equal precedence set one parameter to different values", fired);

        var situation = new Situation(facts, present, program, firing.Set, inForce);
        Span<int> room = stackalloc int[program.Rules.Length];
        var standing = new StandingEffects(program, @case, firing.Set, situation, room);
        if (!standing.Any(EffectKind.Permit) && !standing.Any(EffectKind.Deny) && !standing.Any(EffectKind.Also))
            return Ruling.Open(0, "no clause gives a verdict or an action", fired);

        Span<long> values = stackalloc long[RequestProgram.MostActions];
        var compliance = ResolutionEnumeration.Find(program, standing, values);
        if (compliance.Classes != 1)
            return Ruling.Open(compliance.Classes, $"{compliance.Classes} classes of resolutions comply with the policy", fired);
        if (ActionList.Build(program, standing, compliance.Actions, values) is not { } actions)
            return Ruling.Open(0, "clauses demand one action with different particulars", fired);

        var escalates = standing.Any(EffectKind.Escalate);
        var hasFee = HasFee(standing);
        var outcome = Outcome(actions, hasFee, escalates);
        return new Ruling(
            1, null, actions, References(program, standing), escalates, outcome,
            Priority(new ReadOnlySpan<Case>(in @case), escalates, outcome), [], fired)
        {
            HasFee = hasFee,
        };
    }

    private static bool HasFee(in StandingEffects standing)
    {
        for (var i = 0; i < standing.Count; i++)
        {
            if (standing[i].Source.Effect == EffectKind.Fee && standing.FeePercentOn(standing[i].Decision) != 0)
                return true;
        }

        return false;
    }

    private static string[] References(RequestProgram program, in StandingEffects standing)
    {
        ulong cited = 0;
        for (var i = 0; i < standing.Count; i++)
            cited |= 1UL << standing[i].Clause;
        return ActionList.Ids(program, cited);
    }

    private string Outcome(ExpectedAction[] actions, bool hasFee, bool escalates)
    {
        if (escalates)
            return "escalate";
        var kinds = 0;
        var paying = false;
        foreach (var action in actions)
        {
            var kind = _policy.ActionsByName[action.Type].Kind;
            kinds |= 1 << (int)kind;
            paying |= kind == ActionKind.Grant && action.Value < Money.Zero;
        }

        var granted = Has(ActionKind.Grant);
        return Has(ActionKind.Clarify) ? "clarify"
            : Has(ActionKind.Conditional) ? "conditional"
            : Has(ActionKind.Investigate) ? "investigate"
            : Has(ActionKind.Deny) ? granted ? "mixed" : "deny"
            : paying ? "approve_with_payment"
            : granted && hasFee ? "approve_with_fee"
            : granted ? "approve"
            : "information";

        bool Has(ActionKind kind) => (kinds >> (int)kind & 1) != 0;
    }

    /// <summary>The first priority that holds for one of the requests, each on its own facts.</summary>
    private string Priority(ReadOnlySpan<Case> cases, bool escalates, string outcome)
    {
        var best = _priorities.Length;
        Span<long> facts = stackalloc long[_policy.Facts.Length];
        foreach (var @case in cases)
        {
            @case.Values.CopyTo(facts);
            var present = @case.Present;
            if (_escalated >= 0)
            {
                facts[_escalated] = escalates ? 1 : 0;
                present |= 1UL << _escalated;
            }

            if (_outcome >= 0 && _policy.SymbolOf(outcome) is var symbol and >= 0)
            {
                facts[_outcome] = symbol;
                present |= 1UL << _outcome;
            }

            var situation = new Situation(facts, present, null, 0, _versions.On(@case.Day));
            for (var i = 0; i < best; i++)
            {
                if (_priorities[i].When.Holds(situation))
                    best = i;
            }
        }

        return best < _priorities.Length ? _priorities[best].Priority : "";
    }

    private static ulong Global(RequestProgram program, ulong local)
    {
        ulong mask = 0;
        for (; local != 0; local &= local - 1)
        {
            var index = program.Clauses[BitOperations.TrailingZeroCount(local)].Source.Index;
            mask |= index < 64 ? 1UL << index : 0;
        }

        return mask;
    }
}
