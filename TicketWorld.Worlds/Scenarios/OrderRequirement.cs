using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>State that an order has in the database when a scenario fits it.</summary>
public enum OrderState : byte
{
    Delivered,

    /// <summary>Something of it has shipped, and not all of it is delivered.</summary>
    Shipped,
    Processing,
}

/// <summary>The clock that a scenario's range is measured on.</summary>
public enum ScenarioClock : byte
{
    /// <summary>Days since the delivery of the line's parcel.</summary>
    DaysSinceDelivery,
    DaysSinceOrder,
    DaysSinceWarrantyEnd,
    MinutesSinceOrder,
    DaysSinceRefund,
}

/// <summary>How an order was paid that was not paid as it should be.</summary>
public enum PaymentQuirk : byte
{
    /// <summary>One captured charge of the amount due.</summary>
    None,

    /// <summary>The amount due was captured twice.</summary>
    DoubleCharge,

    /// <summary>More than the amount due was captured.</summary>
    Overcharge,

    /// <summary>A charge failed and took the money all the same; a second one was captured.</summary>
    FailedCharge,

    /// <summary>A gift card paid a part, and the rest was charged, as it should be.</summary>
    GiftCard,

    /// <summary>A gift card paid a part, and the whole was charged nevertheless.</summary>
    GiftCardIgnored,

    /// <summary>A customer free of tax was charged tax.</summary>
    TaxCharged,
}

/// <summary>What became of the refund of a line that was returned or refunded.</summary>
public enum RefundProgress : byte
{
    Pending,
    Completed,

    /// <summary>It was never issued.</summary>
    Missing,
}

/// <summary>Where the line is in an order that is partly delivered.</summary>
public enum ParcelPlace : byte
{
    /// <summary>In a parcel that was delivered; others were not.</summary>
    Delivered,

    /// <summary>In a parcel that has shipped and is not delivered; another was.</summary>
    Open,
}

/// <summary>A range with both ends included.</summary>
public readonly record struct Bounds(long From, long To)
{
    public bool Holds(long value) => value >= From && value <= To;
}

/// <summary>A range of days with both ends included.</summary>
public readonly record struct DateBounds(DateOnly From, DateOnly To);

/// <summary>
/// What must be true of an order for a scenario to fit it. What a scenario does not say is plain: in particular, a property left out
/// here is a demand that the order does not have it.
/// </summary>
public sealed record OrderRequirement
{
    public required OrderState State { get; init; }
    public required ScenarioClock Clock { get; init; }
    public required Bounds Range { get; init; }

    /// <summary>Unit price of the item in cents; of the dearest item where the request is about the order.</summary>
    public required Bounds ItemPrice { get; init; }
    public required Bounds OrderTotal { get; init; }

    /// <summary>Month and day (MMDD) of the order date lie in it, or outside of it.</summary>
    public Bounds? Season { get; init; }
    public bool OutsideSeason { get; init; }
    public int? WarrantyDays { get; init; }
    public bool? InStock { get; init; }
    public string[] Categories { get; init; } = [];
    public bool Gift { get; init; }

    /// <summary>Whether the line was sold in a bundle.</summary>
    public bool Bundle { get; init; }
    public bool FinalSale { get; init; }
    public Inspection? Inspection { get; init; }

    /// <summary>Returned, refunded or exchanged; null for the status that the state implies.</summary>
    public ItemStatus? ItemStatus { get; init; }

    /// <summary>Units in the line; null for any.</summary>
    public Bounds? Quantity { get; init; }

    /// <summary>Lines in the order; null for any.</summary>
    public Bounds? Lines { get; init; }

    /// <summary>Lines that were returned or refunded, the line itself among them where it was.</summary>
    public Bounds SettledLines { get; init; }

    /// <summary>Null for an order in one parcel.</summary>
    public ParcelPlace? Parcels { get; init; }

    /// <summary>Calendar days by which the delivery, or the message where nothing is delivered, is later than promised; null for in time.</summary>
    public Bounds? DaysLate { get; init; }
    public bool TaxExempt { get; init; }
    public PaymentQuirk Payment { get; init; }

    /// <summary>What is charged too much, in per cent of the amount due.</summary>
    public Bounds OverchargePercent { get; init; } = new(5, 40);

    /// <summary>What became of the refund; null for a plain one: completed for what was refunded, pending or none for what was returned.</summary>
    public RefundProgress? Refund { get; init; }

    /// <summary>The days in which the message is written; null for any.</summary>
    public DateBounds? MessageDate { get; init; }

    public bool SeasonFits(DateOnly orderDate) =>
        Season is not { } season || season.Holds(orderDate.Month * 100 + orderDate.Day) != OutsideSeason;
}
