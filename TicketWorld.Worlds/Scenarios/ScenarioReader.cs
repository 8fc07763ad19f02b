using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>Reads <c>scenarios.yaml</c>.</summary>
internal sealed class ScenarioReader
{
    private static readonly Bounds AnyMoney = new(1, 100_000_000);
    private readonly PolicyDocument _policy;
    private readonly PackNode? _definitions;

    private ScenarioReader(PolicyDocument policy, PackNode? definitions)
    {
        _policy = policy;
        _definitions = definitions;
    }

    /// <exception cref="PackException">The file is not well-formed.</exception>
    public static Scenario[] Read(PackNode root, PolicyDocument policy)
    {
        root.Only("definitions", "scenarios");
        var reader = new ScenarioReader(policy, root.Find("definitions"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var scenarios = root["scenarios"].Items.Select((node, index) =>
        {
            if (!seen.Add(node["id"].Text))
                throw node.Error($"The scenario '{node["id"].Text}' stands twice.", "Give each scenario its own id.");
            return reader.ReadScenario(node, index);
        }).ToArray();
        return scenarios.Length > 0 ? scenarios : throw root.Error("There is no scenario.", "Write at least one.");
    }

    private Scenario ReadScenario(PackNode node, int index)
    {
        node.Only("id", "group", "ticket_type", "complexity", "weight", "request", "wording", "claims", "withhold", "withhold_always", "order", "target", "competitor_percent", "quoted_amount", "expect");
        if (!_policy.RequestsByName.TryGetValue(node["request"].Text, out var request))
            throw node["request"].Error($"The request '{node["request"].Text}' does not exist.", $"Use one of: {string.Join(", ", _policy.Requests.Select(r => r.Name))}.");
        var order = node.Find("order");
        var needsOrder = request.Subject is RequestSubject.Order or RequestSubject.Item;
        if (needsOrder != order is not null)
            throw node.Error($"A request '{request.Name}' {(needsOrder ? "needs" : "has no")} order.", needsOrder ? "Add 'order:'." : "Remove 'order:'.");
        var expect = node["expect"];
        expect.Only("outcome", "actions");
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
            Claims = [.. (node.Find("claims")?.Entries ?? []).Select(c => ReadClaim(c.Key, c.Value, request))],
            Withhold = Facts(node.Find("withhold"), request),
            WithholdAlways = Facts(node.Find("withhold_always"), request),
            Order = order is null ? null : ReadOrder(order),
            Target = node.Find("target") is { } target ? ReadTarget(target) : ExchangeTarget.None,
            CompetitorPercent = node.Find("competitor_percent") is { } percent ? Range(percent, n => n.Integer(1, 200)) : null,
            QuotedAmount = node.Find("quoted_amount") is { } quoted ? Range(quoted, n => n.Money().Cents) : null,
            ExpectedOutcome = expect["outcome"].Text,
            ExpectedActions = actions,
            Line = node.Line,
        };
    }

    private static ExchangeTarget ReadTarget(PackNode node) => node.Text switch
    {
        "same" => ExchangeTarget.Same,
        "pricier" => ExchangeTarget.Pricier,
        "cheaper" => ExchangeTarget.Cheaper,
        _ => throw node.Error($"'{node.Text}' is no target.", "Use same, pricier or cheaper."),
    };

    private ScenarioClaim ReadClaim(string name, PackNode node, RequestDefinition request)
    {
        var fact = Claim(name, node, request);
        var values = (node.IsScalar ? [node] : node.Items).Select(v => Values.TryParse(v.Text, fact.Type, _policy.SymbolNumbers, out var value) && (fact.Type != FactType.Symbol || fact.Values.Contains((int)value))
            ? value
            : throw v.Error($"'{v.Text}' is no value of '{name}'.", "Use one that policy.yaml lists."));
        return new ScenarioClaim(fact.Index, [.. values]);
    }

    private ulong Facts(PackNode? node, RequestDefinition request)
    {
        ulong bits = 0;
        foreach (var name in node?.Items ?? [])
            bits |= 1UL << Claim(name.Text, name, request).Index;
        return bits;
    }

    private FactDefinition Claim(string name, PackNode node, RequestDefinition request) =>
        _policy.FactsByName.TryGetValue(name, out var fact) && request.Claims.Any(c => c.Fact == fact.Index)
            ? fact
            : throw node.Error($"'{name}' is no claim of a request '{request.Name}'.", "Name one that policy.yaml lists for the request.");

    private OrderRequirement ReadOrder(PackNode node)
    {
        node.Only("use", "state", "days_since_delivery", "days_since_order", "days_since_warranty_end", "minutes_since_order", "item_price", "order_total", "season", "season_outside", "warranty_days", "in_stock", "categories");
        var used = node.Find("use") is { } use
            ? _definitions?.Find(use.Text) ?? throw use.Error($"The definition '{use.Text}' does not exist.", "Write it under definitions.")
            : null;
        var (clock, range) = ReadClock(node);
        var season = node.Find("season");
        var outside = node.Find("season_outside");
        if (season is not null && outside is not null)
            throw node.Error("An order cannot have both season and season_outside.", "Remove one.");
        return new OrderRequirement
        {
            State = node["state"].Text switch
            {
                "delivered" => OrderState.Delivered,
                "shipped" => OrderState.Shipped,
                "processing" => OrderState.Processing,
                var other => throw node["state"].Error($"'{other}' is no state.", "Use delivered, shipped or processing."),
            },
            Clock = clock,
            Range = range,
            ItemPrice = Money("item_price"),
            OrderTotal = Money("order_total"),
            Season = (season ?? outside) is { } days ? Range(days, n => n.Integer(101, 1231)) : null,
            OutsideSeason = outside is not null,
            WarrantyDays = node.Find("warranty_days")?.Integer(0, 36500),
            InStock = node.Find("in_stock")?.Boolean(),
            Categories = node.Find("categories")?.Texts() ?? [],
        };

        Bounds Money(string key) => (node.Find(key) ?? used?.Find(key)) is { } bounds ? Range(bounds, n => n.Money().Cents) : AnyMoney;
    }

    private static (ScenarioClock Clock, Bounds Range) ReadClock(PackNode node)
    {
        (ScenarioClock, Bounds)? found = null;
        foreach (var clock in Enum.GetValues<ScenarioClock>())
        {
            if (node.Find(Snake.Name(clock)) is not { } range)
                continue;
            if (found is not null)
                throw range.Error("An order has one clock.", "Keep one of days_since_delivery, days_since_order, days_since_warranty_end, minutes_since_order.");
            found = (clock, Range(range, n => n.Integer(-3650, 1_000_000)));
        }

        return found ?? throw node.Error("The order has no clock.", "Add days_since_delivery, days_since_order, days_since_warranty_end or minutes_since_order.");
    }

    private static Bounds Range(PackNode node, Func<PackNode, long> value)
    {
        if (node.Items.Count != 2)
            throw node.Error("A range has two ends.", "Write [from, to].");
        var range = new Bounds(value(node.Items[0]), value(node.Items[1]));
        return range.From <= range.To ? range : throw node.Error($"The range [{node.Items[0].Text}, {node.Items[1].Text}] is empty, so nothing can reach the scenario.", "Put the lower end first.");
    }
}
