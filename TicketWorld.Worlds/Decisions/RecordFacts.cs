using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Decisions;

/// <summary>
/// The numbers of the facts that the engine knows by name; -1 where a policy does not define one of that name and type, and setting it does nothing.
/// docs/policy.md says what each means.
/// </summary>
internal sealed class RecordFacts(PolicyDocument policy)
{
    public int Request { get; } = Index(policy, "request", FactType.Symbol);

    public int CustomerTier { get; } = Index(policy, "customer_tier", FactType.Symbol);

    public int TaxExempt { get; } = Index(policy, "tax_exempt", FactType.Boolean);

    public int Shipped { get; } = Index(policy, "shipped", FactType.Boolean);

    public int Delivered { get; } = Index(policy, "delivered", FactType.Boolean);

    public int PartlyDelivered { get; } = Index(policy, "partly_delivered", FactType.Boolean);

    public int DaysSinceOrder { get; } = Index(policy, "days_since_order", FactType.Integer);

    public int DaysSinceDelivery { get; } = Index(policy, "days_since_delivery", FactType.Integer);

    public int MinutesSinceOrder { get; } = Index(policy, "minutes_since_order", FactType.Integer);

    public int OrderMonthDay { get; } = Index(policy, "order_month_day", FactType.Integer);

    public int Late { get; } = Index(policy, "late", FactType.Boolean);

    public int DaysLate { get; } = Index(policy, "days_late", FactType.Integer);

    public int OrderTotal { get; } = Index(policy, "order_total", FactType.Money);

    public int ShippingFee { get; } = Index(policy, "shipping_fee", FactType.Money);

    public int TaxAmount { get; } = Index(policy, "tax_amount", FactType.Money);

    public int GiftCardAmount { get; } = Index(policy, "gift_card_amount", FactType.Money);

    public int AmountDue { get; } = Index(policy, "amount_due", FactType.Money);

    public int Gift { get; } = Index(policy, "gift", FactType.Boolean);

    public int LineCount { get; } = Index(policy, "line_count", FactType.Integer);

    public int SettledLines { get; } = Index(policy, "settled_lines", FactType.Integer);

    public int ItemPrice { get; } = Index(policy, "item_price", FactType.Money);

    public int ItemQuantity { get; } = Index(policy, "item_quantity", FactType.Integer);

    public int LineTotal { get; } = Index(policy, "line_total", FactType.Money);

    public int ItemSettled { get; } = Index(policy, "item_settled", FactType.Boolean);

    public int ItemExchanged { get; } = Index(policy, "item_exchanged", FactType.Boolean);

    public int ItemInBundle { get; } = Index(policy, "item_in_bundle", FactType.Boolean);

    public int ItemFinalSale { get; } = Index(policy, "item_final_sale", FactType.Boolean);

    public int ItemFoundOpened { get; } = Index(policy, "item_found_opened", FactType.Boolean);

    public int ItemInStock { get; } = Index(policy, "item_in_stock", FactType.Boolean);

    public int WarrantyDays { get; } = Index(policy, "warranty_days", FactType.Integer);

    public int ItemCategory { get; } = Index(policy, "item_category", FactType.Symbol);

    public int TargetPrice { get; } = Index(policy, "target_price", FactType.Money);

    public int ChargedTotal { get; } = Index(policy, "charged_total", FactType.Money);

    public int ChargeCount { get; } = Index(policy, "charge_count", FactType.Integer);

    public int Overcharge { get; } = Index(policy, "overcharge", FactType.Money);

    public int FailedCharge { get; } = Index(policy, "failed_charge", FactType.Money);

    public int RefundState { get; } = Index(policy, "refund_state", FactType.Symbol);

    public int RefundAmount { get; } = Index(policy, "refund_amount", FactType.Money);

    public int DaysSinceRefund { get; } = Index(policy, "days_since_refund", FactType.Integer);

    public int RefundedTotal { get; } = Index(policy, "refunded_total", FactType.Money);

    public int CompetitorPrice { get; } = Index(policy, "competitor_price", FactType.Money);

    public int QuotedAmount { get; } = Index(policy, "quoted_amount", FactType.Money);

    public int Escalated { get; } = Index(policy, "escalated", FactType.Boolean);

    public int Outcome { get; } = Index(policy, "outcome", FactType.Symbol);

    private static int Index(PolicyDocument policy, string name, FactType type) => policy.FactsByName.TryGetValue(name, out var fact) && fact.Type == type ? fact.Index : -1;
}
