using System.Numerics;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Decisions;

/// <summary>
/// The first oracle: derives the resolution of a case from its facts.
/// </summary>
/// <remarks>
/// Clauses are visited in an order in which everything that can silence, require or modify a clause comes before it
/// (<see cref="EvaluationOrder"/>). A visited clause fires when it is effective on the day, is not overridden, applies or
/// is required, and the condition of a rule of it holds under the parameters as modified so far, which are final by then.
/// The verdicts of the rules that took effect then compete by precedence within each decision, fees lower
/// what is permitted, and what is left are the actions. docs/policy.md is the specification.
/// </remarks>
public sealed class PolicyEngine
{
    private readonly PolicyDocument _policy;
    private readonly Clause[][] _byRequest;
    private readonly int[][] _decisionOfRule;
    private readonly int _requestFact;
    private readonly DateOnly[] _versionDays;
    private readonly long[][] _parameters;

    /// <exception cref="PackException">The relations of the clauses form a cycle.</exception>
    public PolicyEngine(PolicyDocument policy, string file = "policy.yaml")
    {
        _policy = policy;
        if (policy.Clauses.Length > 64)
            throw new PackException(file, 0, $"There are {policy.Clauses.Length} clauses; at most 64 are possible.", "Merge or remove clauses.");
        var order = EvaluationOrder.Of(policy, file);
        _requestFact = policy.FactsByName["request"].Index;
        _byRequest = new Clause[policy.Symbols.Length][];
        foreach (var request in policy.Requests)
            _byRequest[request.Symbol] = Relevant(order, request.Symbol);
        _decisionOfRule = DecisionsOfRules(policy);
        _versionDays = [.. policy.Clauses.SelectMany(c => c.Versions).Select(v => v.From).Distinct().Order()];
        _parameters = ParametersByVersion(policy, _versionDays);
    }

    internal PolicyDocument Policy => _policy;

    /// <summary>Derives the resolution. Every fact that is not in <paramref name="facts"/> is absent.</summary>
    public void Derive(FactSet facts, in CaseAmounts amounts, DateOnly day, Derivation result)
    {
        result.Reset(ParametersOn(day));
        ulong fired = 0;
        ulong overridden = 0;
        ulong required = 0;
        foreach (var clause in _byRequest[facts[_requestFact]])
        {
            var bit = 1UL << clause.Index;
            if (!clause.IsEffective(day))
                continue;
            var applies = (required & bit) != 0 || (!clause.OnlyWhenRequired && Evaluation.Holds(clause.Applies, facts, result.Parameters));
            if (!applies)
                continue;
            result.Applicable |= bit;
            result.Status[clause.Index] = ClauseStatus.Applicable;
            var holding = HoldingRules(clause, facts, result.Parameters);
            if (holding == 0)
                continue;
            if ((overridden & bit) != 0)
            {
                result.Status[clause.Index] = ClauseStatus.Overridden;
                continue;
            }

            result.Holding[clause.Index] = holding;
            fired |= bit;
            result.Status[clause.Index] = ClauseStatus.Outranked;
            foreach (var weaker in clause.Overrides)
            {
                overridden |= 1UL << weaker;
                result.OverriddenBy[weaker] = clause.Index;
            }

            foreach (var other in clause.Requires)
                required |= 1UL << other;
            foreach (var modification in clause.Modifies)
                Modify(modification, result);
        }

        CollectVerdicts(facts, amounts, fired, result);
        var verdicts = result.ActionCount;
        CollectRest(facts, amounts, fired, verdicts, result);
        Conclude(result);
    }

    /// <summary>Values of all parameters on a day, before modification. Not to be written to.</summary>
    internal long[] ParametersOn(DateOnly day)
    {
        var version = 0;
        while (version < _versionDays.Length && _versionDays[version] <= day)
            version++;
        return _parameters[version];
    }

    private static ulong HoldingRules(Clause clause, FactSet facts, long[] parameters)
    {
        ulong holding = 0;
        foreach (var rule in clause.Rules)
        {
            if (Evaluation.Holds(rule.When, facts, parameters))
                holding |= 1UL << rule.Index;
        }

        return holding;
    }

