namespace TicketWorld.Worlds.Policy;

/// <summary>
/// The names and types of the facts that no pack invents: those that are taken from the records and the clock, those that the decision itself gives, and the amounts that
/// customers name. A policy defines those that it reads; docs/policy.md says what each means.
/// </summary>
internal static class KnownFacts
{
    /// <summary>Of the source <c>database</c> or <c>clock</c>.</summary>
    public static readonly IReadOnlyDictionary<string, FactType> OfRecords = Types(
        (FactType.Symbol, "customer_tier item_category refund_state"),
        (FactType.Boolean, "tax_exempt shipped delivered partly_delivered late gift item_settled item_exchanged item_in_bundle item_final_sale item_found_opened item_in_stock"),
        (FactType.Integer, "days_since_order days_since_delivery minutes_since_order order_month_day days_late line_count settled_lines item_quantity warranty_days charge_count days_since_refund"),
        (FactType.Money, "order_total shipping_fee tax_amount gift_card_amount amount_due item_price line_total target_price charged_total overcharge failed_charge refund_amount refunded_total"));

    /// <summary>Of the source <c>decision</c>.</summary>
    public static readonly IReadOnlyDictionary<string, FactType> OfDecision = Types((FactType.Boolean, "escalated"), (FactType.Symbol, "outcome"));

    /// <summary>Of the source <c>customer</c>, beside the claims that a pack names itself.</summary>
    public static readonly IReadOnlyDictionary<string, FactType> OfCustomer = Types((FactType.Symbol, "request"), (FactType.Money, "competitor_price quoted_amount"));

    /// <summary>The fact that a value is counted from, beside prices and units; null for none.</summary>
    public static string? ReadBy(Amount amount) => amount switch
    {
        Amount.ExchangeDifference => "target_price",
        Amount.PriceMatchDifference => "competitor_price",
        _ => null,
    };

    private static Dictionary<string, FactType> Types(params (FactType Type, string Names)[] groups) =>
        groups.SelectMany(g => g.Names.Split(' '), (g, name) => (g.Type, Name: name)).ToDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal);
}
