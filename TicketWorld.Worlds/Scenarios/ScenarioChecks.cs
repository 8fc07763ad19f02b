using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>
/// Checks each scenario against the policy at every corner of its ranges: the decision must be the expected one everywhere, the
/// labels must exist, and the escalation complexity must mean escalation.
/// </summary>
internal static class ScenarioChecks
{
    private static readonly DateOnly Day = new(2026, 2, 15);

    /// <exception cref="PackException">A scenario cannot be reached, or the policy decides it otherwise.</exception>
    public static void Run(Pack pack, PackNode file)
    {
        var solver = new Solver(pack.Engine);
        var names = new RecordFacts(pack.Policy);
        for (var index = 0; index < pack.Scenarios.Length; index++)
        {
            var scenario = pack.Scenarios[index];
            var node = file["scenarios"].Items[index];
            Labels(pack, scenario, node);
            Reachable(pack, scenario, node);
            foreach (var corner in Corners(pack, scenario))
                CheckCorner(pack, scenario, node, corner, solver, names);
        }
    }

    private static void Labels(Pack pack, Scenario scenario, PackNode node)
    {
        if (pack.Settings.TicketTypes.All(t => t.Name != scenario.TicketType))
            throw node["ticket_type"].Error($"'{scenario.TicketType}' is no ticket type of pack.yaml, so the scenario is unreachable.", $"Use one of: {string.Join(", ", pack.Settings.TicketTypes.Select(t => t.Name))}.");
        if (pack.Settings.Complexity.All(c => c.Name != scenario.Complexity))
            throw node["complexity"].Error($"'{scenario.Complexity}' is no complexity of pack.yaml, so the scenario is unreachable.", $"Use one of: {string.Join(", ", pack.Settings.Complexity.Select(c => c.Name))}.");
        if ((scenario.ExpectedOutcome == "escalate") != (scenario.Complexity == pack.Settings.EscalationComplexity))
            throw node["expect"].Error($"The outcome '{scenario.ExpectedOutcome}' and the complexity '{scenario.Complexity}' do not go together.", $"Escalation is the complexity {pack.Settings.EscalationComplexity}, and nothing else is.");
    }

    /// <summary>Some product of the catalogue must be able to have a price and a warranty that the scenario asks for, in an order of its total.</summary>
    private static void Reachable(Pack pack, Scenario scenario, PackNode node)
    {
        if (scenario.Order is not { } order)
            return;
        var (least, most) = (new Money(order.ItemPrice.From), new Money(order.ItemPrice.To));
        if (order.OrderTotal.To < order.ItemPrice.From)
            throw node["order"].Error($"An item of at least {least} does not go into an order of at most {new Money(order.OrderTotal.To)}, so nothing can reach the scenario {scenario.Id}.", "Correct item_price or order_total.");
        var categories = pack.Catalog.Categories.Where(c => (order.Categories.Length == 0 || order.Categories.Contains(c.Name)) && (order.WarrantyDays is not { } days || c.WarrantyDays == days));
        if (!categories.SelectMany(c => c.Kinds).Any(k => k.PriceFrom <= most && k.PriceTo >= least))
            throw node["order"].Error($"No product of catalog.yaml {(order.WarrantyDays is { } warranty ? $"with a warranty of {warranty} days " : "")}costs from {least} to {most}, so nothing can reach the scenario {scenario.Id}.", "Correct the order's item_price, warranty_days or categories, or add such products to the catalogue.");
    }

    private static void CheckCorner(Pack pack, Scenario scenario, PackNode node, Corner corner, Solver solver, RecordFacts names)
    {
        Span<int> unknown = stackalloc int[8];
        var unknownCount = 0;
        foreach (var claim in scenario.Request.Claims)
        {
            if ((scenario.WithholdAlways >> claim.Fact & 1) != 0)
                corner.Facts.Remove(claim.Fact);
            if (corner.Facts.Has(claim.Fact))
                continue;
            if (claim.Silence is { } silence)
                corner.Facts.Set(claim.Fact, silence);
            else
                unknown[unknownCount++] = claim.Fact;
        }

        var asked = solver.Solve(corner.Facts, unknown[..unknownCount], corner.Amounts, Day) != 0;
        var derivation = solver.Derivation;
        var actions = asked
            ? [pack.Policy.Actions[pack.Policy.ClarificationAction].Name]
            : derivation.Actions.ToArray().Select(a => pack.Policy.Actions[a.Action].Name).ToArray();
        if (!actions.SequenceEqual(scenario.ExpectedActions))
        {
            var facts = string.Join(", ", pack.Policy.Facts.Where(f => corner.Facts.Has(f.Index) && f.Index != names.Request).Select(f => $"{f.Name} = {Values.Format(corner.Facts[f.Index], f.Type, pack.Policy.Symbols)}"));
            throw node["expect"].Error(
                $"The scenario {scenario.Id} expects {string.Join(", ", scenario.ExpectedActions)}; the policy gives {(actions.Length == 0 ? "nothing" : string.Join(", ", actions))} when {facts}.",
                "Correct the range, the claims or the expectation, or the policy.");
        }
    }

