using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Records;

/// <summary>State of one order line.</summary>
public enum ItemStatus : byte
{
    Processing,
    Shipped,
    Delivered,
    Returned,
    Refunded,

    /// <summary>It was exchanged; the replacement is what the customer has now.</summary>
    Exchanged,
}

/// <summary>What the warehouse found when an item was sent back.</summary>
public enum Inspection : byte
{
    Opened,
    Sealed,
}

/// <summary>A line of an order.</summary>
/// <param name="PricePaid">Price of one unit.</param>
/// <param name="SettledAt">When the line was returned or refunded; null while it was not.</param>
public sealed record OrderItem(ProductId Product, int Quantity, Money PricePaid, ItemStatus Status, DateTime? SettledAt)
{
    private readonly byte _parcel = 1;
    private readonly byte _bundle;
    private readonly byte _inspection;

    /// <summary>Number of the parcel that the line travels in; null until it ships. A line that is not set otherwise is in the first.</summary>
    public int? Parcel
    {
        get => Status == ItemStatus.Processing ? null : _parcel;
        init => _parcel = (byte)(value ?? 1);
    }

    /// <summary>Number within the order of the bundle that the line was sold in, or null. A bundle has two lines or more.</summary>
    public int? Bundle
    {
        get => _bundle == 0 ? null : _bundle;
        init => _bundle = (byte)(value ?? 0);
    }

    /// <summary>Whether the line was sold for good.</summary>
    public bool FinalSale { get; init; }

    /// <summary>What the warehouse found when the line was sent back earlier; null when it never was.</summary>
    public Inspection? Inspection
    {
        get => _inspection == 0 ? null : (Inspection)(_inspection - 1);
        init => _inspection = value is { } found ? (byte)(found + 1) : (byte)0;
    }

    /// <summary>What the line cost: unit price times quantity.</summary>
    public Money Amount => PricePaid * Quantity;

    /// <summary>Whether the line was returned or refunded already.</summary>
    public bool IsSettled => Status is ItemStatus.Returned or ItemStatus.Refunded;

    /// <summary>Whether the line was delivered, whatever happened to it since.</summary>
    public bool IsDelivered => Status is not (ItemStatus.Processing or ItemStatus.Shipped);
}
