namespace TicketWorld.Worlds.Records;

/// <summary>One parcel of an order.</summary>
/// <param name="Number">From 1, in the order of dispatch.</param>
/// <param name="DeliveredAt">Null until it is delivered.</param>
public readonly record struct Parcel(int Number, string TrackingNumber, DateTime ShippedAt, DateTime? DeliveredAt);