    private sealed record Corner(FactSet Facts, CaseAmounts Amounts);

    private static IEnumerable<Corner> Corners(Pack pack, Scenario scenario)
    {
        var names = new RecordFacts(pack.Policy);
        foreach (var claims in ClaimChoices(scenario))
        {
            foreach (var days in Ends(scenario.Order?.Range))
            {
                foreach (var price in Ends(scenario.Order?.ItemPrice))
                {
                    foreach (var total in Ends(scenario.Order?.OrderTotal))
                    {
                        foreach (var percent in Ends(scenario.CompetitorPercent))
                        {
                            foreach (var quoted in Ends(scenario.QuotedAmount))
                                yield return Make(pack, scenario, names, claims, days, price, Math.Max(price, total), percent, quoted);
                        }
                    }
                }
            }
        }
    }

    private static Corner Make(Pack pack, Scenario scenario, RecordFacts names, long[] claims, long range, long price, long total, long percent, long quoted)
    {
        var facts = new FactSet(pack.Policy);
        facts.Set(names.Request, scenario.Request.Symbol);
        for (var i = 0; i < claims.Length; i++)
            facts.Set(scenario.Claims[i].Fact, claims[i]);
        if (scenario.QuotedAmount is not null)
            facts.Set(names.QuotedAmount, quoted);
        if (scenario.Order is not { } order)
            return new Corner(facts, default);

        var warranty = order.WarrantyDays ?? (order.Clock == ScenarioClock.DaysSinceWarrantyEnd ? 365 : 3650);
        var delivered = order.State == OrderState.Delivered;
        var sinceDelivery = order.Clock switch
        {
            ScenarioClock.DaysSinceWarrantyEnd => range + warranty,
            ScenarioClock.DaysSinceOrder => Math.Max(0, range - 3),
            _ => range,
        };
        var sinceOrder = order.Clock switch
        {
            ScenarioClock.DaysSinceOrder => range,
            ScenarioClock.MinutesSinceOrder => range / 1440,
            _ => sinceDelivery + 5,
        };
        facts.Set(names.Shipped, order.State != OrderState.Processing);
        facts.Set(names.Delivered, delivered);
        facts.Set(names.DaysSinceOrder, sinceOrder);
        facts.Set(names.MinutesSinceOrder, order.Clock == ScenarioClock.MinutesSinceOrder ? range : sinceOrder * 1440);
        if (delivered)
            facts.Set(names.DaysSinceDelivery, sinceDelivery);
        facts.Set(names.OrderMonthDay, order is { Season: { } season, OutsideSeason: false } ? season.From : 615);
        facts.Set(names.OrderTotal, total);
        facts.Set(names.ItemPrice, price);
        facts.Set(names.ItemSettled, false);
        if (scenario.Request.Subject == RequestSubject.Item)
        {
            facts.Set(names.ItemInStock, order.InStock ?? true);
            facts.Set(names.WarrantyDays, warranty);
        }

        var target = scenario.Target switch
        {
            ExchangeTarget.Pricier => price + 100,
            ExchangeTarget.Cheaper => price - 100,
            _ => price,
        };
        facts.Set(names.TargetPrice, target);
        var competitor = price * percent / 100;
        if (scenario.CompetitorPercent is not null)
            facts.Set(names.CompetitorPrice, competitor);
        return new Corner(facts, new CaseAmounts(new Money(price), 1, new Money(total), new Money(target), new Money(competitor), 1));
    }

    private static IEnumerable<long[]> ClaimChoices(Scenario scenario)
    {
        IEnumerable<long[]> choices = [[]];
        foreach (var claim in scenario.Claims)
            choices = choices.SelectMany(c => claim.Values, (c, v) => (long[])[.. c, v]).ToList();
        return choices;
    }

    private static long[] Ends(Bounds? bounds) => bounds is not { } b ? [0] : b.From == b.To ? [b.From] : [b.From, b.To];
}