    private void Modify(Modification modification, Derivation result)
    {
        var standing = result.ModifiedBy[modification.Parameter];
        if (standing >= 0 && _policy.Clauses[standing].Precedence <= _policy.Clauses[modification.Clause].Precedence)
            return;
        result.ModifiedBy[modification.Parameter] = modification.Clause;
        result.Parameters[modification.Parameter] = modification.Value;
    }

    /// <summary>For each decision the strongest verdict; verdicts that agree with it stand beside it.</summary>
    private void CollectVerdicts(FactSet facts, in CaseAmounts amounts, ulong fired, Derivation result)
    {
        for (var rest = fired; rest != 0; rest &= rest - 1)
        {
            var clause = _policy.Clauses[BitOperations.TrailingZeroCount(rest)];
            foreach (var rule in clause.Rules)
            {
                if (rule.Effect is not (EffectKind.Permit or EffectKind.Deny) || !Holds(result, clause, rule))
                    continue;
                var decision = _decisionOfRule[clause.Index][rule.Index];
                var due = new DueAction { Action = rule.Action, Effect = rule.Effect, Decision = decision, Value = amounts.Of(rule.Value, facts, result.Parameters), Clause = clause.Index, Rule = rule.Index };
                var index = IndexOfVerdict(result, decision);
                if (index < 0)
                    result.Add(due);
                else if (clause.Precedence < _policy.Clauses[result.Due[index].Clause].Precedence)
                    result.Due[index] = due;
            }
        }

        foreach (ref var verdict in result.Due)
            Unite(facts, amounts, fired, result, ref verdict);
        if (result.ActionCount > 1)
            result.Due.Sort(static (a, b) => a.Decision.CompareTo(b.Decision));
    }

    private void Unite(FactSet facts, in CaseAmounts amounts, ulong fired, Derivation result, ref DueAction verdict)
    {
        var winner = result.Rule(verdict);
        for (var rest = fired; rest != 0; rest &= rest - 1)
        {
            var clause = _policy.Clauses[BitOperations.TrailingZeroCount(rest)];
            foreach (var rule in clause.Rules)
            {
                if (rule.Effect == verdict.Effect && rule.Action == verdict.Action && _decisionOfRule[clause.Index][rule.Index] == verdict.Decision
                    && Holds(result, clause, rule)
                    && amounts.Of(rule.Value, facts, result.Parameters) == verdict.Value
                    && result.DetailsAgree(winner, rule))
                {
                    verdict.Clauses |= 1UL << clause.Index;
                }
            }
        }
    }

    private static bool Holds(Derivation result, Clause clause, ClauseRule rule) => (result.Holding[clause.Index] >> rule.Index & 1) != 0;

