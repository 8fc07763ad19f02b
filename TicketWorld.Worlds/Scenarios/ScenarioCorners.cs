using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>
/// Enumerates the corners of scenarios: both ends of every range, every value of what a scenario leaves open and some clause reads (tier, stock,
/// category, units, lines, shipping fee), every choice of claims, on a day of each version of the policy that the message may be written in.
/// </summary>
internal sealed class ScenarioCorners
{
    private const int DaysLookedAt = 800;
    private const int DaysInYear = 366;
    private static readonly DateOnly Latest = new(2026, 2, 15);
    private static readonly CustomerLookup Lookup = new("found", new CustomerId(1), "primary_email", "order_number", [], "");
    private readonly PackBasis _pack;
    private readonly RecordFacts _names;
    private readonly CornerOrders _orders;
    private readonly Dictionary<RequestDefinition, ulong> _readBy;
    private ulong _read;
    private readonly (DateOnly From, DateOnly To)[] _versions;
    private readonly HashSet<int> _seasonEdges;

    /// <param name="everySeason">Also looks, where a scenario leaves the season open, at the order dates next to those that a clause names.</param>
    public ScenarioCorners(PackBasis pack, bool everySeason = false)
    {
        _seasonEdges = everySeason ? SeasonEdges(pack.Policy) : [];
        _pack = pack;
        _names = new RecordFacts(pack.Policy);
        _orders = new CornerOrders(pack.Settings);
        _readBy = pack.Policy.Requests.ToDictionary(r => r, r => ReadFacts(pack.Policy, r, _names.Request));
        _versions = Versions(pack.Policy);
    }

    public IEnumerable<Corner> Of(Scenario scenario)
    {
        _read = _readBy[scenario.Request] | (scenario.Also is { } also ? _readBy[also] : 0);
        foreach (var choice in Choices(scenario))
        {
            foreach (var day in Days(scenario, choice))
            {
                var at = day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
                var customer = CornerOrders.Customer(scenario.Order, choice.Tier);
                var order = scenario.Order is { } requirement ? _orders.Make(requirement, choice, at) : null;
                var product = scenario.Subject is RequestSubject.Item or RequestSubject.Product ? CornerOrders.Product(choice) : null;
                var who = new Identified(Lookup, customer, order, scenario.Subject == RequestSubject.Item ? 0 : -1, product, null);
                var target = CornerOrders.Target(scenario.Target, choice);
                foreach (var (claims, values) in Claims(scenario, choice))
                    yield return new Corner(who, at, target, claims, values);
            }
        }
    }

    private IEnumerable<CornerChoice> Choices(Scenario scenario)
    {
        var tiers = Reads(_names.CustomerTier) ? _pack.Policy.Facts[_names.CustomerTier].Values.Select(v => _pack.Policy.Symbols[v]).Where(scenario.IsFor).ToArray() : [""];
        var categories = Categories(scenario);
        bool[] stocks = scenario.Order?.InStock is { } inStock ? [inStock] : Reads(_names.ItemInStock) ? [true, false] : [true];
        if (scenario.Order is not { } order)
        {
            return from tier in tiers
                   from category in categories
                   from stock in stocks
                   select new CornerChoice(0, 0, 0, 1, 1, 0, -1, 0, 1, 0, stock, category.Name, category.WarrantyDays, tier);
        }

        var least = Math.Max(order.Bundle || order.Parcels is not null ? 2 : 1, (int)order.SettledLines.From);
        var lines = order.Lines is { } bounds ? Ends(new Bounds(Math.Max(least, bounds.From), bounds.To)) : Reads(_names.LineCount) ? Ends(new Bounds(least, Math.Max(least, _pack.Settings.Lines.Length))) : [least];
        var quantities = order.Quantity is { } units ? Ends(units) : Reads(_names.ItemQuantity) || Reads(_names.LineTotal) ? Ends(new Bounds(1, _pack.Settings.Quantities.Length)) : [1];
        var methods = Reads(_names.ShippingFee) ? Enumerable.Range(0, _pack.Settings.ShippingMethods.Length).ToArray() : [0];
        var late = order.DaysLate is { } days ? Ends(days) : [-1];
        var over = order.Payment == PaymentQuirk.Overcharge ? Ends(order.OverchargePercent) : [0];
        return from range in Ends(order.Range)
               from price in Ends(order.ItemPrice)
               from total in Ends(order.OrderTotal)
               from quantity in quantities
               where price * quantity <= order.OrderTotal.To
               from count in lines
               from settled in Ends(order.SettledLines)
               where settled <= count
               from overdue in late
               from percent in over
               from refunded in RefundDays(order, range)
               from method in methods
               from tier in tiers
               from category in categories
               from stock in stocks
               select new CornerChoice(range, price, Math.Max(price * quantity, total), (int)quantity, (int)count, (int)settled, (int)overdue, (int)percent, (int)refunded, method, stock, category.Name, order.WarrantyDays ?? category.WarrantyDays, tier);
    }

