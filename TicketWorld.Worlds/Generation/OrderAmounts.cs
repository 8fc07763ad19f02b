using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>What an order costs, and how much of it a gift card pays.</summary>
internal readonly record struct OrderAmounts(Money Total, Money Fee, Money Tax, Money GiftCard)
{
    /// <summary>Gift cards pay whole multiples of this where the order is large enough.</summary>
    private const int CardStep = 5_00;

    public Money Due => Total + Fee + Tax - GiftCard;

    public static OrderAmounts Of(List<OrderItem> items, ShippingMethod method, int taxPercent)
    {
        var total = Money.Zero;
        foreach (var item in items)
            total += item.Amount;
        return new OrderAmounts(total, method.FeeFor(total), total.Percent(taxPercent), Money.Zero);
    }

    /// <summary>The same order with a gift card that pays about so much of it; all of it at 100.</summary>
    public OrderAmounts WithGiftCard(int percent)
    {
        if (percent == 0)
            return this;
        var whole = Total + Fee + Tax;
        var card = percent == 100 ? whole : new Money(Math.Max(1, whole.Percent(percent).Cents));
        return this with { GiftCard = percent < 100 && card.Cents > CardStep ? new Money(card.Cents - card.Cents % CardStep) : card };
    }
}
