using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>
/// Checks each scenario against the policy at every corner of its ranges: the decision must be the expected one everywhere, the
/// labels must exist, and the escalation complexity must mean escalation.
/// </summary>
internal static class ScenarioChecks
{
    /// <param name="complaints">Collects every complaint; null to throw the first.</param>
    /// <param name="coverage">Sees every corner; without a policy to decide by, null and <paramref name="decides"/> false.</param>
    /// <param name="decides">Whether the policy is whole, so that corners can be decided.</param>
    /// <exception cref="PackException">A scenario cannot be reached, or the policy decides it otherwise.</exception>
    public static void Run(PackBasis pack, PackNode file, PackComplaints? complaints = null, ScenarioCoverage? coverage = null, bool decides = true)
    {
        var resolver = decides ? new Resolver(pack.Engine!, new RecordBook([], [], [])) : null;
        var corners = new ScenarioCorners(pack, everySeason: coverage is not null);
        var names = new RecordFacts(pack.Policy);
        foreach (var scenario in pack.Scenarios)
        {
            var node = file["scenarios"].Items.First(n => n.Line == scenario.Line && n.Find("id")?.Text == scenario.Id);
            complaints.Try(() => Labels(pack, scenario, node));
            complaints.Try(() => Amounts(scenario, node, names));
            if (complaints.Try(() => Reachable(pack, scenario, node)) && resolver is not null)
                complaints.Try(() => Decided(pack, scenario, node, corners, resolver, coverage));
        }
    }

    private static void Decided(PackBasis pack, Scenario scenario, PackNode node, ScenarioCorners corners, Resolver resolver, ScenarioCoverage? coverage)
    {
        var requests = scenario.Requests(pack.Policy.Requests);
        var reached = false;
        foreach (var corner in corners.Of(scenario))
        {
            reached = true;
            CheckCorner(pack.Policy, scenario, requests, node, corner, resolver);
            coverage?.See(scenario, resolver);
        }

        if (!reached)
            throw node["order"].Error($"No order has the ranges of the scenario {scenario.Id} together.", "Correct item_price, quantity and order_total, lines and settled_lines, or season and message_date.");
    }

    private static void Labels(PackBasis pack, Scenario scenario, PackNode node)
    {
        if (pack.Settings.TicketTypes.All(t => t.Name != scenario.TicketType))
            throw node["ticket_type"].Error($"'{scenario.TicketType}' is no ticket type of pack.yaml, so the scenario is unreachable.", $"Use one of: {string.Join(", ", pack.Settings.TicketTypes.Select(t => t.Name))}.");
        if (pack.Settings.Complexity.All(c => c.Name != scenario.Complexity))
            throw node["complexity"].Error($"'{scenario.Complexity}' is no complexity of pack.yaml, so the scenario is unreachable.", $"Use one of: {string.Join(", ", pack.Settings.Complexity.Select(c => c.Name))}.");
        if (scenario.Tiers.FirstOrDefault(t => pack.People.Tiers.All(p => p.Name != t)) is { } tier)
            throw node["tiers"].Error($"'{tier}' is no tier of people.yaml, so nobody can write of the scenario.", $"Use one of: {string.Join(", ", pack.People.Tiers.Select(t => t.Name))}.");
        if ((scenario.ExpectedOutcome == "escalate") != (scenario.Complexity == pack.Settings.EscalationComplexity))
            throw node["expect"].Error($"The outcome '{scenario.ExpectedOutcome}' and the complexity '{scenario.Complexity}' do not go together.", $"Escalation is the complexity {pack.Settings.EscalationComplexity}, and nothing else is.");
    }

    /// <summary>An amount that the customer names is a claim of a request.</summary>
    private static void Amounts(Scenario scenario, PackNode node, RecordFacts names)
    {
        Demand("competitor_percent", "competitor_price", names.CompetitorPrice);
        Demand("quoted_amount", "quoted_amount", names.QuotedAmount);

        void Demand(string key, string claim, int fact)
        {
            if (node.Find(key) is { } found && (fact < 0 || !(scenario.Request.HasClaim(fact) || scenario.Also?.HasClaim(fact) == true)))
                throw found.Error($"The scenario {scenario.Id} has '{key}', and its request no claim '{claim}'.", $"Remove it, or list '{claim}' (money, source customer) under the request's claims in policy.yaml.");
        }
    }

    /// <summary>Some product of the catalogue must be able to have a price and a warranty that the scenario asks for, in an order of its total.</summary>
    private static void Reachable(PackBasis pack, Scenario scenario, PackNode node)
    {
        if (scenario.Order is not { } order)
            return;
        if (order.Categories.FirstOrDefault(name => pack.Catalog.Categories.All(c => c.Name != name)) is { } unknown)
            throw node["order"]["categories"].Error($"'{unknown}' is no category of catalog.yaml.", $"Use one of: {string.Join(", ", pack.Catalog.Categories.Select(c => c.Name))}.");
        var (least, most) = (new Money(order.ItemPrice.From), new Money(order.ItemPrice.To));
        if (order.OrderTotal.To < order.ItemPrice.From)
            throw node["order"].Error($"An item of at least {least} does not go into an order of at most {new Money(order.OrderTotal.To)}, so nothing can reach the scenario {scenario.Id}.", "Correct item_price or order_total.");
        var categories = pack.Catalog.Categories.Where(c => (order.Categories.Length == 0 || order.Categories.Contains(c.Name)) && (order.WarrantyDays is not { } days || c.WarrantyDays == days));
        if (!categories.SelectMany(c => c.Kinds).Any(k => k.PriceFrom <= most && k.PriceTo >= least))
            throw node["order"].Error($"No product of catalog.yaml {(order.WarrantyDays is { } warranty ? $"with a warranty of {warranty} days " : "")}costs from {least} to {most}, so nothing can reach the scenario {scenario.Id}.", "Correct the order's item_price, warranty_days or categories, or add such products to the catalogue.");
    }

