using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>Reads <c>scenarios.yaml</c>.</summary>
internal sealed class ScenarioReader
{
    private readonly PolicyDocument _policy;
    private readonly OrderReader _orders;

    private ScenarioReader(PolicyDocument policy, PackNode? definitions)
    {
        _policy = policy;
        _orders = new OrderReader(definitions);
    }

    /// <exception cref="PackException">The file is not well-formed.</exception>
    public static Scenario[] Read(PackNode root, PolicyDocument policy)
    {
        root.Only("definitions", "scenarios");
        var reader = new ScenarioReader(policy, root.Find("definitions"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var scenarios = root["scenarios"].Each((node, index) =>
        {
            if (!seen.Add(node["id"].Text))
                throw node.Error($"The scenario '{node["id"].Text}' stands twice.", "Give each scenario its own id.");
            return reader.ReadScenario(node, index);
        });
        return scenarios.Count > 0 ? [.. scenarios] : throw root.Error("There is no scenario.", "Write at least one.");
    }

    private Scenario ReadScenario(PackNode node, int index)
    {
        node.Only("id", "group", "ticket_type", "complexity", "weight", "request", "wording", "also", "wording_also", "claims", "refuted", "withhold", "withhold_always", "product", "tiers", "order", "target", "competitor_percent", "quoted_amount", "expect");
        var request = ReadRequest(node["request"]);
        var also = node.Find("also") is { } second ? ReadAlso(second, request) : null;
        RequestDefinition[] requests = also is null ? [request] : [request, also];
        var order = node.Find("order");
        var needsOrder = requests.Any(r => r.Subject is RequestSubject.Order or RequestSubject.Item);
        if (needsOrder != order is not null)
            throw node.Error($"A request '{request.Name}' {(needsOrder ? "needs" : "has no")} order.", needsOrder ? "Add 'order:'." : "Remove 'order:'.");
        if (also is null && node.Find("wording_also") is { } unused)
            throw unused.Error("There is no second request.", "Add 'also:', or remove 'wording_also:'.");
        var expect = node["expect"];
        expect.Only("outcome", "actions", "clauses");
        var actions = expect["actions"].Items.Select(a => _policy.ActionsByName.ContainsKey(a.Text) ? a.Text : throw a.Error($"The action '{a.Text}' does not exist.", "Name one of the policy's actions.")).ToArray();
        return new Scenario
        {
            Index = index,
            Id = node["id"].Text,
            Group = node["group"].Text,
            TicketType = node["ticket_type"].Text,
            Complexity = node["complexity"].Text,
            Weight = node["weight"].Integer(1, 1000),
            Request = request,
            Wording = node["wording"].Text,
            Claims = [.. (node.Find("claims")?.Entries ?? []).Select(c => ReadClaim(c.Key, c.Value, requests))],
            Also = also,
            WordingAlso = also is null ? null : node.Find("wording_also")?.Text ?? also.Name,
            Refuted = [.. (node.Find("refuted")?.Entries ?? []).Select(c => ReadRefuted(c.Key, c.Value, requests))],
            Withhold = Facts(node.Find("withhold"), requests),
            WithholdAlways = Facts(node.Find("withhold_always"), requests),
            Order = order is null ? null : _orders.Read(order),
            NamesExactly = node.Find("product") is { } product && (product.Text == "exact" ? true : throw product.Error($"'{product.Text}' is no way to name a product.", "Write 'exact', or leave it out.")),
            Tiers = node.Find("tiers")?.Texts() ?? [],
            Target = node.Find("target") is { } target ? ReadTarget(target) : ExchangeTarget.None,
            CompetitorPercent = node.Find("competitor_percent") is { } percent ? OrderReader.Range(percent, n => n.Integer(1, 200)) : null,
            QuotedAmount = node.Find("quoted_amount") is { } quoted ? OrderReader.Range(quoted, n => n.Money().Cents) : null,
            ExpectedOutcome = expect["outcome"].Text,
            ExpectedActions = actions,
            ExpectedClauses = [.. expect.Find("clauses")?.Items.Select(ReadClause) ?? []],
            Line = node.Line,
        };
    }

    private int ReadClause(PackNode node) => _policy.ClausesById.TryGetValue(node.Text, out var clause)
        ? clause.Index
        : throw node.Error($"The clause '{node.Text}' does not exist.", "Name a clause of policy.yaml.");

    private RequestDefinition ReadRequest(PackNode node) => _policy.RequestsByName.TryGetValue(node.Text, out var request)
        ? request
        : throw node.Error($"The request '{node.Text}' does not exist.", $"Use one of: {string.Join(", ", _policy.Requests.Select(r => r.Name))}.");

    private RequestDefinition ReadAlso(PackNode node, RequestDefinition first)
    {
        var also = ReadRequest(node);
        if (also == first)
            throw node.Error($"The request '{also.Name}' is the first one already.", "Name another request.");
        if (also.Subject == RequestSubject.Product || first.Subject == RequestSubject.Product)
            throw node.Error($"A request about a product stands alone; '{(also.Subject == RequestSubject.Product ? also : first).Name}' is one.", "Pair requests about an item, an order or nothing.");
        return also.Claims.FirstOrDefault(c => first.Claims.Any(f => f.Fact == c.Fact)) is { } shared
            ? throw node.Error($"'{first.Name}' and '{also.Name}' share the claim '{_policy.Facts[shared.Fact].Name}'.", "Pair requests that share no claim.")
            : also;
    }

    private ScenarioClaim ReadRefuted(string name, PackNode node, RequestDefinition[] requests) => ReadClaim(name, node, requests) is { Values.Length: 1 } refuted
        ? refuted
        : throw node.Error($"'{name}' has several values.", "Write the one that the customer states.");

    private static ExchangeTarget ReadTarget(PackNode node) => node.Text switch
    {
        "same" => ExchangeTarget.Same,
        "pricier" => ExchangeTarget.Pricier,
        "cheaper" => ExchangeTarget.Cheaper,
        _ => throw node.Error($"'{node.Text}' is no target.", "Use same, pricier or cheaper."),
    };

    private ScenarioClaim ReadClaim(string name, PackNode node, RequestDefinition[] requests)
    {
        var fact = Claim(name, node, requests);
        var values = (node.IsScalar ? [node] : node.Items).Select(v => Values.TryParse(v.Text, fact.Type, _policy.SymbolNumbers, out var value) && (fact.Type != FactType.Symbol || fact.Values.Contains((int)value))
            ? value
            : throw v.Error($"'{v.Text}' is no value of '{name}'.", "Use one that policy.yaml lists."));
        return new ScenarioClaim(fact.Index, [.. values]);
    }

    private ulong Facts(PackNode? node, RequestDefinition[] requests)
    {
        ulong bits = 0;
        foreach (var name in node?.Items ?? [])
            bits |= 1UL << Claim(name.Text, name, requests).Index;
        return bits;
    }

    private FactDefinition Claim(string name, PackNode node, RequestDefinition[] requests) =>
        _policy.FactsByName.TryGetValue(name, out var fact) && requests.Any(r => r.Claims.Any(c => c.Fact == fact.Index))
            ? fact
            : throw node.Error($"'{name}' is no claim of a request '{string.Join("' or '", requests.Select(r => r.Name))}'.", "Name one that policy.yaml lists for the request.");
}
