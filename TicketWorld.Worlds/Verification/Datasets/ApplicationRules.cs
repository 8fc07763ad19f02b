using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What the part of the policy document on how it is applied has to say, block by block, from the policy in the graph.</summary>
internal static class ApplicationRules
{
    public static IEnumerable<string> Blocks(PolicyDocument policy)
    {
        var words = policy.Application;
        foreach (var (_, title, text) in words.Paragraphs)
            yield return $"{title}. {text}";
        (string List, IEnumerable<string> Lines)[] lists =
        [
            ("requests", from request in policy.Requests select Request(policy, request)),
            ("facts", from fact in policy.Facts where policy.Requests.SelectMany(r => r.Claims).Any(c => c.Fact == fact.Index) select Said(policy, fact)),
            ("actions", from action in policy.Actions select Action(policy, action)),
            ("ranks", from rank in Enumerable.Range(1, 9) let of = policy.Clauses.Where(c => c.Precedence == rank).ToArray() where of.Length > 0 select $"{rank}: {Ids(of)}"),
            ("removals", from clause in policy.Clauses where clause.Overrides is not [] select $"{clause.Id} removes {Ids(clause.Overrides.Select(i => policy.Clauses[i]))}"),
            ("priorities", from rule in policy.Priorities select $"{rule.Priority}: {rule.Condition}"),
        ];
        foreach (var (list, lines) in lists)
        {
            if (lines.Any())
                yield return string.Join('\n', lines.Select(line => $"- {line}").Prepend(words.Lists[list]));
        }
    }

    private static string Request(PolicyDocument policy, RequestDefinition request)
    {
        var parts = new List<string> { $"{request.Name} ({policy.Application.Subjects[Snake.Name(request.Subject)]})" };
        foreach (var (index, silence) in request.Claims)
        {
            var fact = policy.Facts[index];
            parts.Add(silence is null ? $"{fact.Name}: we ask" : $"{fact.Name}: {Values.Format(silence.Value, fact.Type, policy.Symbols)}");
        }

        return string.Join("; ", parts);
    }

    private static string Said(PolicyDocument policy, FactDefinition fact)
    {
        var values = fact.Type == FactType.Symbol ? $" ({string.Join(", ", Array.ConvertAll(fact.Values, v => policy.Symbols[v]))})" : "";
        var record = fact.Record < 0 ? null : policy.Facts[fact.Record];
        var decided = record is null ? "" : $"; decided by the records where they tell {record.Name}: {record.Description}";
        return $"{fact.Name}{values}: {fact.Description}{decided}";
    }

    private static string Action(PolicyDocument policy, ActionDefinition action)
    {
        var demands = (from clause in policy.Clauses from rule in clause.Rules where rule.Action == action.Index select (clause.Id, Rule: rule)).ToArray();
        var text = $"{action.Name} ({Snake.Name(action.Kind)}): {action.Description}";
        if (demands.Any(d => d.Rule.Value.Amount != Amount.None))
        {
            var worth = demands.GroupBy(d => Worth(policy, d.Rule.Value)).Select(g => $"{g.Key} ({string.Join(", ", g.Select(d => d.Id).Distinct())})");
            text += $"; worth {string.Join("; ", worth)}";
        }

        var particulars = demands.SelectMany(d => d.Rule.Details).GroupBy(d => d.Name)
            .Select(g => $"{g.Key} ({string.Join(" or ", g.Select(d => Told(policy, d)).Distinct())})").ToArray();
        return particulars is [] ? text : $"{text}; particulars: {string.Join(", ", particulars)}";
    }

    private static string Told(PolicyDocument policy, DetailDefinition detail) => detail.Source switch
    {
        DetailSource.Literal => detail.Literal,
        var source => policy.Application.Details[Snake.Name(source)],
    };

    private static string Worth(PolicyDocument policy, RuleValue value)
    {
        var whole = value is { Share: 100, ShareParameter: < 0 };
        var amount = value.Amount is Amount.Fact ? policy.Facts[value.Source].Description : policy.Application.Amounts[Snake.Name(value.Amount)];
        return whole ? amount : $"{policy.Application.Share} {amount}";
    }

    private static string Ids(IEnumerable<Clause> clauses) => string.Join(", ", clauses.Select(c => c.Id));
}