    private static void CheckCorner(PolicyDocument policy, Scenario scenario, RequestDefinition[] requests, PackNode node, Corner corner, Resolver resolver)
    {
        var plan = resolver.Resolve(requests, corner.Who, corner.At, corner.Claims & ~scenario.WithholdAlways, corner.Values, corner.Target);
        foreach (var request in resolver.Cases)
        {
            CheckClaims(policy, scenario, node, corner, request);
            if (!resolver.Asks)
                CheckValues(policy, scenario, node, request);
        }

        var undecided = !resolver.Asks && !resolver.IsDecided;
        if (!undecided && plan.Outcome == scenario.ExpectedOutcome && plan.Actions.Select(a => a.Type).SequenceEqual(scenario.ExpectedActions))
            return;
        throw node["expect"].Error(
            $"The scenario {scenario.Id} expects {scenario.ExpectedOutcome}: {string.Join(", ", scenario.ExpectedActions)}; the policy gives {(undecided ? "nothing" : $"{plan.Outcome}: {string.Join(", ", plan.Actions.Select(a => a.Type))}")} when {Describe(policy, resolver, corner)}.",
            "Correct the range, the claims or the expectation, or the policy.");
    }

    /// <summary>What the customer says of a claim that the record answers agrees with it, unless the scenario says that it is refuted.</summary>
    private static void CheckClaims(PolicyDocument policy, Scenario scenario, PackNode node, Corner corner, RequestCase request)
    {
        foreach (var claim in request.Request.Claims)
        {
            var fact = policy.Facts[claim.Fact];
            var refuted = Array.Exists(scenario.Refuted, r => r.Fact == claim.Fact);
            var recorded = 0L;
            var answered = fact.Record >= 0 && request.Facts.TryGet(fact.Record, out recorded);
            if (refuted && (!answered || recorded == corner.Values[claim.Fact]))
                throw node["refuted"].Error($"No record refutes '{fact.Name}' in the scenario {scenario.Id}.", "Ask for the record under 'order', or write the claim under 'claims'.");
            if (!refuted && answered && (corner.Claims >> claim.Fact & 1) != 0 && recorded != corner.Values[claim.Fact])
                throw node["claims"].Error($"The record refutes '{fact.Name}' in the scenario {scenario.Id}.", "Write what the customer says under 'refuted'.");
        }
    }

    /// <summary>The value of an action that is due is counted from what the case has: otherwise the two oracles cannot agree on it.</summary>
    private static void CheckValues(PolicyDocument policy, Scenario scenario, PackNode node, RequestCase request)
    {
        foreach (var clause in policy.Clauses.Where(c => (request.Derivation.References >> c.Index & 1) != 0))
        {
            foreach (var amount in clause.Rules.Where(r => (request.Derivation.Holding[clause.Index] >> r.Index & 1) != 0).Select(r => r.Amount).Where(a => a is not (Amount.None or Amount.Fact or Amount.Parameter)))
            {
                if (request.Request.Subject is RequestSubject.None or RequestSubject.Product)
                    throw node["request"].Error($"The value '{Snake.Name(amount)}' of {clause.Id} is that of an order, and the request '{request.Request.Name}' of the scenario {scenario.Id} is about none.", "Give the rule another value, or make the request's subject item or order.");
                if (KnownFacts.ReadBy(amount) is { } read && !request.Facts.Has(policy.FactsByName[read].Index))
                    throw node["request"].Error($"The value '{Snake.Name(amount)}' of {clause.Id} is counted from '{read}', which the request '{request.Request.Name}' does not have in the scenario {scenario.Id}.", read == "target_price" ? "Make the request's subject item, or give the rule another value." : $"List '{read}' under the request's claims and give the scenario its amount, or give the rule another value.");
            }
        }
    }

    private static string Describe(PolicyDocument policy, Resolver resolver, Corner corner)
    {
        var facts = new List<string> { $"the message is of {corner.At:yyyy-MM-dd}" };
        foreach (var request in resolver.Cases)
        {
            facts.AddRange(policy.Facts
                .Where(f => f.Source != FactSource.Decision && request.Facts.Has(f.Index))
                .Select(f => $"{f.Name} = {Values.Format(request.Facts[f.Index], f.Type, policy.Symbols)}"));
        }

        return string.Join(", ", facts.Distinct(StringComparer.Ordinal));
    }
}
