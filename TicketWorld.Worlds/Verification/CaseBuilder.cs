using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>Takes the facts of a case from the records, the message's time and its reading, as docs/policy.md defines them.</summary>
internal sealed class CaseBuilder(PolicyDocument policy)
{
    private readonly PolicyDocument _policy = policy;
    private readonly int _tier = IndexOf(policy, "customer_tier");
    private readonly int _shipped = IndexOf(policy, "shipped");
    private readonly int _delivered = IndexOf(policy, "delivered");
    private readonly int _daysSinceOrder = IndexOf(policy, "days_since_order");
    private readonly int _daysSinceDelivery = IndexOf(policy, "days_since_delivery");
    private readonly int _minutesSinceOrder = IndexOf(policy, "minutes_since_order");
    private readonly int _monthDay = IndexOf(policy, "order_month_day");
    private readonly int _orderTotal = IndexOf(policy, "order_total");
    private readonly int _itemPrice = IndexOf(policy, "item_price");
    private readonly int _itemSettled = IndexOf(policy, "item_settled");
    private readonly int _inStock = IndexOf(policy, "item_in_stock");
    private readonly int _warranty = IndexOf(policy, "warranty_days");
    private readonly int _target = IndexOf(policy, "target_price");

    /// <summary>The case; <paramref name="conflict"/> says why there is none when the claims contradict each other.</summary>
    public Case? Build(RequestDefinition request, Message message, Reading reading, Identification identified, out string? conflict)
    {
        conflict = null;
        var order = identified.Order;
        var line = identified.Line;
        var made = new Case(_policy, request)
        {
            Day = DateOnly.FromDateTime(message.Timestamp),
            UnitPrice = line?.PricePaid,
            Quantity = line?.Quantity ?? 1,
            OrderTotal = order?.Total,
            TrackingNumber = order is { TrackingNumber: { } number, ShippedAt: { } shipped } && shipped <= message.Timestamp ? number : "none",
            OrderStatus = order is null ? "none" : Snake.Name(order.Status),
            TargetProduct = (identified.Target ?? identified.Product)?.Id.ToString() ?? "none",
        };
        if (identified.Customer is { } customer)
            made.Set(_tier, _policy.SymbolOf(customer.Tier) is var tier and >= 0 ? tier : null);
        if (order is not null)
            SetOrder(made, order, line, message.Timestamp);
        if (identified.Product is { } product)
        {
            made.Set(_inStock, product.InStock ? 1 : 0);
            made.Set(_warranty, product.WarrantyDays);
        }

        if (line is not null)
            made.Set(_target, (identified.Target?.BasePrice ?? line.PricePaid).Cents);
        return SetClaims(made, request, reading, out conflict) ? made : null;
    }

    private void SetOrder(Case made, Order order, OrderItem? line, DateTime now)
    {
        var shipped = order.ShippedAt is { } shippedAt && shippedAt <= now;
        DateTime? deliveredAt = order.DeliveredAt is { } at && at <= now ? at : null;
        made.Set(_shipped, shipped ? 1 : 0);
        made.Set(_delivered, deliveredAt is null ? 0 : 1);
        made.Set(_daysSinceOrder, Days(order.OrderedAt, now));
        made.Set(_daysSinceDelivery, deliveredAt is { } since ? Days(since, now) : null);
        made.Set(_minutesSinceOrder, (now - order.OrderedAt).Ticks / TimeSpan.TicksPerMinute);
        made.Set(_monthDay, order.OrderedAt.Month * 100 + order.OrderedAt.Day);
        made.Set(_orderTotal, order.Total.Cents);
        var price = line?.PricePaid ?? Money.Zero;
        if (line is null)
        {
            foreach (var item in order.Items)
                price = item.PricePaid > price ? item.PricePaid : price;
        }

        made.Set(_itemPrice, price.Cents);
        made.Set(_itemSettled, line is { IsSettled: true } ? 1 : 0);
    }

    private bool SetClaims(Case made, RequestDefinition request, Reading reading, out string? conflict)
    {
        conflict = null;
        foreach (var claim in request.Claims)
        {
            var fact = _policy.Facts[claim.Fact];
            if (fact.Type == FactType.Money && reading.AmountsDiffer)
            {
                conflict = $"the text holds several amounts that could be '{fact.Name}'";
                return false;
            }

            var stated = fact.Type == FactType.Money ? reading.Amount?.Cents : reading.Value(claim.Fact);
            if ((stated ?? claim.Silence) is { } value)
                made.Set(claim.Fact, value);
            else
                made.SetUnknown(claim.Fact);
        }

        return true;
    }

    private static long Days(DateTime from, DateTime to) =>
        DateOnly.FromDateTime(to).DayNumber - DateOnly.FromDateTime(from).DayNumber;

    private static int IndexOf(PolicyDocument policy, string fact) =>
        policy.FactsByName.TryGetValue(fact, out var definition) ? definition.Index : -1;
}
