using System.Text;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Writes the part of <c>company_policy.txt</c> that tells how the clauses are applied: paragraphs, then lists made from the policy.</summary>
internal sealed class PolicyApplicationText(PolicyDocument policy)
{
    private readonly PolicyApplication _words = policy.Application;

    public void Append(StringBuilder text)
    {
        text.Append('\n').Append(PolicyApplication.Heading).Append("\n\n");
        foreach (var paragraph in _words.Paragraphs)
            text.Append(paragraph.Title).Append(". ").Append(paragraph.Text).Append("\n\n");
        AppendList(text, "requests", policy.Requests.Select(Request));
        AppendList(text, "facts", policy.Facts.Where(f => policy.Requests.Any(r => r.HasClaim(f.Index))).Select(Claim));
        AppendList(text, "actions", policy.Actions.Select(Action));
        AppendList(text, "ranks", policy.Clauses.GroupBy(c => c.Precedence).OrderBy(g => g.Key).Select(g => $"{g.Key}: {string.Join(", ", g.Select(c => c.Id))}"));
        AppendList(text, "removals", policy.Clauses.Where(c => c.Overrides.Length > 0).Select(c => $"{c.Id} removes {string.Join(", ", c.Overrides.Select(Id))}"));
        AppendList(text, "priorities", policy.Priorities.Select(p => $"{p.Priority}: {p.Condition}"));
    }

    private void AppendList(StringBuilder text, string list, IEnumerable<string> lines)
    {
        var start = text.Length;
        foreach (var line in lines)
            text.Append("- ").Append(line).Append('\n');
        if (text.Length > start)
            text.Insert(start, $"{_words.Lists[list]}\n").Append('\n');
    }

    private string Request(RequestDefinition request)
    {
        var claims = request.Claims.Select(c => $"{policy.Facts[c.Fact].Name}: {Silence(c)}");
        var line = $"{request.Name} ({_words.Subjects[Snake.Name(request.Subject)]})";
        return request.Claims.Length == 0 ? line : $"{line}; {string.Join("; ", claims)}";
    }

    private string Silence(ClaimDefinition claim) =>
        claim.Silence is { } value ? Values.Format(value, policy.Facts[claim.Fact].Type, policy.Symbols) : "we ask";

    private string Claim(FactDefinition fact)
    {
        var line = new StringBuilder(fact.Name);
        if (fact.Type == FactType.Symbol)
            line.Append(" (").AppendJoin(", ", fact.Values.Select(v => policy.Symbols[v])).Append(')');
        line.Append(": ").Append(fact.Description);
        if (fact.Record >= 0)
            line.Append("; decided by the records where they tell ").Append(policy.Facts[fact.Record].Name).Append(": ").Append(policy.Facts[fact.Record].Description);
        return line.ToString();
    }

    private string Action(ActionDefinition action)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var details = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var isWorth = false;
        foreach (var clause in policy.Clauses)
        {
            foreach (var rule in clause.Rules)
            {
                if (rule.Action != action.Index)
                    continue;
                isWorth |= rule.Value.Amount != Amount.None;
                Add(values, Worth(rule.Value), clause.Id);
                foreach (var detail in rule.Details)
                    Add(details, detail.Name, detail.Source == DetailSource.Literal ? detail.Literal : _words.Details[Snake.Name(detail.Source)]);
            }
        }

        var line = new StringBuilder(action.Name).Append(" (").Append(Snake.Name(action.Kind)).Append("): ").Append(action.Description);
        if (isWorth)
            line.Append("; worth ").AppendJoin("; ", values.Select(v => $"{v.Key} ({string.Join(", ", v.Value)})"));
        if (details.Count > 0)
            line.Append("; particulars: ").AppendJoin(", ", details.Select(d => $"{d.Key} ({string.Join(" or ", d.Value)})"));
        return line.ToString();
    }

    private string Worth(RuleValue value)
    {
        var amount = value.Amount == Amount.Fact ? policy.Facts[value.Source].Description : _words.Amounts[Snake.Name(value.Amount)];
        return value.Share == 100 && value.ShareParameter < 0 ? amount : $"{_words.Share} {amount}";
    }

    private string Id(int clause) => policy.Clauses[clause].Id;

    private static void Add(Dictionary<string, List<string>> lists, string key, string item)
    {
        if (!lists.TryGetValue(key, out var list))
            lists[key] = list = [];
        if (!list.Contains(item))
            list.Add(item);
    }
}