    /// <summary>Fees, further actions and support in the order of the clauses, then escalations.</summary>
    private void CollectRest(FactSet facts, in CaseAmounts amounts, ulong fired, int verdicts, Derivation result)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var rest = fired; rest != 0; rest &= rest - 1)
            {
                var clause = _policy.Clauses[BitOperations.TrailingZeroCount(rest)];
                foreach (var rule in clause.Rules)
                {
                    if (pass == 0 ? rule.Effect is EffectKind.Permit or EffectKind.Deny or EffectKind.Escalate : rule.Effect != EffectKind.Escalate)
                        continue;
                    if (Holds(result, clause, rule))
                        TakeEffect(clause, rule, facts, amounts, verdicts, result);
                }
            }
        }
    }

    private void TakeEffect(Clause clause, ClauseRule rule, FactSet facts, in CaseAmounts amounts, int verdicts, Derivation result)
    {
        switch (rule.Effect)
        {
            case EffectKind.Support:
                result.References |= 1UL << clause.Index;
                break;
            case EffectKind.Fee:
                var index = IndexOfVerdict(result, _decisionOfRule[clause.Index][rule.Index]);
                if (index < 0 || result.Due[index].Effect != EffectKind.Permit)
                    break;
                TakeFee(ref result.Due[index], (int)result.Parameters[rule.Fee], amounts, result);
                result.References |= 1UL << clause.Index;
                break;
            case EffectKind.Also:
            case EffectKind.Escalate:
                result.Escalated |= rule.Effect == EffectKind.Escalate;
                Demand(clause, rule, amounts.Of(rule.Value, facts, result.Parameters), verdicts, result);
                break;
        }
    }

    /// <summary>Fees add up: one fee of the sum of their percentages.</summary>
    private static void TakeFee(ref DueAction permitted, int percent, in CaseAmounts amounts, Derivation result)
    {
        var charged = result.Rule(permitted).Value.Amount == Amount.UnitAmount ? amounts.UnitPrice : amounts.LineAmount;
        permitted.Value += permitted.Fee;
        permitted.FeePercent += percent;
        permitted.Fee = charged.Percent(permitted.FeePercent);
        permitted.Value -= permitted.Fee;
    }

    private static void Demand(Clause clause, ClauseRule rule, Money value, int verdicts, Derivation result)
    {
        var bit = 1UL << clause.Index;
        for (var i = verdicts; i < result.ActionCount; i++)
        {
            ref var due = ref result.Due[i];
            if (due.Action == rule.Action && due.Effect == rule.Effect && due.Value == value && result.DetailsAgree(result.Rule(due), rule))
            {
                due.Clauses |= bit;
                return;
            }
        }

        result.Add(new DueAction { Action = rule.Action, Effect = rule.Effect, Decision = -1, Value = value, Clause = clause.Index, Rule = rule.Index, Clauses = bit });
    }

    private static void Conclude(Derivation result)
    {
        foreach (ref readonly var action in result.Actions)
            result.References |= action.Clauses;
        for (var index = 0; index < result.Status.Length; index++)
        {
            if ((result.References >> index & 1) != 0)
                result.Status[index] = ClauseStatus.Decisive;
        }
    }

    private static int IndexOfVerdict(Derivation result, int decision)
    {
        for (var i = 0; i < result.ActionCount; i++)
        {
            if (result.Actions[i].Decision == decision && result.Actions[i].Effect is EffectKind.Permit or EffectKind.Deny)
                return i;
        }

        return -1;
    }

    /// <summary>Decisions are numbered by where they first stand in the policy; actions are listed in that order.</summary>
    private static int[][] DecisionsOfRules(PolicyDocument policy)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = new int[policy.Clauses.Length][];
        foreach (var clause in policy.Clauses)
        {
            result[clause.Index] = new int[clause.Rules.Length];
            foreach (var rule in clause.Rules)
            {
                if (!numbers.TryGetValue(rule.Decision, out var number))
                    numbers[rule.Decision] = number = numbers.Count;
                result[clause.Index][rule.Index] = number;
            }
        }

        return result;
    }

    /// <summary>Values of all parameters before the first version day, from each on.</summary>
    private static long[][] ParametersByVersion(PolicyDocument policy, DateOnly[] days)
    {
        var result = new long[days.Length + 1][];
        result[0] = Array.ConvertAll(policy.Parameters, p => p.Value);
        for (var i = 0; i < days.Length; i++)
        {
            result[i + 1] = [.. result[i]];
            foreach (var setting in policy.Clauses.SelectMany(c => c.Versions).Where(v => v.From == days[i]).SelectMany(v => v.Settings))
                result[i + 1][setting.Parameter] = setting.Value;
        }

        return result;
    }

    /// <summary>The clauses that can have a part in a request of this kind: those that may apply, and what these require.</summary>
    private Clause[] Relevant(Clause[] order, int request)
    {
        var kept = new HashSet<int>();
        foreach (var clause in order)
        {
            if (!clause.OnlyWhenRequired && Evaluation.HoldsKnowingOnly(clause.Applies, _requestFact, request) != false)
                Keep(clause);
        }

        return [.. order.Where(c => kept.Contains(c.Index))];

        void Keep(Clause clause)
        {
            if (!kept.Add(clause.Index))
                return;
            foreach (var required in clause.Requires)
                Keep(_policy.Clauses[required]);
        }
    }
}
