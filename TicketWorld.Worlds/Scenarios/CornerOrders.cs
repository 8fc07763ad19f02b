using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>Makes the order of a corner: the least that has what the scenario asks for.</summary>
internal sealed class CornerOrders(PackSettings settings)
{
    private static readonly CustomerId Owner = new(1);
    private static readonly ProductId Subject = new(1001);
    private static readonly ProductId Other = new(1002);

    public static Customer Customer(OrderRequirement? order, string tier) => new()
    {
        Id = Owner,
        Name = "",
        Tier = tier,
        PrimaryEmail = "",
        Phone = "",
        ShippingAddress = new Address("", "", "", ""),
        BillingAddress = new Address("", "", "", ""),
        CreatedDate = DateOnly.MinValue,
        TaxExempt = order is { TaxExempt: true },
    };

    public static Product Product(in CornerChoice choice) => Product(Subject, choice.Category, new Money(choice.Price), choice.WarrantyDays, choice.InStock);

    /// <summary>A product that costs more or less than the item, and is not it.</summary>
    public static Product? Target(ExchangeTarget target, in CornerChoice choice) => target switch
    {
        ExchangeTarget.Pricier => Product(Other, choice.Category, new Money(choice.Price + 100), choice.WarrantyDays, inStock: true),
        ExchangeTarget.Cheaper => Product(Other, choice.Category, new Money(choice.Price - 1), choice.WarrantyDays, inStock: true),
        _ => null,
    };

    /// <summary>Days from the order to the message on the scenario's clock.</summary>
    public static int SinceOrder(OrderRequirement order, in CornerChoice choice) => order.Clock switch
    {
        ScenarioClock.DaysSinceOrder => (int)choice.Range,
        ScenarioClock.MinutesSinceOrder => 0,
        _ => SinceDelivery(order, choice) + 5,
    };

    /// <returns>The order; its subject is the first line.</returns>
    public Order Make(OrderRequirement order, in CornerChoice choice, DateTime at)
    {
        var ordered = order.Clock == ScenarioClock.MinutesSinceOrder ? at.AddMinutes(-choice.Range) : at.AddDays(-SinceOrder(order, choice)).AddHours(-4);
        DateTime? shipped = order.State == OrderState.Processing ? null : ordered.AddHours(1);
        DateTime? delivered = order.State == OrderState.Delivered || order.Parcels is not null ? at.AddDays(-SinceDelivery(order, choice)).AddHours(-2) : null;
        var total = new Money(choice.Total);
        var gift = order.Payment is PaymentQuirk.GiftCard or PaymentQuirk.GiftCardIgnored ? new Money(Math.Max(1, total.Percent(30).Cents)) : Money.Zero;
        var tax = order.TaxExempt && order.Payment != PaymentQuirk.TaxCharged ? Money.Zero : total.Percent(order.Payment == PaymentQuirk.TaxCharged ? Math.Max(1, settings.TaxPercent) : settings.TaxPercent);
        var arrival = order.Parcels is null ? delivered ?? at : at;
        var made = new Order
        {
            Id = new OrderId(DateOnly.FromDateTime(ordered), 1001),
            Customer = Owner,
            OrderedAt = ordered,
            ShippedAt = shipped,
            DeliveredAt = order.Parcels is null ? delivered : null,
            PromisedBy = choice.DaysLate < 0 ? arrival.AddDays(1) : arrival.AddDays(-choice.DaysLate).AddMinutes(-1),
            Items = Items(order, choice, at),
            ShippingMethod = settings.ShippingMethods[choice.ShippingMethod].Name,
            TrackingNumber = shipped is null ? null : "",
            Total = total,
            ShippingFee = settings.ShippingMethods[choice.ShippingMethod].FeeFor(total),
            TaxAmount = tax,
            GiftCardAmount = gift,
            Gift = order.Gift,
            PaymentMethod = "",
            Status = order.State switch
            {
                OrderState.Processing => OrderStatus.Processing,
                OrderState.Shipped => OrderStatus.Shipped,
                _ => choice.SettledLines == 0 ? OrderStatus.Delivered : choice.SettledLines < choice.Lines ? OrderStatus.PartiallyReturned : OrderStatus.Returned,
            },
            ListedParcels = order.Parcels is null ? null : [new Parcel(1, "", shipped!.Value, delivered), new Parcel(2, "", shipped.Value, null)],
        };
        made.ListedPayments = Payments(order, choice, made, at);
        return made;
    }

