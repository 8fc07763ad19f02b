using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification.Facts;

namespace TicketWorld.Worlds.Verification;

/// <summary>Makes the case of one request from the records, the message's time and its reading, as docs/policy.md defines the facts.</summary>
internal sealed class CaseBuilder(PolicyDocument policy)
{
    private readonly CustomerFacts _customer = new(policy);
    private readonly OrderFacts _order = new(policy);
    private readonly ItemFacts _item = new(policy);
    private readonly PaymentFacts _payments = new(policy);

    /// <summary>The case; <paramref name="conflict"/> says why there is none when the claims contradict each other.</summary>
    public Case? Build(RequestDefinition request, Message message, Reading reading, Identification identified, out string? conflict)
    {
        var isIdentified = identified.Customer is not null && request.Subject switch
        {
            RequestSubject.Item => identified.Line is not null,
            RequestSubject.Order => identified.Order is not null,
            RequestSubject.Product => identified.Product is not null,
            _ => true,
        };
        var order = isIdentified && request.Subject is RequestSubject.Order or RequestSubject.Item ? identified.Order : null;
        var line = isIdentified && request.Subject == RequestSubject.Item ? identified.Line : null;
        var product = isIdentified && request.Subject is RequestSubject.Item or RequestSubject.Product ? identified.Product : null;
        var now = message.Timestamp;
        var made = new Case(policy, request)
        {
            IsIdentified = isIdentified,
            Day = DateOnly.FromDateTime(now),
            UnitPrice = line?.PricePaid ?? (order is null ? null : Dearest(order)),
            Quantity = line?.Quantity ?? 1,
            OrderTotal = order?.Total,
            TrackingNumber = order is { TrackingNumber: { } number, ShippedAt: { } shipped } && shipped <= now ? number : "none",
            OrderStatus = order is null ? "none" : Snake.Name(order.Status),
            TargetProduct = (identified.Target ?? product)?.Id.ToString() ?? "none",
        };
        if (identified.Customer is { } customer)
            _customer.Set(made, customer);
        if (order is not null)
        {
            _order.Set(made, order, line, now);
            _item.Set(made, line);
            _payments.Set(made, order, line, now);
        }

        if (product is not null)
            _item.Set(made, product, line, identified.Target);
        return SetClaims(made, request, reading, out conflict) ? made : null;
    }

    /// <summary>The record's answer goes before the customer's word; where there is none, silence stands for what is not said.</summary>
    private bool SetClaims(Case made, RequestDefinition request, Reading reading, out string? conflict)
    {
        conflict = null;
        foreach (var claim in request.Claims)
        {
            var fact = policy.Facts[claim.Fact];
            if (fact.Record >= 0 && made.ValueOf(fact.Record) is { } recorded)
            {
                made.Set(claim.Fact, recorded);
                made.Answered |= 1UL << claim.Fact;
                continue;
            }

            if (fact.Type == FactType.Money && reading.AmountsDiffer)
            {
                conflict = $"the text holds several amounts that could be '{fact.Name}'";
                return false;
            }

            if ((reading.Claim(fact) ?? claim.Silence) is { } value)
                made.Set(claim.Fact, value);
            else
                made.SetUnknown(claim.Fact);
        }

        return true;
    }

    private static Money Dearest(Order order)
    {
        var price = Money.Zero;
        foreach (var item in order.Items)
            price = item.PricePaid > price ? item.PricePaid : price;
        return price;
    }
}
