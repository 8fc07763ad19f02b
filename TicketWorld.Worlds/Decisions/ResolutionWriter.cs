using System.Globalization;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Decisions;

/// <summary>Turns the decided requests of a message, or the need to ask, into a resolution with its reasons. Holds scratch: one for each thread.</summary>
internal sealed class ResolutionWriter
{
    private readonly PolicyDocument _policy;
    private readonly RecordFacts _names;
    private readonly Reasoning _reasoning;
    private readonly int[] _byStrength;
    private readonly Dictionary<ulong, string[]> _clauseLists = [];
    private readonly Dictionary<(string, string?), string[]> _requestLists = [];

    public ResolutionWriter(PolicyDocument policy)
    {
        _policy = policy;
        _names = new RecordFacts(policy);
        _byStrength = [.. policy.Clauses.OrderBy(c => c.Precedence).ThenBy(c => c.Id, StringComparer.Ordinal).Select(c => c.Index)];
        _reasoning = new Reasoning(policy, _byStrength);
    }

    /// <summary>The resolution of requests that all have an answer.</summary>
    public ResolutionPlan Decided(ReadOnlySpan<RequestCase> cases, in Identified who)
    {
        ulong references = 0;
        string? escalation = null;
        foreach (var request in cases)
        {
            references |= request.Derivation.References;
            escalation ??= request.Derivation.Escalated ? EscalationReason(request.Derivation) : null;
        }

        var actions = cases.Length == 1 ? Actions(cases[0], who) : Joined(cases, who);
        return Plan(cases, who, Outcome(cases), actions, Clauses(references), _reasoning.Of(cases), escalation);
    }

    /// <summary>The resolution that asks for what identification lacks and for the claims that matter.</summary>
    public ResolutionPlan Asking(ReadOnlySpan<RequestCase> cases, in Identified who)
    {
        ulong askFor = 0;
        foreach (var request in cases)
            askFor |= request.AskFor;
        var claims = _policy.Facts.Where(f => (askFor >> f.Index & 1) != 0).Select(f => f.Name);
        var names = string.Join(", ", who.Missing is { } lacking ? claims.Prepend(lacking) : claims);
        var clause = _policy.Clauses[_policy.ClarificationClause];
        var action = new ResolutionAction(
            _policy.Actions[_policy.ClarificationAction].Name,
            who.Missing is null ? "what the customer left open changes the answer" : "the message does not tell what it is about",
            Money.Zero,
            [clause.Id],
            [KeyValuePair.Create("ask_for", names)]);
        var reasoning = who.Missing is { } missing
            ? $"The {missing.Replace('_', ' ')} cannot be told from the message and the records; {clause.Id} asks for {names} before deciding."
            : $"The answer depends on {names}, which the customer did not say; {clause.Id} asks for it before deciding.";
        return Plan(cases, who, "clarify", [action], [clause.Id], reasoning, null);
    }

    private ResolutionPlan Plan(ReadOnlySpan<RequestCase> cases, in Identified who, string outcome, ResolutionAction[] actions, string[] references, string reasoning, string? escalation)
    {
        var total = Money.Zero;
        foreach (var action in actions)
            total += action.Value;
        return new ResolutionPlan
        {
            Order = who.Order?.Id,
            OrderDate = who.Order?.Id.Date,
            Product = who.Product?.Id,
            Lookup = who.Lookup,
            Requests = Requests(cases),
            Outcome = outcome,
            PolicyReferences = references,
            PolicyReasoning = reasoning,
            Actions = actions,
            EscalationRequired = escalation is not null,
            EscalationReason = escalation,
            Priority = Priority(cases, outcome, escalation is not null),
            TotalValue = total,
        };
    }

    /// <summary>The first priority that holds for one of the requests.</summary>
    private string Priority(ReadOnlySpan<RequestCase> cases, string outcome, bool escalated)
    {
        foreach (var request in cases)
        {
            request.Facts.Set(_names.Escalated, escalated);
            request.Facts.Set(_names.Outcome, _policy.SymbolOf(outcome));
        }

        foreach (var rule in _policy.Priorities)
        {
            foreach (var request in cases)
            {
                if (Evaluation.Holds(rule.When, request.Facts, []))
                    return rule.Priority;
            }
        }

        throw new InvalidOperationException("The last priority holds always.");
    }

