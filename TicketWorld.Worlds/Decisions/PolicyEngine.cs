using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

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
    }

    internal PolicyDocument Policy => _policy;

    /// <summary>Derives the resolution. Every fact that is not in <paramref name="facts"/> is absent.</summary>
    public void Derive(FactSet facts, in CaseAmounts amounts, DateOnly day, Derivation result)
    {
        result.Reset();
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
            if ((overridden & bit) != 0)
            {
                if (AnyRuleHolds(clause, facts, result.Parameters))
                    result.Status[clause.Index] = ClauseStatus.Overridden;
                continue;
            }

            if (!AnyRuleHolds(clause, facts, result.Parameters))
                continue;
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
        CollectRest(facts, amounts, fired, result);
        Conclude(result);
    }

    private static bool AnyRuleHolds(Clause clause, FactSet facts, long[] parameters)
    {
        foreach (var rule in clause.Rules)
        {
            if (Evaluation.Holds(rule.When, facts, parameters))
                return true;
        }

        return false;
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
        foreach (var clause in _policy.Clauses)
        {
            if ((fired >> clause.Index & 1) == 0)
                continue;
            foreach (var rule in clause.Rules)
            {
                if (rule.Effect is not (EffectKind.Permit or EffectKind.Deny) || !Evaluation.Holds(rule.When, facts, result.Parameters))
                    continue;
                var value = amounts.Of(rule.Amount);
                var decision = _decisionOfRule[clause.Index][rule.Index];
                var index = IndexOfVerdict(result, decision);
                if (index < 0)
                {
                    result.Add(new DueAction { Action = rule.Action, Effect = rule.Effect, Decision = decision, Value = value, Clause = clause.Index, Rule = rule.Index });
                    continue;
                }

                ref var standing = ref result.Due[index];
                if (clause.Precedence < _policy.Clauses[standing.Clause].Precedence)
                    standing = new DueAction { Action = rule.Action, Effect = rule.Effect, Decision = decision, Value = value, Clause = clause.Index, Rule = rule.Index };
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
        foreach (var clause in _policy.Clauses)
        {
            if ((fired >> clause.Index & 1) == 0)
                continue;
            foreach (var rule in clause.Rules)
            {
                if (rule.Effect != verdict.Effect || _decisionOfRule[clause.Index][rule.Index] != verdict.Decision || rule.Action != verdict.Action || amounts.Of(rule.Amount) != verdict.Value
                    || !Evaluation.Holds(rule.When, facts, result.Parameters)
                    || !Derivation.DetailsAgree(winner, result.Parameters, amounts, rule, result.Parameters, amounts))
                {
                    continue;
                }

                verdict.Clauses |= 1UL << clause.Index;
            }
        }
    }

    private void CollectRest(FactSet facts, in CaseAmounts amounts, ulong fired, Derivation result)
    {
        var verdicts = result.ActionCount;
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var clause in _policy.Clauses)
            {
                if ((fired >> clause.Index & 1) == 0)
                    continue;
                foreach (var rule in clause.Rules)
                {
                    if (pass == 0 ? rule.Effect is EffectKind.Permit or EffectKind.Deny or EffectKind.Escalate : rule.Effect != EffectKind.Escalate)
                        continue;
                    if (Evaluation.Holds(rule.When, facts, result.Parameters))
                        TakeEffect(clause, rule, amounts, verdicts, result);
                }
            }
        }
    }

    private void TakeEffect(Clause clause, ClauseRule rule, in CaseAmounts amounts, int verdicts, Derivation result)
    {
        var bit = 1UL << clause.Index;
        switch (rule.Effect)
        {
            case EffectKind.Support:
                result.References |= bit;
                break;
            case EffectKind.Fee:
                var index = IndexOfVerdict(result, _decisionOfRule[clause.Index][rule.Index]);
                if (index < 0 || result.Due[index].Effect != EffectKind.Permit)
                    break;
                ref var permitted = ref result.Due[index];
                var percent = (int)result.Parameters[rule.Fee];
                var fee = amounts.LineAmount.Percent(percent);
                permitted.FeePercent += percent;
                permitted.Fee += fee;
                permitted.Value -= fee;
                result.References |= bit;
                break;
            case EffectKind.Also:
            case EffectKind.Escalate:
                result.Escalated |= rule.Effect == EffectKind.Escalate;
                for (var i = verdicts; i < result.ActionCount; i++)
                {
                    ref var due = ref result.Due[i];
                    if (due.Action == rule.Action && due.Effect == rule.Effect)
                    {
                        due.Clauses |= bit;
                        return;
                    }
                }

                result.Add(new DueAction { Action = rule.Action, Effect = rule.Effect, Decision = -1, Clause = clause.Index, Rule = rule.Index, Clauses = bit });
                break;
        }
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
