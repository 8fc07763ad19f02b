using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Facts;

/// <summary>Sets the facts of the order: its times, its amounts, its lines together.</summary>
internal sealed class OrderFacts(PolicyDocument policy)
{
    private readonly int _shipped = FactIndex.Of(policy, "shipped");
    private readonly int _delivered = FactIndex.Of(policy, "delivered");
    private readonly int _partlyDelivered = FactIndex.Of(policy, "partly_delivered");
    private readonly int _daysSinceOrder = FactIndex.Of(policy, "days_since_order");
    private readonly int _daysSinceDelivery = FactIndex.Of(policy, "days_since_delivery");
    private readonly int _minutesSinceOrder = FactIndex.Of(policy, "minutes_since_order");
    private readonly int _monthDay = FactIndex.Of(policy, "order_month_day");
    private readonly int _late = FactIndex.Of(policy, "late");
    private readonly int _daysLate = FactIndex.Of(policy, "days_late");
    private readonly int _total = FactIndex.Of(policy, "order_total");
    private readonly int _shippingFee = FactIndex.Of(policy, "shipping_fee");
    private readonly int _tax = FactIndex.Of(policy, "tax_amount");
    private readonly int _giftCard = FactIndex.Of(policy, "gift_card_amount");
    private readonly int _due = FactIndex.Of(policy, "amount_due");
    private readonly int _gift = FactIndex.Of(policy, "gift");
    private readonly int _lineCount = FactIndex.Of(policy, "line_count");
    private readonly int _settledLines = FactIndex.Of(policy, "settled_lines");

    /// <param name="line">The line that the request is about; null where it is about the order.</param>
    public void Set(Case made, Order order, OrderItem? line, DateTime now)
    {
        made.Set(_daysSinceOrder, FactIndex.Days(order.OrderedAt, now));
        made.Set(_minutesSinceOrder, (now - order.OrderedAt).Ticks / TimeSpan.TicksPerMinute);
        made.Set(_monthDay, order.OrderedAt.Month * 100 + order.OrderedAt.Day);
        made.Set(_total, order.Total.Cents);
        made.Set(_shippingFee, order.ShippingFee.Cents);
        made.Set(_tax, order.TaxAmount.Cents);
        made.Set(_giftCard, order.GiftCardAmount.Cents);
        made.Set(_due, order.AmountDue.Cents);
        made.Set(_gift, order.Gift);
        made.Set(_lineCount, order.Items.Length);
        SetDelivery(made, order, line, now);
        SetLines(made, order, now);
    }

    private void SetDelivery(Case made, Order order, OrderItem? line, DateTime now)
    {
        var shipped = Past(line is null ? order.ShippedAt : order.ShippedAtOf(line), now);
        var delivered = Past(line is null ? order.DeliveredAt : order.DeliveredAtOf(line), now);
        made.Set(_shipped, shipped is not null);
        made.Set(_delivered, delivered is not null);
        if (delivered is { } since)
            made.Set(_daysSinceDelivery, FactIndex.Days(since, now));
        var end = delivered ?? now;
        made.Set(_late, end > order.PromisedBy);
        made.Set(_daysLate, Math.Max(0, FactIndex.Days(order.PromisedBy, end)));
    }

    private void SetLines(Case made, Order order, DateTime now)
    {
        var settled = 0;
        var arrived = 0;
        foreach (var item in order.Items)
        {
            settled += item.IsSettled ? 1 : 0;
            arrived += Past(order.DeliveredAtOf(item), now) is null ? 0 : 1;
        }

        made.Set(_settledLines, settled);
        made.Set(_partlyDelivered, arrived > 0 && arrived < order.Items.Length);
    }

    private static DateTime? Past(DateTime? time, DateTime now) => time <= now ? time : null;
}