    /// <summary>Days from the delivery to the message; not negative.</summary>
    private static int SinceDelivery(OrderRequirement order, in CornerChoice choice) => order.Clock switch
    {
        ScenarioClock.DaysSinceWarrantyEnd => (int)choice.Range + choice.WarrantyDays,
        ScenarioClock.DaysSinceOrder => Math.Max(0, (int)choice.Range - 3),
        ScenarioClock.DaysSinceRefund => (int)choice.Range + 10,
        ScenarioClock.MinutesSinceOrder => 0,
        _ when order.Parcels == ParcelPlace.Open => 2,
        _ => (int)choice.Range,
    };

    private static OrderItem[] Items(OrderRequirement order, in CornerChoice choice, DateTime at)
    {
        var items = new OrderItem[choice.Lines];
        var implied = order.State switch
        {
            OrderState.Processing => ItemStatus.Processing,
            OrderState.Shipped => ItemStatus.Shipped,
            _ => ItemStatus.Delivered,
        };
        var own = order.ItemStatus ?? (order.Parcels == ParcelPlace.Delivered ? ItemStatus.Delivered : implied);
        var settled = choice.SettledLines - (own is ItemStatus.Returned or ItemStatus.Refunded ? 1 : 0);
        for (var i = 0; i < items.Length; i++)
        {
            var status = i == 0 ? own : i <= settled ? ItemStatus.Refunded : order.Parcels == ParcelPlace.Open ? ItemStatus.Delivered : implied;
            items[i] = new OrderItem(
                i == 0 ? Subject : new ProductId(Other.Number + i),
                i == 0 ? choice.Quantity : 1,
                new Money(i == 0 ? choice.Price : 1),
                status,
                status is ItemStatus.Returned or ItemStatus.Refunded ? at.AddDays(-choice.DaysSinceRefund) : null)
            {
                Parcel = (order.Parcels, i) is (ParcelPlace.Open, 0) or (ParcelPlace.Delivered, > 0) ? 2 : 1,
                Bundle = order.Bundle && i < 2 ? 1 : null,
                FinalSale = order.FinalSale && i == 0,
                Inspection = i == 0 ? order.Inspection : null,
            };
        }

        return items;
    }

    private static Payment[] Payments(OrderRequirement order, in CornerChoice choice, Order made, DateTime at)
    {
        var payments = new List<Payment>();
        var due = made.AmountDue;
        switch (order.Payment)
        {
            case PaymentQuirk.DoubleCharge:
                Charge(due, PaymentStatus.Captured);
                Charge(due, PaymentStatus.Captured);
                break;
            case PaymentQuirk.Overcharge:
                Charge(due + new Money(Math.Max(1, due.Percent(choice.OverchargePercent).Cents)), PaymentStatus.Captured);
                break;
            case PaymentQuirk.FailedCharge:
                Charge(due, PaymentStatus.Failed);
                Charge(due, PaymentStatus.Captured);
                break;
            case PaymentQuirk.GiftCardIgnored:
                Charge(due + made.GiftCardAmount, PaymentStatus.Captured);
                break;
            default:
                Charge(due, PaymentStatus.Captured);
                break;
        }

        foreach (var item in made.Items)
        {
            var own = item.Product == Subject;
            if (item.Status == ItemStatus.Refunded || (own && order.Refund is RefundProgress.Pending or RefundProgress.Completed))
                Refund(item, own && order.Refund == RefundProgress.Pending, own ? choice.DaysSinceRefund : 1);
        }

        return [.. payments];

        void Charge(Money amount, PaymentStatus status) =>
            payments.Add(new Payment(new PaymentId(payments.Count + 1), made.Id, null, PaymentKind.Charge, "", amount, status, made.OrderedAt, made.OrderedAt));

        void Refund(OrderItem item, bool pending, int days)
        {
            var created = at.AddDays(-days).AddHours(-1);
            payments.Add(new Payment(new PaymentId(payments.Count + 1), made.Id, item.Product, PaymentKind.Refund, "", item.Amount, pending ? PaymentStatus.Pending : PaymentStatus.Completed, created, pending ? null : created));
        }
    }

    private static Product Product(ProductId id, string category, Money price, int warranty, bool inStock) => new()
    {
        Id = id,
        Name = "",
        Category = category,
        Brand = "",
        BasePrice = price,
        WarrantyDays = warranty,
        WeightGrams = 1,
        RequiresSignature = false,
        InStock = inStock,
        Description = "",
    };
}
