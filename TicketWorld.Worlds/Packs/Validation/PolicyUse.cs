using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>Finds what a policy defines and no clause of it uses: facts, actions, parameters, named conditions.</summary>
internal sealed class PolicyUse
{
    private readonly PolicyDocument _policy;
    private readonly PackNode _root;
    private readonly FindingList _findings;

    private PolicyUse(PolicyDocument policy, PackNode root, FindingList findings)
    {
        _policy = policy;
        _root = root;
        _findings = findings;
    }

    public static void Check(PolicyDocument policy, PackNode root, FindingList findings)
    {
        var use = new PolicyUse(policy, root, findings);
        use.Facts();
        use.Actions();
        use.Parameters();
        use.Conditions();
    }

    private void Facts()
    {
        var read = new HashSet<int> { _policy.FactsByName["request"].Index };
        foreach (var condition in _policy.Clauses.SelectMany(c => c.Rules.Select(r => r.When).Prepend(c.Applies)).Concat(_policy.Priorities.Select(p => p.When)))
            condition.Visit(operand => read.Add(operand.Fact));
        foreach (var value in _policy.Clauses.SelectMany(c => c.Rules).Select(r => r.Value))
            read.Add(KnownFacts.ReadBy(value.Amount) is { } name ? _policy.FactsByName[name].Index : value.Amount == Amount.Fact ? value.Source : -1);
        read.UnionWith(_policy.Facts.Where(f => f.Record >= 0 && read.Contains(f.Index)).Select(f => f.Record).ToArray());
        foreach (var fact in _policy.Facts)
        {
            if (IsSet(fact) && !read.Contains(fact.Index))
                _findings.Warn("unread_fact", _root["facts"][fact.Name], $"No clause or priority reads the fact '{fact.Name}'.", "Remove it, or let a condition read it.");
        }
    }

    /// <summary>Whether some case has the fact: under another name or type than its own nothing ever sets it.</summary>
    private bool IsSet(FactDefinition fact)
    {
        var (known, source) = fact.Source switch
        {
            FactSource.Customer => (KnownFacts.OfCustomer, "the customer"),
            FactSource.Decision => (KnownFacts.OfDecision, "the decision"),
            _ => (KnownFacts.OfRecords, "the database or the clock"),
        };
        var at = _root["facts"][fact.Name];
        if (known.TryGetValue(fact.Name, out var type))
        {
            if (type == fact.Type)
                return true;
            _findings.Error("unknown_fact", at, $"The fact '{fact.Name}' of {source} has the type {Snake.Name(type)}, not {Snake.Name(fact.Type)}, so nothing ever sets it.", $"Write 'type: {Snake.Name(type)}'.");
            return false;
        }

        if (fact.Source == FactSource.Customer)
            return true;
        var near = Enumerable.Range(1, 3).SelectMany(distance => known.Keys.Where(name => EditDistance.IsWithin(name, fact.Name, distance))).FirstOrDefault();
        _findings.Error("unknown_fact", at, $"There is no fact '{fact.Name}' of {source}, so nothing ever sets it.", $"{(near is null ? "" : $"Did you mean '{near}'? ")}Use a name that docs/policy.md lists, or make it a claim: 'source: customer'.");
        return false;
    }

    private void Actions()
    {
        var taken = _policy.Clauses.SelectMany(c => c.Rules).Select(r => r.Action).Append(_policy.ClarificationAction).ToHashSet();
        foreach (var action in _policy.Actions.Where(a => !taken.Contains(a.Index)))
            _findings.Warn("unused_action", _root["actions"][action.Name], $"No rule takes the action '{action.Name}'.", "Remove it, or take it in a rule.");
    }

    /// <summary>A parameter is read where a rule, a detail or a modification of any clause names it with <c>$</c>, or its clause's text shows it in braces.</summary>
    private void Parameters()
    {
        var clauses = _root["clauses"].Items;
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var clause in _policy.Clauses)
        {
            foreach (var value in clauses[clause.Index].Values())
                read.UnionWith(Names(value.Text).Select(n => n.Contains('.', StringComparison.Ordinal) ? n : $"{clause.Id}.{n}"));
        }

        foreach (var value in (_root.Find("conditions")?.Values() ?? []).Concat(_root["priorities"].Values()))
            read.UnionWith(Names(value.Text));
        foreach (var parameter in _policy.Parameters)
        {
            var clause = _policy.Clauses[parameter.Clause];
            var shown = clause.Versions.Select(v => v.Text).Append(clause.Text).Any(t => t?.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal) == true);
            if (!shown && !read.Contains($"{clause.Id}.{parameter.Name}"))
                _findings.Warn("unread_parameter", clauses[clause.Index]["parameters"][parameter.Name], $"Nothing reads the parameter '{parameter.Name}' of {clause.Id}.", "Remove it, or read it as $" + parameter.Name + " in a rule.");
        }
    }

    private void Conditions()
    {
        if (_root.Find("conditions") is not { } conditions)
            return;
        var words = _root["clauses"].Items.Select(c => c.Values()).Append(_root["priorities"].Values()).SelectMany(v => v).Concat(conditions.Values()).SelectMany(v => Words(v.Text)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, node) in conditions.Entries.Where(c => !words.Contains(c.Key)))
            _findings.Warn("unused_condition", node, $"Nothing refers to the condition '{name}'.", "Remove it, or use it.");
    }

    /// <summary>The names that stand behind a <c>$</c>.</summary>
    private static IEnumerable<string> Names(string text)
    {
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0; at = text.IndexOf('$', at + 1))
        {
            var end = at + 1;
            while (end < text.Length && (IsOfName(text[end]) || (text[end] == '.' && end + 1 < text.Length && IsOfName(text[end + 1]))))
                end++;
            if (end > at + 1)
                yield return text[(at + 1)..end];
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && IsOfName(text[at]))
                at++;
            if (at > start)
                yield return text[start..at];
        }
    }

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';
}
