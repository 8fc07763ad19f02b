using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Decisions;

/// <summary>Takes the facts of a case from the records, the clock and the customer's claims.</summary>
internal sealed class CaseFacts
{
    private readonly PolicyDocument _policy;
    private readonly RecordFacts _names;

    public CaseFacts(PolicyDocument policy)
    {
        _policy = policy;
        _names = new RecordFacts(policy);
    }

    public RecordFacts Names => _names;

    /// <summary>Fills <paramref name="facts"/> with everything but the customer's claims, and gives the amounts at stake.</summary>
    /// <param name="target">The product wanted in exchange, when another is named.</param>
    public CaseAmounts FromRecords(RequestDefinition request, in Identified who, DateTime at, Product? target, FactSet facts)
    {
        facts.Clear();
        facts.Set(_names.Request, request.Symbol);
        if (who.Customer is { } customer && _policy.SymbolOf(customer.Tier) is >= 0 and var tier)
            facts.Set(_names.CustomerTier, tier);
        if (who.Missing is not null)
            return default;
        if (who.Product is { } product)
        {
            facts.Set(_names.ItemInStock, product.InStock);
            facts.Set(_names.WarrantyDays, product.WarrantyDays);
        }

        if (who.Order is not { } order)
            return default;

        var today = DateOnly.FromDateTime(at);
        var orderedOn = order.Id.Date;
        facts.Set(_names.Shipped, order.ShippedAt <= at);
        facts.Set(_names.Delivered, order.DeliveredAt <= at);
        facts.Set(_names.DaysSinceOrder, today.DayNumber - orderedOn.DayNumber);
        facts.Set(_names.MinutesSinceOrder, (at - order.OrderedAt).Ticks / TimeSpan.TicksPerMinute);
        facts.Set(_names.OrderMonthDay, orderedOn.Month * 100 + orderedOn.Day);
        facts.Set(_names.OrderTotal, order.Total.Cents);
        if (order.DeliveredAt is { } delivered && delivered <= at)
            facts.Set(_names.DaysSinceDelivery, today.DayNumber - DateOnly.FromDateTime(delivered).DayNumber);

        if (request.Subject == RequestSubject.Order)
        {
            var highest = Money.Zero;
            foreach (var item in order.Items)
                highest = item.PricePaid > highest ? item.PricePaid : highest;
            facts.Set(_names.ItemPrice, highest.Cents);
            facts.Set(_names.ItemSettled, false);
            return new CaseAmounts(highest, 1, order.Total, highest, default, 0);
        }

        var line = order.Items[who.Line];
        facts.Set(_names.ItemPrice, line.PricePaid.Cents);
        facts.Set(_names.ItemSettled, line.IsSettled);
        var targetPrice = target?.BasePrice ?? line.PricePaid;
        facts.Set(_names.TargetPrice, targetPrice.Cents);
        return new CaseAmounts(line.PricePaid, line.Quantity, order.Total, targetPrice, default, (target?.Id ?? line.Product).Number);
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
}