    /// <summary>Days since the refund: by the clock, else soon and late after it.</summary>
    private long[] RefundDays(OrderRequirement order, long range) => order.Clock == ScenarioClock.DaysSinceRefund ? [range]
        : order.Refund is RefundProgress.Pending or RefundProgress.Completed && Reads(_names.DaysSinceRefund) ? [1, 60]
        : [1];

    /// <summary>The categories of which the scenario's product may be, one of each that the policy can tell apart.</summary>
    private (string Name, int WarrantyDays)[] Categories(Scenario scenario)
    {
        if (scenario.Subject is not (RequestSubject.Item or RequestSubject.Product))
            return [("", 0)];
        var fitting = _pack.Catalog.Categories.Where(c => scenario.Order is not { } order
            || ((order.Categories.Length == 0 || order.Categories.Contains(c.Name))
                && (order.WarrantyDays is not { } days || c.WarrantyDays == days)
                && c.Kinds.Any(k => k.PriceFrom.Cents <= order.ItemPrice.To && k.PriceTo.Cents >= order.ItemPrice.From)));
        return [.. fitting.Select(c => (c.Name, c.WarrantyDays)).DistinctBy(c => (Reads(_names.ItemCategory) && IsValue(_names.ItemCategory, c.Name) ? c.Name : "", Reads(_names.WarrantyDays) ? c.WarrantyDays : 0))];
    }

    private IEnumerable<(ulong Claims, long[] Values)> Claims(Scenario scenario, CornerChoice choice)
    {
        IEnumerable<(ulong Claims, long[] Values)> choices = [(0, new long[_pack.Policy.Facts.Length])];
        foreach (var claim in scenario.Claims)
            choices = choices.SelectMany(c => claim.Values, (c, value) => With(c, claim.Fact, value)).ToList();
        foreach (var claim in scenario.Refuted)
            choices = choices.Select(c => With(c, claim.Fact, claim.Values[0])).ToList();
        if (scenario.CompetitorPercent is { } percents)
            choices = choices.SelectMany(c => Ends(percents), (c, percent) => With(c, _names.CompetitorPrice, Math.Max(1, choice.Price * percent / 100))).ToList();
        if (scenario.QuotedAmount is { } amounts)
            choices = choices.SelectMany(c => Ends(amounts), (c, amount) => With(c, _names.QuotedAmount, amount)).ToList();
        return choices;
    }

    private static (ulong Claims, long[] Values) With((ulong Claims, long[] Values) claims, int fact, long value)
    {
        long[] values = [.. claims.Values];
        values[fact] = value;
        return (claims.Claims | 1UL << fact, values);
    }

    /// <summary>Days on which the message may be written, of each version those on which the order date is at an end of its season.</summary>
    private IEnumerable<DateOnly> Days(Scenario scenario, CornerChoice choice)
    {
        foreach (var (from, to) in _versions)
        {
            var first = scenario.Order?.MessageDate is { } dates && dates.From > from ? dates.From : from;
            var last = scenario.Order?.MessageDate is { } until && until.To < to ? until.To : to;
            if (first > last)
                continue;
            if (scenario.Order is not { } order)
            {
                yield return last;
                continue;
            }

            foreach (var day in Seasonal(order, last, first, CornerOrders.SinceOrder(order, choice)))
                yield return day;
            if (order.Season is not null)
                continue;
            foreach (var day in AtEdges(last, first, CornerOrders.SinceOrder(order, choice)))
                yield return day;
        }
    }

