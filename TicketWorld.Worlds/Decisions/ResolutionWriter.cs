using System.Globalization;
using System.Text;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Decisions;

/// <summary>Turns a derivation, or the need to ask, into a resolution with its reasons. Holds scratch: one for each thread.</summary>
internal sealed class ResolutionWriter
{
    private readonly PolicyDocument _policy;
    private readonly RecordFacts _names;
    private readonly int[] _byStrength;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<ulong, string[]> _clauseLists = [];

    public ResolutionWriter(PolicyDocument policy)
    {
        _policy = policy;
        _names = new RecordFacts(policy);
        _byStrength = [.. policy.Clauses.OrderBy(c => c.Precedence).ThenBy(c => c.Id, StringComparer.Ordinal).Select(c => c.Index)];
    }

    /// <summary>The resolution that the derivation gives.</summary>
    public ResolutionPlan Decided(Derivation derivation, in Identified who, FactSet facts, in CaseAmounts amounts)
    {
        var actions = new ResolutionAction[derivation.ActionCount];
        var total = Money.Zero;
        for (var i = 0; i < actions.Length; i++)
        {
            ref readonly var due = ref derivation.Actions[i];
            var rule = derivation.Rule(due);
            actions[i] = new ResolutionAction(_policy.Actions[due.Action].Name, rule.Reason, due.Value, Clauses(due.Clauses), Details(due, rule, derivation, who, amounts));
            total += due.Value;
        }

        var outcome = Outcome(derivation);
        return Plan(who, outcome, actions, Clauses(derivation.References), Reasoning(derivation, facts), derivation.Escalated ? EscalationReason(derivation) : null, facts, total);
    }

    /// <summary>The resolution that asks.</summary>
    /// <param name="missing">What identification lacks, or null.</param>
    /// <param name="askFor">Bits of the facts to ask for.</param>
    public ResolutionPlan Asking(string? missing, ulong askFor, in Identified who, FactSet facts)
    {
        var names = missing ?? string.Join(", ", _policy.Facts.Where(f => (askFor >> f.Index & 1) != 0).Select(f => f.Name));
        var clause = _policy.Clauses[_policy.ClarificationClause];
        var action = new ResolutionAction(
            _policy.Actions[_policy.ClarificationAction].Name,
            missing is null ? "what the customer left open changes the answer" : "the message does not tell what it is about",
            Money.Zero,
            [clause.Id],
            [KeyValuePair.Create("ask_for", names)]);
        var reasoning = missing is null
            ? $"The answer depends on {names}, which the customer did not say; {clause.Id} asks for it before deciding."
            : $"The {missing.Replace('_', ' ')} cannot be told from the message and the records; {clause.Id} asks for it before deciding.";
        return Plan(who, "clarify", [action], [clause.Id], reasoning, null, facts, Money.Zero);
    }

    private ResolutionPlan Plan(in Identified who, string outcome, ResolutionAction[] actions, string[] references, string reasoning, string? escalation, FactSet facts, Money total) => new()
    {
        Order = who.Order?.Id,
        OrderDate = who.Order?.Id.Date,
        Product = who.Product?.Id,
        Lookup = who.Lookup,
        Outcome = outcome,
        PolicyReferences = references,
        PolicyReasoning = reasoning,
        Actions = actions,
        EscalationRequired = escalation is not null,
        EscalationReason = escalation,
        Priority = Priority(outcome, escalation is not null, facts),
        TotalValue = total,
    };

    private string Priority(string outcome, bool escalated, FactSet facts)
    {
        facts.Set(_names.Escalated, escalated);
        facts.Set(_names.Outcome, _policy.SymbolOf(outcome));
        var parameters = Array.Empty<long>();
        foreach (var rule in _policy.Priorities)
        {
            if (Evaluation.Holds(rule.When, facts, parameters))
                return rule.Priority;
        }

        throw new InvalidOperationException("The last priority holds always.");
    }

