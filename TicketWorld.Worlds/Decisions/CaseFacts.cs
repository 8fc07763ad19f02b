using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Decisions;

/// <summary>Takes the facts of a case from the records, the clock and the customer's claims.</summary>
internal sealed class CaseFacts
{
    private readonly PolicyDocument _policy;
    private readonly RecordFacts _names;
    private readonly PaymentFacts _payments;

    public CaseFacts(PolicyDocument policy)
    {
        _policy = policy;
        _names = new RecordFacts(policy);
        _payments = new PaymentFacts(policy, _names);
    }

    public RecordFacts Names => _names;

    /// <summary>Fills <paramref name="facts"/> with everything but the customer's claims, and gives the amounts at stake.</summary>
    /// <param name="target">The product wanted in exchange, when another is named.</param>
    public CaseAmounts FromRecords(RequestDefinition request, in Identified who, DateTime at, Product? target, FactSet facts)
    {
        facts.Clear();
        facts.Set(_names.Request, request.Symbol);
        if (who.Customer is { } customer)
            SetCustomer(customer, facts);
        if (!who.Suffices(request.Subject))
            return default;
        if (request.Subject is RequestSubject.Item or RequestSubject.Product && who.Product is { } product)
            SetProduct(product, facts);
        if (request.Subject is RequestSubject.None or RequestSubject.Product || who.Order is not { } order)
            return default;

        SetOrder(order, at, facts);
        if (request.Subject == RequestSubject.Order)
        {
            _payments.Set(order, null, at, facts);
            return WholeOrder(order, at, facts);
        }

        var line = order.Items[who.Line];
        _payments.Set(order, line.Product, at, facts);
        return Line(order, line, at, target, facts);
    }

    /// <summary>Adds the claims: what the record answers, else what is said, else what silence stands for; and lists what stays unknown, in ascending order.</summary>
    /// <param name="said">Bits of the facts that the customer states; their values are in <paramref name="values"/>.</param>
    public CaseAmounts WithClaims(RequestDefinition request, ulong said, ReadOnlySpan<long> values, CaseAmounts amounts, FactSet facts, Span<int> unknown, out int unknownCount)
    {
        unknownCount = 0;
        foreach (var claim in request.Claims)
        {
            if (_policy.Facts[claim.Fact].Record is >= 0 and var record && facts.TryGet(record, out var recorded))
                facts.Set(claim.Fact, recorded);
            else if ((said >> claim.Fact & 1) != 0)
                facts.Set(claim.Fact, values[claim.Fact]);
            else if (claim.Silence is { } silence)
                facts.Set(claim.Fact, silence);
            else
                unknown[unknownCount++] = claim.Fact;
        }

        return facts.TryGet(_names.CompetitorPrice, out var price) ? amounts with { CompetitorPrice = new Money(price) } : amounts;
    }

    private void SetCustomer(Customer customer, FactSet facts)
    {
        if (_policy.SymbolOf(customer.Tier) is >= 0 and var tier)
            facts.Set(_names.CustomerTier, tier);
        facts.Set(_names.TaxExempt, customer.TaxExempt);
    }

    private void SetProduct(Product product, FactSet facts)
    {
        facts.Set(_names.ItemInStock, product.InStock);
        facts.Set(_names.WarrantyDays, product.WarrantyDays);
        if (_names.ItemCategory >= 0 && _policy.SymbolOf(product.Category) is var category && Array.IndexOf(_policy.Facts[_names.ItemCategory].Values, category) >= 0)
            facts.Set(_names.ItemCategory, category);
    }

    private void SetOrder(Order order, DateTime at, FactSet facts)
    {
        var orderedOn = order.Id.Date;
        facts.Set(_names.DaysSinceOrder, Days(orderedOn, at));
        facts.Set(_names.MinutesSinceOrder, (at - order.OrderedAt).Ticks / TimeSpan.TicksPerMinute);
        facts.Set(_names.OrderMonthDay, orderedOn.Month * 100 + orderedOn.Day);
        facts.Set(_names.PartlyDelivered, IsPartlyDelivered(order, at));
        facts.Set(_names.OrderTotal, order.Total.Cents);
        facts.Set(_names.ShippingFee, order.ShippingFee.Cents);
        facts.Set(_names.TaxAmount, order.TaxAmount.Cents);
        facts.Set(_names.GiftCardAmount, order.GiftCardAmount.Cents);
        facts.Set(_names.AmountDue, order.AmountDue.Cents);
        facts.Set(_names.Gift, order.Gift);
        facts.Set(_names.LineCount, order.Items.Length);
        var settled = 0;
        foreach (var item in order.Items)
            settled += item.IsSettled ? 1 : 0;
        facts.Set(_names.SettledLines, settled);
    }

    private CaseAmounts WholeOrder(Order order, DateTime at, FactSet facts)
    {
        SetDelivery(order, order.ShippedAt, order.DeliveredAt, at, facts);
        var highest = Money.Zero;
        foreach (var item in order.Items)
            highest = item.PricePaid > highest ? item.PricePaid : highest;
        facts.Set(_names.ItemPrice, highest.Cents);
        facts.Set(_names.ItemSettled, false);
        facts.Set(_names.ItemExchanged, false);
        facts.Set(_names.ItemInBundle, false);
        facts.Set(_names.ItemFinalSale, false);
        return new CaseAmounts(highest, 1, order.Total, highest, default, 0);
    }

    private CaseAmounts Line(Order order, OrderItem line, DateTime at, Product? target, FactSet facts)
    {
        SetDelivery(order, order.ShippedAtOf(line), order.DeliveredAtOf(line), at, facts);
        facts.Set(_names.ItemPrice, line.PricePaid.Cents);
        facts.Set(_names.ItemQuantity, line.Quantity);
        facts.Set(_names.LineTotal, line.Amount.Cents);
        facts.Set(_names.ItemSettled, line.IsSettled);
        facts.Set(_names.ItemExchanged, line.Status == ItemStatus.Exchanged);
        facts.Set(_names.ItemInBundle, line.Bundle is not null);
        facts.Set(_names.ItemFinalSale, line.FinalSale);
        if (line.Inspection is { } inspection)
            facts.Set(_names.ItemFoundOpened, inspection == Inspection.Opened);
        var targetPrice = target?.BasePrice ?? line.PricePaid;
        facts.Set(_names.TargetPrice, targetPrice.Cents);
        return new CaseAmounts(line.PricePaid, line.Quantity, order.Total, targetPrice, default, (target?.Id ?? line.Product).Number);
    }

    private void SetDelivery(Order order, DateTime? shippedAt, DateTime? deliveredAt, DateTime at, FactSet facts)
    {
        var delivered = deliveredAt <= at;
        facts.Set(_names.Shipped, shippedAt <= at);
        facts.Set(_names.Delivered, delivered);
        if (delivered)
            facts.Set(_names.DaysSinceDelivery, Days(DateOnly.FromDateTime(deliveredAt!.Value), at));
        var arrival = delivered ? deliveredAt!.Value : at;
        facts.Set(_names.Late, arrival > order.PromisedBy);
        facts.Set(_names.DaysLate, Math.Max(0, Days(DateOnly.FromDateTime(order.PromisedBy), arrival)));
    }

    private static bool IsPartlyDelivered(Order order, DateTime at)
    {
        var (some, all) = (false, true);
        foreach (var item in order.Items)
        {
            var delivered = order.DeliveredAtOf(item) <= at;
            some |= delivered;
            all &= delivered;
        }

        return some && !all;
    }

    private static int Days(DateOnly from, DateTime to) => DateOnly.FromDateTime(to).DayNumber - from.DayNumber;
}