    /// <summary>Of the days from the last back to the first, those whose order date is next to a bound of the season; else the first that fits.</summary>
    private static IEnumerable<DateOnly> Seasonal(OrderRequirement order, DateOnly last, DateOnly first, int sinceOrder)
    {
        DateOnly? fitting = null;
        var bounds = 0;
        for (var day = last; day >= first && day.DayNumber > last.DayNumber - DaysLookedAt && bounds < 2; day = day.AddDays(-1))
        {
            var ordered = day.AddDays(-sinceOrder);
            if (!order.SeasonFits(ordered))
                continue;
            fitting ??= day;
            if (order.Season is null)
                break;
            if (order.SeasonFits(ordered.AddDays(1)) && order.SeasonFits(ordered.AddDays(-1)))
                continue;
            bounds++;
            yield return day;
        }

        if (bounds == 0 && fitting is { } any)
            yield return any;
    }

    /// <summary>Days of the last year whose order date is next to one that a clause names.</summary>
    private IEnumerable<DateOnly> AtEdges(DateOnly last, DateOnly first, int sinceOrder)
    {
        for (var day = last; _seasonEdges.Count > 0 && day >= first && day.DayNumber > last.DayNumber - DaysInYear; day = day.AddDays(-1))
        {
            var ordered = day.AddDays(-sinceOrder);
            if (_seasonEdges.Contains(MonthDay(ordered)) || _seasonEdges.Contains(MonthDay(ordered.AddDays(1))) || _seasonEdges.Contains(MonthDay(ordered.AddDays(-1))))
                yield return day;
        }
    }

    /// <summary>Month and day, as MMDD, with which conditions on the order date compare it.</summary>
    private static HashSet<int> SeasonEdges(PolicyDocument policy)
    {
        var fact = new RecordFacts(policy).OrderMonthDay;
        var edges = new HashSet<int>();
        foreach (var condition in policy.Clauses.SelectMany(c => c.Rules.Select(r => r.When).Prepend(c.Applies)))
        {
            var reads = false;
            var named = new List<int>();
            condition.Visit(operand =>
            {
                reads |= fact >= 0 && operand.Fact == fact;
                if (operand is { Fact: < 0, Parameter: < 0, Constant: >= 101 and <= 1231 })
                    named.Add((int)operand.Constant);
            });
            if (reads)
                edges.UnionWith(named);
        }

        return edges;
    }

    private static int MonthDay(DateOnly day) => day.Month * 100 + day.Day;

    /// <summary>Spans of days in which no clause changes, the latest being as long as the look back.</summary>
    private static (DateOnly From, DateOnly To)[] Versions(PolicyDocument policy)
    {
        var starts = new SortedSet<DateOnly>(policy.Clauses.SelectMany(c => c.Versions).Select(v => v.From));
        starts.UnionWith(policy.Clauses.Select(c => c.EffectiveFrom).Where(d => d != DateOnly.MinValue));
        starts.UnionWith(policy.Clauses.Select(c => c.EffectiveTo).OfType<DateOnly>().Select(d => d.AddDays(1)));
        DateOnly[] all = [.. starts];
        var spans = new List<(DateOnly, DateOnly)>();
        for (var i = 0; i <= all.Length; i++)
        {
            var from = i == 0 ? DateOnly.MinValue : all[i - 1];
            var last = i < all.Length ? all[i].AddDays(-1) : from > Latest ? from.AddDays(DaysLookedAt) : Latest;
            spans.Add((from, last));
        }

        return [.. spans];
    }

    /// <summary>Bits of the facts that some clause reads that can have a part in a request.</summary>
    private static ulong ReadFacts(PolicyDocument policy, RequestDefinition request, int requestFact)
    {
        ulong read = 0;
        foreach (var clause in policy.Clauses.Where(c => c.OnlyWhenRequired || Evaluation.HoldsKnowingOnly(c.Applies, requestFact, request.Symbol) != false))
        {
            foreach (var condition in clause.Rules.Select(r => r.When).Prepend(clause.Applies))
                condition.Visit(operand => read |= operand.Fact >= 0 ? 1UL << operand.Fact : 0);
        }

        return read;
    }

    /// <summary>Whether the policy knows a name as a value of a fact.</summary>
    private bool IsValue(int fact, string name) => Array.Exists(_pack.Policy.Facts[fact].Values, v => _pack.Policy.Symbols[v] == name);

    private bool Reads(int fact) => fact >= 0 && (_read >> fact & 1) != 0;

    private static long[] Ends(Bounds bounds) => bounds.From == bounds.To ? [bounds.From] : [bounds.From, bounds.To];
}
