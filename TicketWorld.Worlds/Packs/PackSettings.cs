namespace TicketWorld.Worlds.Packs;

/// <summary>A named share of a whole.</summary>
public sealed record Share(string Name, int Weight);

/// <summary>How a parcel travels.</summary>
/// <param name="ShipsAfterHours">Least and most hours from order to dispatch.</param>
/// <param name="DeliversAfterDays">Least and most calendar days from dispatch to delivery.</param>
public sealed record ShippingMethod(string Name, int Weight, (int From, int To) ShipsAfterHours, (int From, int To) DeliversAfterDays);

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
    public required Share[] Sentiment { get; init; }

    /// <summary>The complexity whose tickets go to a manager; no other may.</summary>
    public required string EscalationComplexity { get; init; }

    /// <summary>Weight of each hour of the day.</summary>
    public required int[] Hours { get; init; }
    public required int SpanDays { get; init; }
    public required ShippingMethod[] ShippingMethods { get; init; }
    public required Share[] PaymentMethods { get; init; }
    public required int[] Lines { get; init; }
    public required int[] Quantities { get; init; }
    public required int[] Discounts { get; init; }
    public required Share[] Background { get; init; }

    /// <exception cref="PackException">The file is not well-formed.</exception>
    internal static PackSettings Read(PackNode root)
    {
        root.Only("name", "version", "company", "description", "currency", "tickets", "orders");
        var tickets = root["tickets"];
        tickets.Only("types", "complexity", "completeness", "missing_details", "wrong_info", "sentiment", "escalation_complexity", "hours");
        var orders = root["orders"];
        orders.Only("span_days", "shipping_methods", "payment_methods", "lines", "quantities", "discounts", "background");
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
            Sentiment = Shares(tickets["sentiment"]),
            EscalationComplexity = tickets["escalation_complexity"].Text,
            Hours = Weights(tickets["hours"]),
            SpanDays = orders["span_days"].Integer(60, 3650),
            ShippingMethods = [.. orders["shipping_methods"].Entries.Select(e => new ShippingMethod(e.Key, e.Value["share"].Integer(1, 1000), Pair(e.Value["ships_after_hours"], 1, 200), Pair(e.Value["delivers_after_days"], 0, 60)))],
            PaymentMethods = Shares(orders["payment_methods"]),
            Lines = Weights(orders["lines"]),
            Quantities = Weights(orders["quantities"]),
            Discounts = [.. orders["discounts"].Items.Select(d => d.Integer(0, 90))],
            Background = Shares(orders["background"], "delivered", "partially_returned", "shipped", "processing"),
        };
        if (settings.Hours.Length != 24)
            throw tickets["hours"].Error($"There are {settings.Hours.Length} hours.", "Give 24 weights, for 0 to 23 o'clock.");
        if (settings.Complexity.All(c => c.Name != settings.EscalationComplexity))
            throw tickets["escalation_complexity"].Error($"'{settings.EscalationComplexity}' is no complexity.", "Name one of the list.");
        return settings;
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

    private static (int From, int To) Pair(PackNode node, int least, int most) =>
        node.Items.Count == 2 && node.Items[0].Integer(least, most) is var from && node.Items[1].Integer(least, most) is var to && from <= to
            ? (from, to)
            : throw node.Error("This is no range.", "Write [from, to].");
}