    private string Outcome(ReadOnlySpan<RequestCase> cases)
    {
        var kinds = 0;
        var fee = false;
        var pays = false;
        foreach (var request in cases)
        {
            if (request.Derivation.Escalated)
                return "escalate";
            foreach (ref readonly var action in request.Derivation.Actions)
            {
                kinds |= 1 << (int)_policy.Actions[action.Action].Kind;
                fee |= action.FeePercent > 0;
                pays |= action.Value < Money.Zero;
            }
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

    private ResolutionAction[] Actions(RequestCase request, in Identified who)
    {
        var actions = new ResolutionAction[request.Derivation.ActionCount];
        for (var i = 0; i < actions.Length; i++)
        {
            ref readonly var due = ref request.Derivation.Actions[i];
            actions[i] = Action(request, due, who, null, Clauses(due.Clauses));
        }

        return actions;
    }

    /// <summary>What the first request demands, then the second, then the escalations, those of both that are equal as one.</summary>
    private ResolutionAction[] Joined(ReadOnlySpan<RequestCase> cases, in Identified who)
    {
        var actions = new List<ResolutionAction>();
        foreach (var request in cases)
        {
            foreach (ref readonly var due in request.Derivation.Actions)
            {
                if (due.Effect != EffectKind.Escalate)
                    actions.Add(Action(request, due, who, request.Request.Name, Clauses(due.Clauses)));
            }
        }

        var first = actions.Count;
        var demanding = new List<ulong>();
        foreach (var request in cases)
        {
            foreach (ref readonly var due in request.Derivation.Actions)
            {
                if (due.Effect != EffectKind.Escalate)
                    continue;
                var action = Action(request, due, who, request.Request.Name, Clauses(due.Clauses));
                var same = actions.FindIndex(first, a => a.Type == action.Type && a.Details.AsSpan(1).SequenceEqual(action.Details.AsSpan(1)));
                if (same < 0)
                {
                    actions.Add(action);
                    demanding.Add(due.Clauses);
                    continue;
                }

                demanding[same - first] |= due.Clauses;
                var both = KeyValuePair.Create("request", $"{actions[same].Details[0].Value}, {request.Request.Name}");
                actions[same] = actions[same] with { Clauses = Clauses(demanding[same - first]), Details = [both, .. action.Details[1..]] };
            }
        }

        return [.. actions];
    }

    private ResolutionAction Action(RequestCase request, in DueAction due, in Identified who, string? name, string[] clauses)
    {
        var rule = request.Derivation.Rule(due);
        return new ResolutionAction(_policy.Actions[due.Action].Name, rule.Reason, due.Value, clauses, Details(request, due, rule, who, name));
    }

    private KeyValuePair<string, string>[] Details(RequestCase request, in DueAction due, ClauseRule rule, in Identified who, string? name)
    {
        var at = name is null ? 0 : 1;
        var details = new KeyValuePair<string, string>[at + rule.Details.Length + (due.FeePercent > 0 ? 2 : 0)];
        if (name is not null)
            details[0] = KeyValuePair.Create("request", name);
        foreach (var detail in rule.Details)
        {
            var value = detail.Source switch
            {
                DetailSource.Parameter => Values.Format(request.Derivation.Parameters[detail.Parameter], _policy.Parameters[detail.Parameter].Type, _policy.Symbols),
                DetailSource.TrackingNumber => who.Order?.TrackingNumber ?? "none",
                DetailSource.OrderStatus => who.Order is { } order ? Snake.Name(order.Status) : "none",
                DetailSource.TargetProduct => new ProductId(request.Amounts.TargetProduct).ToString(),
                _ => detail.Literal,
            };
            details[at++] = KeyValuePair.Create(detail.Name, value);
        }

        if (due.FeePercent > 0)
        {
            details[^2] = KeyValuePair.Create("fee_percent", due.FeePercent.ToString(CultureInfo.InvariantCulture));
            details[^1] = KeyValuePair.Create("fee", due.Fee.ToString());
        }

        return details;
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

    private string[] Requests(ReadOnlySpan<RequestCase> cases)
    {
        var key = (cases[0].Request.Name, cases.Length > 1 ? cases[1].Request.Name : null);
        if (!_requestLists.TryGetValue(key, out var names))
            _requestLists[key] = names = key.Item2 is { } second ? [key.Name, second] : [key.Name];
        return names;
    }

    private string[] Clauses(ulong bits)
    {
        if (_clauseLists.TryGetValue(bits, out var known))
            return known;
        return _clauseLists[bits] = [.. _byStrength.Where(i => (bits >> i & 1) != 0).Select(i => _policy.Clauses[i].Id)];
    }
}