    private string Outcome(Derivation derivation)
    {
        if (derivation.Escalated)
            return "escalate";
        var kinds = 0;
        var fee = false;
        var pays = false;
        foreach (ref readonly var action in derivation.Actions)
        {
            kinds |= 1 << (int)_policy.Actions[action.Action].Kind;
            fee |= action.FeePercent > 0;
            pays |= action.Value < Money.Zero;
        }

        return Has(ActionKind.Conditional) ? "conditional"
            : Has(ActionKind.Investigate) ? "investigate"
            : Has(ActionKind.Deny) ? Has(ActionKind.Grant) ? "mixed" : "deny"
            : !Has(ActionKind.Grant) ? "information"
            : pays ? "approve_with_payment"
            : fee ? "approve_with_fee"
            : "approve";

        bool Has(ActionKind kind) => (kinds >> (int)kind & 1) != 0;
    }

    private KeyValuePair<string, string>[] Details(in DueAction due, ClauseRule rule, Derivation derivation, in Identified who, in CaseAmounts amounts)
    {
        var details = new KeyValuePair<string, string>[rule.Details.Length + (due.FeePercent > 0 ? 2 : 0)];
        for (var i = 0; i < rule.Details.Length; i++)
        {
            var detail = rule.Details[i];
            var value = detail.Source switch
            {
                DetailSource.Parameter => Values.Format(derivation.Parameters[detail.Parameter], _policy.Parameters[detail.Parameter].Type, _policy.Symbols),
                DetailSource.TrackingNumber => who.Order?.TrackingNumber ?? "none",
                DetailSource.OrderStatus => who.Order is { } order ? Snake.Name(order.Status) : "none",
                DetailSource.TargetProduct => new ProductId(amounts.TargetProduct).ToString(),
                _ => detail.Literal,
            };
            details[i] = KeyValuePair.Create(detail.Name, value);
        }

        if (due.FeePercent > 0)
        {
            details[^2] = KeyValuePair.Create("fee_percent", due.FeePercent.ToString(CultureInfo.InvariantCulture));
            details[^1] = KeyValuePair.Create("fee", due.Fee.ToString());
        }

        return details;
    }

    /// <summary>The facts that decided, with their source, and the clauses that they made fire.</summary>
    private string Reasoning(Derivation derivation, FactSet facts)
    {
        _text.Clear();
        foreach (var index in _byStrength)
        {
            if ((derivation.References >> index & 1) == 0)
                continue;
            var clause = _policy.Clauses[index];
            if (_text.Length > 0)
                _text.Append(' ');
            _text.Append(clause.Id).Append(" (").Append(clause.Title).Append("): ");
            foreach (var rule in clause.Rules)
            {
                if (!Evaluation.Holds(rule.When, facts, derivation.Parameters))
                    continue;
                _text.Append(rule.Reason);
                var before = _text.Length;
                var separator = " [";
                rule.When.Visit(operand => AppendOperand(operand, facts, derivation, ref separator));
                if (_text.Length > before)
                    _text.Append(']');
                _text.Append('.');
                break;
            }
        }

        return _text.ToString();
    }

    private void AppendOperand(Operand operand, FactSet facts, Derivation derivation, ref string separator)
    {
        if (operand.Fact >= 0 && facts.TryGet(operand.Fact, out var value))
        {
            var fact = _policy.Facts[operand.Fact];
            if (fact.Index == _names.Request)
                return;
            _text.Append(separator).Append(fact.Name).Append(" = ").Append(Values.Format(value, fact.Type, _policy.Symbols)).Append(", ").Append(Snake.Name(fact.Source));
            separator = "; ";
        }
        else if (operand.Parameter >= 0)
        {
            var parameter = _policy.Parameters[operand.Parameter];
            _text.Append(separator).Append(parameter.Name).Append(" = ").Append(Values.Format(derivation.Parameters[operand.Parameter], parameter.Type, _policy.Symbols));
            separator = "; ";
        }
    }

    private static string EscalationReason(Derivation derivation)
    {
        foreach (ref readonly var action in derivation.Actions)
        {
            if (action.Effect == EffectKind.Escalate)
                return derivation.Rule(action).Reason;
        }

        throw new InvalidOperationException("An escalated derivation has an escalation.");
    }

    internal string[] Clauses(ulong bits)
    {
        if (_clauseLists.TryGetValue(bits, out var known))
            return known;
        return _clauseLists[bits] = [.. _byStrength.Where(i => (bits >> i & 1) != 0).Select(i => _policy.Clauses[i].Id)];
    }
}
