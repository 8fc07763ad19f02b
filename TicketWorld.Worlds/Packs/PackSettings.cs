using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Packs;

/// <summary>A named share of a whole.</summary>
public sealed record Share(string Name, int Weight);

/// <summary>How a parcel travels.</summary>
/// <param name="ShipsAfterHours">Least and most hours from order to dispatch.</param>
/// <param name="DeliversAfterDays">Least and most calendar days from dispatch to delivery.</param>
/// <param name="Fee">What it costs, but for orders of more than <paramref name="FreeOver"/>.</param>
/// <param name="PromiseDays">Days from the order to the end of the promised delivery window.</param>
public sealed record ShippingMethod(
    string Name,
    int Weight,
    (int From, int To) ShipsAfterHours,
    (int From, int To) DeliversAfterDays,
    Money Fee,
    Money? FreeOver,
    int PromiseDays)
{
    /// <summary>The fee for an order whose lines cost <paramref name="total"/>.</summary>
    public Money FeeFor(Money total) => FreeOver is { } limit && total > limit ? Money.Zero : Fee;
}

/// <summary>The shares, in per cent, of what happens to orders that no scenario speaks about.</summary>
/// <param name="ChargeFault">A charge taken twice, too high, or failed and taken; a gift card that was not taken off, tax for the exempt.</param>
/// <param name="Exchanged">A delivered line that came in exchange for another.</param>
/// <param name="LimitPrice">A price or a total at an amount at which scenarios are decided otherwise.</param>
/// <param name="SpecialPrice">A price that is no plain discount.</param>
public sealed record OrderHabits(int Gift, int GiftCard, int Bundle, int Split, int FinalSale, int Late, int ChargeFault, int Exchanged, int LimitPrice, int SpecialPrice);

/// <summary>The few customers who order much.</summary>
/// <param name="Percent">How many of the customers they are.</param>
/// <param name="OrdersPercent">How many of the orders are theirs.</param>
public sealed record HeavyCustomers(int Percent, int OrdersPercent);

/// <summary>The company and the shares of its worlds: the content of <c>pack.yaml</c>.</summary>
public sealed record PackSettings
{
    public required string Name { get; init; }
    public required string Version { get; init; }
    public required string Company { get; init; }
    public required string CurrencyCode { get; init; }
    public required string CurrencySymbol { get; init; }
    public required Share[] TicketTypes { get; init; }
    public required Share[] Complexity { get; init; }
    public required Share[] Completeness { get; init; }
    public required Share[] MissingDetails { get; init; }
    public required Share[] WrongInfo { get; init; }

    /// <summary>What is misstated in a message of the kind incorrect_info.</summary>
    public required Share[] IncorrectInfo { get; init; }
    public required Share[] Sentiment { get; init; }

    /// <summary>How many of a hundred messages about an order answer an earlier one, which stands below.</summary>
    public required int ThreadPercent { get; init; }

    /// <summary>The complexity whose tickets go to a manager; no other may.</summary>
    public required string EscalationComplexity { get; init; }

    /// <summary>Weight of each hour of the day at which people write.</summary>
    public required int[] Hours { get; init; }

    /// <summary>Weight of each hour of the day at which people order.</summary>
    public required int[] OrderHours { get; init; }

    /// <summary>Weight of each month in which people order, from January.</summary>
    public required int[] Months { get; init; }

    /// <summary>Weight of each day of the week on which people order, from Monday.</summary>
    public required int[] Weekdays { get; init; }
    public required int SpanDays { get; init; }
    public required ShippingMethod[] ShippingMethods { get; init; }
    public required Share[] PaymentMethods { get; init; }
    public required int[] Lines { get; init; }
    public required int[] Quantities { get; init; }
    public required int[] Discounts { get; init; }
    public required Share[] Background { get; init; }

    /// <summary>Tax in per cent of an order's lines.</summary>
    public required int TaxPercent { get; init; }
    public required OrderHabits Habits { get; init; }
    public required HeavyCustomers HeavyCustomers { get; init; }

