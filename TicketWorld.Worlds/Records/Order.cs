using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Records;

/// <summary>State of an order as a whole.</summary>
public enum OrderStatus : byte
{
    Processing,

    /// <summary>A parcel has shipped, and not every line is delivered.</summary>
    Shipped,
    Delivered,
    PartiallyReturned,
    Returned,
}

/// <summary>An order as the shop knows it at the world's clock. Times are UTC, whole seconds.</summary>
/// <remarks>
/// Most orders travel in one parcel and are paid by one charge of what is due. These are kept as that: parcels and payments are stored
/// only where they are otherwise.
/// </remarks>
public sealed class Order
{
    public required OrderId Id { get; init; }
    public required CustomerId Customer { get; init; }
    public required DateTime OrderedAt { get; init; }

    /// <summary>When the first parcel shipped; null until then.</summary>
    public DateTime? ShippedAt { get; init; }

    /// <summary>When the last parcel was delivered; null until every line is.</summary>
    public DateTime? DeliveredAt { get; init; }

    /// <summary>End of the delivery window that was promised; the end of time where nothing was.</summary>
    public DateTime PromisedBy { get; init; } = DateTime.MaxValue;
    public required OrderItem[] Items { get; init; }
    public required string ShippingMethod { get; init; }

    /// <summary>Carrier's number of the first parcel; null until it ships.</summary>
    public string? TrackingNumber { get; init; }

    /// <summary>Sum of the lines.</summary>
    public required Money Total { get; init; }
    public Money ShippingFee { get; init; }
    public Money TaxAmount { get; init; }

    /// <summary>What of the order is paid by gift card.</summary>
    public Money GiftCardAmount { get; init; }

    /// <summary>Whether the order is a gift.</summary>
    public bool Gift { get; init; }
    public required string PaymentMethod { get; init; }
    public required OrderStatus Status { get; init; }

    /// <summary>What the payment method has to bear: lines, shipping fee and tax, less the gift card.</summary>
    public Money AmountDue => Total + ShippingFee + TaxAmount - GiftCardAmount;

    /// <summary>The parcels in the order of dispatch; empty until something ships.</summary>
    public Parcel[] Parcels => ListedParcels ?? (ShippedAt is { } shipped ? [new Parcel(1, TrackingNumber ?? "", shipped, DeliveredAt)] : []);

    /// <summary>Charges and refunds in the order of time. An order made without a list has one captured charge of the amount due, at its time.</summary>
    public OrderPayments Payments => new(this);

    /// <summary>The parcels where they are not one parcel that holds every line; else null.</summary>
    internal Parcel[]? ListedParcels { get; init; }

    /// <summary>The payments where they are not the one plain charge; else null.</summary>
    internal Payment[]? ListedPayments { get; set; }

    /// <summary>Number of the first payment.</summary>
    internal int FirstPayment { get; set; } = 1;

    /// <summary>When the parcel of a line shipped; null until it does.</summary>
    public DateTime? ShippedAtOf(OrderItem item)
    {
        if (item.Parcel is not { } number)
            return null;
        return ListedParcels is { } parcels ? parcels[number - 1].ShippedAt : ShippedAt;
    }

    /// <summary>When the parcel of a line was delivered; null until it is.</summary>
    public DateTime? DeliveredAtOf(OrderItem item)
    {
        if (item.Parcel is not { } number)
            return null;
        return ListedParcels is { } parcels ? parcels[number - 1].DeliveredAt : DeliveredAt;
    }
}
