using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>Numbers orders by time, with their parcels and payments.</summary>
internal static class OrderNumbers
{
    /// <summary>More ties than slots: what is left of a tick count for telling equal times apart.</summary>
    private const long Slots = 8_388_608;

    /// <returns>The orders in the order of time, and the place of each slot's order among them.</returns>
    public static (Order[] Orders, int[] OrderOfSlot) Give(UnnumberedOrder[] unnumbered, PackSettings settings, SeedKey key)
    {
        var slots = new int[unnumbered.Length];
        var keys = new long[unnumbered.Length];
        for (var i = 0; i < keys.Length; i++)
            (slots[i], keys[i]) = (i, unnumbered[i].Timeline.Ordered.Ticks / TimeSpan.TicksPerSecond * Slots + i);
        Array.Sort(keys, slots);

        var orders = new Order[unnumbered.Length];
        var orderOfSlot = new int[unnumbered.Length];
        var tracking = new Permutation(1_000_000_000_000, key, Seeds.Tracking);
        var payment = 1;
        for (var rank = 0; rank < orders.Length; rank++)
        {
            orderOfSlot[slots[rank]] = rank;
            orders[rank] = Make(unnumbered[slots[rank]], rank, orders.Length, settings, tracking, payment);
            payment += orders[rank].Payments.Count;
        }

        return (orders, orderOfSlot);
    }

    private static Order Make(in UnnumberedOrder made, int rank, int orders, PackSettings settings, Permutation tracking, int payment)
    {
        var id = new OrderId(DateOnly.FromDateTime(made.Timeline.Ordered), 1001 + rank);
        var parcels = made.Extras?.Parcels;
        for (var i = 0; i < parcels?.Length; i++)
            parcels[i] = parcels[i] with { TrackingNumber = Tracking(tracking, (ulong)rank + (ulong)i * (ulong)orders) };
        var payments = made.Extras?.Payments;
        for (var i = 0; i < payments?.Length; i++)
            payments[i] = payments[i] with { Id = new PaymentId(payment + i), Order = id };
        return new Order
        {
            Id = id,
            Customer = new CustomerId(made.Customer + 1),
            OrderedAt = made.Timeline.Ordered,
            ShippedAt = made.Timeline.Shipped,
            DeliveredAt = made.Timeline.Delivered,
            PromisedBy = Clock.Midnight(made.Timeline.Promised.AddDays(1)).AddSeconds(-1),
            Items = made.Items,
            ListedParcels = parcels,
            ShippingMethod = settings.ShippingMethods[made.ShippingMethod].Name,
            TrackingNumber = made.Timeline.Shipped is null ? null : parcels is not null ? parcels[0].TrackingNumber : Tracking(tracking, (ulong)rank),
            Total = made.Amounts.Total,
            ShippingFee = made.Amounts.Fee,
            TaxAmount = made.Amounts.Tax,
            GiftCardAmount = made.Amounts.GiftCard,
            Gift = made.Extras?.Gift ?? false,
            PaymentMethod = settings.PaymentMethods[made.PaymentMethod].Name,
            Status = made.Status,
            ListedPayments = payments,
            FirstPayment = payment,
        };
    }

    private static string Tracking(Permutation tracking, ulong number) => $"TRK{tracking[number]:D12}";
}