    /// <exception cref="PackException">The file is not well-formed.</exception>
    internal static PackSettings Read(PackNode root)
    {
        root.Only("name", "version", "company", "description", "currency", "tickets", "orders");
        var tickets = root["tickets"];
        tickets.Only("types", "complexity", "completeness", "missing_details", "wrong_info", "incorrect_info", "sentiment", "thread_percent", "escalation_complexity", "hours");
        var orders = root["orders"];
        orders.Only(
            "span_days", "shipping_methods", "payment_methods", "lines", "quantities", "discounts", "background", "tax_percent", "gift_percent", "gift_card_percent",
            "bundle_percent", "split_percent", "final_sale_percent", "late_percent", "charge_fault_percent", "exchanged_percent", "limit_price_percent", "special_price_percent", "heavy_customers", "months", "weekdays", "hours");
        var settings = new PackSettings
        {
            Name = root["name"].Text,
            Version = root["version"].Text,
            Company = root["company"].Text,
            CurrencyCode = root["currency"]["code"].Text,
            CurrencySymbol = root["currency"]["symbol"].Text,
            TicketTypes = Shares(tickets["types"]),
            Complexity = Shares(tickets["complexity"]),
            Completeness = Shares(tickets["completeness"], "complete", "missing_details", "wrong_info"),
            MissingDetails = Shares(tickets["missing_details"], "missing_order_number", "minimal_details"),
            WrongInfo = Shares(tickets["wrong_info"], "incorrect_info", "wrong_email"),
            IncorrectInfo = tickets.Find("incorrect_info") is { } incorrect
                ? Shares(incorrect, "order_number", "order_date", "product")
                : [new("order_number", 60), new("order_date", 25), new("product", 15)],
            Sentiment = Shares(tickets["sentiment"]),
            ThreadPercent = tickets.Find("thread_percent")?.Integer(0, 100) ?? 0,
            EscalationComplexity = tickets["escalation_complexity"].Text,
            Hours = Weights(tickets["hours"], 24),
            OrderHours = Weights(orders.Find("hours") ?? tickets["hours"], 24),
            Months = orders.Find("months") is { } months ? Weights(months, 12) : Even(12),
            Weekdays = orders.Find("weekdays") is { } weekdays ? Weights(weekdays, 7) : Even(7),
            SpanDays = orders["span_days"].Integer(60, 3650),
            ShippingMethods = [.. orders["shipping_methods"].Entries.Select(e => ReadMethod(e.Key, e.Value))],
            PaymentMethods = Shares(orders["payment_methods"]),
            Lines = Weights(orders["lines"]),
            Quantities = Weights(orders["quantities"]),
            Discounts = [.. orders["discounts"].Items.Select(d => d.Integer(0, 90))],
            Background = Shares(orders["background"], "delivered", "partially_returned", "shipped", "processing"),
            TaxPercent = Percent("tax_percent"),
            Habits = new OrderHabits(
                Percent("gift_percent"),
                Percent("gift_card_percent"),
                Percent("bundle_percent"),
                Percent("split_percent"),
                Percent("final_sale_percent"),
                Percent("late_percent"),
                Percent("charge_fault_percent", 4),
                Percent("exchanged_percent", 2),
                Percent("limit_price_percent", 2),
                Percent("special_price_percent", 4)),
            HeavyCustomers = orders.Find("heavy_customers") is { } heavy ? ReadHeavy(heavy) : new HeavyCustomers(5, 30),
        };
        if (settings.Complexity.All(c => c.Name != settings.EscalationComplexity))
            throw tickets["escalation_complexity"].Error($"'{settings.EscalationComplexity}' is no complexity.", "Name one of the list.");
        return settings;

        int Percent(string key, int unsaid = 0) => orders.Find(key)?.Integer(0, 100) ?? unsaid;
    }

    private static ShippingMethod ReadMethod(string name, PackNode node)
    {
        node.Only("share", "ships_after_hours", "delivers_after_days", "fee", "free_over", "promise_days");
        var ships = Pair(node["ships_after_hours"], 1, 200);
        var delivers = Pair(node["delivers_after_days"], 0, 60);
        var longest = Math.Max(1, ships.To / 24) + delivers.To;
        var promise = node.Find("promise_days")?.Integer(1, 120) ?? longest;
        if (promise < longest)
            throw node["promise_days"].Error($"A parcel may take {longest} days, so that a promise of {promise} days is broken without anybody saying so.", $"Promise at least {longest} days, or shorten ships_after_hours or delivers_after_days.");
        return new ShippingMethod(name, node["share"].Integer(1, 1000), ships, delivers, node.Find("fee")?.Money() ?? Money.Zero, node.Find("free_over")?.Money(), promise);
    }

    private static HeavyCustomers ReadHeavy(PackNode node)
    {
        node.Only("percent", "orders_percent");
        return new HeavyCustomers(node["percent"].Integer(1, 100), node["orders_percent"].Integer(0, 100));
    }

    private static Share[] Shares(PackNode node, params string[] allowed)
    {
        if (allowed.Length > 0)
            node.Only(allowed);
        return node.Entries.Count > 0
            ? [.. node.Entries.Select(e => new Share(e.Key, e.Value.Integer(0, 1_000_000)))]
            : throw node.Error("There is no share.", "Write 'name: weight' lines.");
    }

    private static int[] Weights(PackNode node)
    {
        var weights = node.Items.Select(w => w.Integer(0, 1_000_000)).ToArray();
        return weights.Sum() > 0 ? weights : throw node.Error("All weights are zero.", "Give at least one a weight.");
    }

    private static int[] Weights(PackNode node, int count) => node.Items.Count == count
        ? Weights(node)
        : throw node.Error($"There are {node.Items.Count} weights.", $"Give {count}.");

    private static int[] Even(int count)
    {
        var weights = new int[count];
        Array.Fill(weights, 1);
        return weights;
    }

    private static (int From, int To) Pair(PackNode node, int least, int most) =>
        node.Items.Count == 2 && node.Items[0].Integer(least, most) is var from && node.Items[1].Integer(least, most) is var to && from <= to
            ? (from, to)
            : throw node.Error("This is no range.", "Write [from, to].");
}
