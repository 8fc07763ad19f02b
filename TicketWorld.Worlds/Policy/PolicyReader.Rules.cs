using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Policy;

/// <summary>Rules and versions of clauses.</summary>
public sealed partial class PolicyReader
{
    private ClauseRule ReadRule(PackNode node, int number, string clause)
    {
        node.Only("when", "decision", "permit", "deny", "also", "fee", "escalate", "support", "value", "share", "details", "reason");
        EffectKind? effect = null;
        PackNode? target = null;
        foreach (var (kind, key) in ((EffectKind, string)[])[(EffectKind.Permit, "permit"), (EffectKind.Deny, "deny"), (EffectKind.Also, "also"), (EffectKind.Fee, "fee"), (EffectKind.Escalate, "escalate"), (EffectKind.Support, "support")])
        {
            if (node.Find(key) is not { } found)
                continue;
            if (effect is not null)
                throw found.Error($"A rule of {clause} has two effects.", "Write one rule for each.");
            effect = kind;
            target = found;
        }

        if (effect is null || target is null)
            throw node.Error($"A rule of {clause} has no effect.", "Add permit, deny, also, fee, escalate or support.");

        var action = effect is EffectKind.Fee or EffectKind.Support ? -1 : Action(target).Index;
        var value = ReadValue(node, effect.Value, clause);
        return new ClauseRule(
            number,
            Present(value, Condition(node["when"], clause)),
            effect.Value,
            node["decision"].Text,
            action,
            value,
            effect == EffectKind.Fee ? FeeParameter(target, clause) : -1,
            [.. (node.Find("details")?.Entries ?? []).Select(d => ReadDetail(d.Key, d.Value, clause))],
            node["reason"].Text,
            node.Line);
    }

    private DetailDefinition ReadDetail(string name, PackNode node, string clause) => node.Text switch
    {
        "order.tracking_number" => new DetailDefinition(name, DetailSource.TrackingNumber, node.Text, -1),
        "order.status" => new DetailDefinition(name, DetailSource.OrderStatus, node.Text, -1),
        "target.product_id" => new DetailDefinition(name, DetailSource.TargetProduct, node.Text, -1),
        ['$', .. var parameter] => new DetailDefinition(name, DetailSource.Parameter, "", Parameter(parameter, clause)?.Index
            ?? throw node.Error($"The parameter '{node.Text}' is not defined.", "Define it under the clause's parameters.")),
        _ => new DetailDefinition(name, DetailSource.Literal, node.Text, -1),
    };

    private int FeeParameter(PackNode node, string clause) =>
        node.Text is ['$', .. var name] && Parameter(name, clause) is { Type: FactType.Integer } parameter
            ? parameter.Index
            : throw node.Error($"'{node.Text}' is no whole-number parameter.", "Write for example 'fee: $fee_percent' and define it under parameters.");

    private RuleValue ReadValue(PackNode rule, EffectKind effect, string clause)
    {
        var share = rule.Find("share");
        var node = effect == EffectKind.Permit ? rule["value"] : rule.Find("value");
        if (node is null)
            return share is null ? RuleValue.None : throw share.Error("A share of no value is asked for.", "Add 'value:'.");
        if (effect is not (EffectKind.Permit or EffectKind.Also))
            throw node.Error("Only 'permit' and 'also' have a value.", "Remove 'value'.");

        var value = ReadAmount(node, clause);
        return share switch
        {
            null => value,
            { Text: ['$', .. var name] } => value with
            {
                ShareParameter = Parameter(name, clause) is { Type: FactType.Integer } parameter
                    ? parameter.Index
                    : throw share.Error($"'{share.Text}' is no whole-number parameter.", "Define it under the clause's parameters."),
            },
            _ => value with { Share = share.Integer(0, 1000) },
        };
    }

    private RuleValue ReadAmount(PackNode node, string clause)
    {
        if (node.Text is ['$', .. var name])
        {
            return Parameter(name, clause) is { Type: FactType.Money } parameter
                ? new RuleValue(Amount.Parameter, parameter.Index)
                : throw node.Error($"'{node.Text}' is no money parameter.", "Define it under the clause's parameters.");
        }

        foreach (var amount in System.Enum.GetValues<Amount>())
        {
            if (amount is not (Amount.Fact or Amount.Parameter) && Snake.Name(amount) == node.Text)
                return KnownFacts.ReadBy(amount) is { } read && !(_facts.TryGetValue(read, out var needed) && needed.Type == FactType.Money) ? throw Lacks(node, read) : new RuleValue(amount);
        }

        return _facts.TryGetValue(node.Text, out var fact) && fact.Type == FactType.Money
            ? new RuleValue(Amount.Fact, fact.Index)
            : throw node.Error($"'{node.Text}' is no value.", $"Use none, line_amount, unit_amount, order_total, exchange_difference, price_match_difference, a money fact, or a money $parameter.");
    }

    private static PackException Lacks(PackNode value, string fact) => value.Error(
        $"The value '{value.Text}' is counted from the fact '{fact}', which the policy does not define as money.",
        $"Add '{fact}: {{type: money, source: {(KnownFacts.OfRecords.ContainsKey(fact) ? "database" : "customer")}, description: …}}' under facts.");

    /// <summary>A rule whose value is a fact holds only where that fact is present: a comparison with an absent fact is false.</summary>
    private static Expression Present(RuleValue value, Expression when) => value.Amount != Amount.Fact
        ? when
        : new Expression.All([when, new Expression.Compare(Operand.OfFact(value.Source), Comparison.Equal, Operand.OfFact(value.Source))]);

    private ClauseVersion[] ReadVersions(PackNode? node, string clause)
    {
        var versions = new List<ClauseVersion>();
        foreach (var item in node?.Items ?? [])
        {
            item.Only("from", "set", "text");
            var from = item["from"].Date();
            if (versions.Count > 0 && versions[^1].From >= from)
                throw item["from"].Error($"The version of {from:yyyy-MM-dd} stands behind that of {versions[^1].From:yyyy-MM-dd}.", "Write versions in ascending order.");
            var text = item.Find("text") is { } own ? Placeholders(own, clause) : null;
            var settings = (item.Find("set")?.Entries ?? []).Select(s => _parameters.TryGetValue($"{clause}.{s.Key}", out var parameter)
                ? new ParameterSetting(parameter.Index, Value(s.Value, parameter.Type))
                : throw s.Value.Error($"{clause} has no parameter '{s.Key}'.", "Set one that it defines."));
            versions.Add(new ClauseVersion(from, [.. settings], text));
        }

        return [.. versions];
    }
}
