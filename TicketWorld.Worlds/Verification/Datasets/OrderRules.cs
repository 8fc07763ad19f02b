using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What an order's times, states, parcels and lines must keep together.</summary>
internal sealed class OrderRules(RecordBook book, DateTime clock)
{
    /// <summary>Checks what the record says beside what the order read holds.</summary>
    public static void CheckClaims(Order order, OrderClaims claims, RecordCheck check)
    {
        Date(check, "order_date", DateOnly.FromDateTime(order.OrderedAt), claims.OrderDate, "order_date is the day of ordered_at");
        Date(check, "order_id", order.Id.Date, claims.OrderDate, "the id holds the order date");
        if (claims.AmountDue is { } due && due != order.AmountDue)
            check.Add(VerificationLayer.Records, "amount_due", "it is total_amount + shipping_fee + tax_amount − gift_card_amount", due.ToString(), order.AmountDue.ToString());
        for (var i = 0; i < order.Items.Length; i++)
        {
            if (order.Items[i].Parcel != claims.ItemParcels[i])
                check.Add(VerificationLayer.Records, $"items[{i}].parcel", "the line has not shipped", claims.ItemParcels[i]?.ToString() ?? "null", order.Items[i].Parcel?.ToString() ?? "null");
        }
    }

    public void Check(Order order, RecordCheck check)
    {
        CheckTimes(order, check);
        CheckParcels(order, check);
        CheckStates(order, check);
        CheckBundles(order, check);
        CheckLines(order, check);
    }

    private void CheckTimes(Order order, RecordCheck check)
    {
        NotBefore(check, "shipped_at", order.ShippedAt, order.OrderedAt);
        NotBefore(check, "delivered_at", order.DeliveredAt, order.ShippedAt ?? order.OrderedAt);
        NotBefore(check, "promised_by", order.PromisedBy, order.OrderedAt);
        NotAfterClock(check, "ordered_at", order.OrderedAt);
        NotAfterClock(check, "shipped_at", order.ShippedAt);
        NotAfterClock(check, "delivered_at", order.DeliveredAt);
        if (order.DeliveredAt is not null && order.ShippedAt is null)
            check.Add(VerificationLayer.Records, "shipped_at", "what is delivered was shipped", "null", "a time");
        for (var i = 0; i < order.Items.Length; i++)
        {
            var item = order.Items[i];
            NotBefore(check, "settled_at", item.SettledAt, order.DeliveredAtOf(item) ?? order.ShippedAt ?? order.OrderedAt, "items", i);
            NotAfterClock(check, "settled_at", item.SettledAt, "items", i);
            if (item.IsSettled != item.SettledAt is not null)
                check.Add(VerificationLayer.Records, $"items[{i}].settled_at", $"it is set exactly when the line is returned or refunded; the line is {Snake.Name(item.Status)}", RecordText.Time(item.SettledAt), item.IsSettled ? "a time" : "null");
        }
    }

    private void CheckParcels(Order order, RecordCheck check)
    {
        var parcels = order.Parcels;
        DateTime? last = null;
        for (var i = 0; i < parcels.Length; i++)
        {
            var parcel = parcels[i];
            if (parcel.Number != i + 1)
                check.Add(VerificationLayer.Records, $"parcels[{i}].parcel", "parcels are numbered from 1", $"{parcel.Number}", $"{i + 1}");
            NotBefore(check, "shipped_at", parcel.ShippedAt, i == 0 ? order.OrderedAt : parcels[i - 1].ShippedAt, "parcels", i);
            NotBefore(check, "delivered_at", parcel.DeliveredAt, parcel.ShippedAt, "parcels", i);
            NotAfterClock(check, "shipped_at", parcel.ShippedAt, "parcels", i);
            NotAfterClock(check, "delivered_at", parcel.DeliveredAt, "parcels", i);
            if (!Array.Exists(order.Items, item => item.Parcel == parcel.Number))
                check.Add(VerificationLayer.Records, $"parcels[{i}].parcel", "no line travels in the parcel", $"{parcel.Number}", "a line of the order");
            last = parcel.DeliveredAt is { } delivered && (last is null || delivered > last) ? delivered : last;
        }

        var all = Array.TrueForAll(order.Items, i => order.DeliveredAtOf(i) is not null);
        Same(check, "shipped_at", "it is the time of the first parcel", order.ShippedAt, parcels.Length > 0 ? parcels[0].ShippedAt : null);
        check.Same(VerificationLayer.Records, "tracking_number", "it is that of the first parcel", order.TrackingNumber, parcels.Length > 0 ? parcels[0].TrackingNumber : null);
        Same(check, "delivered_at", "it is the time of the last parcel, once every line is delivered", order.DeliveredAt, all ? last : null);
    }

    private static void CheckStates(Order order, RecordCheck check)
    {
        var settled = 0;
        for (var i = 0; i < order.Items.Length; i++)
        {
            var item = order.Items[i];
            settled += item.IsSettled ? 1 : 0;
            var delivered = order.DeliveredAtOf(item) is not null;
            var moved = delivered ? ItemStatus.Delivered : order.ShippedAtOf(item) is not null ? ItemStatus.Shipped : ItemStatus.Processing;
            if (item.IsDelivered ? !delivered : item.Status != moved)
                check.Add(VerificationLayer.Records, $"items[{i}].item_status", "the state does not fit the times of the line's parcel", Snake.Name(item.Status), Snake.Name(moved));
            if (item.Inspection is { } found && !item.IsDelivered)
                check.Add(VerificationLayer.Records, $"items[{i}].inspection", "only what was delivered can have been sent back", Snake.Name(found), "null");
        }

        var expected = settled == order.Items.Length ? OrderStatus.Returned
            : settled > 0 ? OrderStatus.PartiallyReturned
            : order.DeliveredAt is not null ? OrderStatus.Delivered
            : order.ShippedAt is not null ? OrderStatus.Shipped
            : OrderStatus.Processing;
        if (order.Status != expected)
            check.Add(VerificationLayer.Records, "order_status", "the state does not fit the order's times and lines", Snake.Name(order.Status), Snake.Name(expected));
    }

    private static void CheckBundles(Order order, RecordCheck check)
    {
        for (var i = 0; i < order.Items.Length; i++)
        {
            if (order.Items[i].Bundle is { } bundle && order.Items.Count(item => item.Bundle == bundle) < 2)
                check.Add(VerificationLayer.Records, $"items[{i}].bundle", "a bundle has two lines or more", $"{bundle}", "null, or the bundle of another line");
        }
    }

    private void CheckLines(Order order, RecordCheck check)
    {
        var total = Money.Zero;
        for (var i = 0; i < order.Items.Length; i++)
        {
            var item = order.Items[i];
            total += item.Amount;
            if (book.Product(item.Product) is not { } product)
                check.Add(VerificationLayer.Records, $"items[{i}].product_id", "there is no such product", item.Product.ToString(), "a product of the file");
            else if (item.PricePaid > product.BasePrice)
                check.Add(VerificationLayer.Records, $"items[{i}].price_paid", "nobody pays more than the base price", item.PricePaid.ToString(), $"at most {product.BasePrice}");
        }

        if (order.Total != total)
            check.Add(VerificationLayer.Records, "total_amount", "the total is the sum of price_paid × quantity", order.Total.ToString(), total.ToString());
        if (order.GiftCardAmount > order.Total + order.ShippingFee + order.TaxAmount)
            check.Add(VerificationLayer.Records, "gift_card_amount", "a gift card pays no more than the order", order.GiftCardAmount.ToString(), $"at most {order.Total + order.ShippingFee + order.TaxAmount}");
    }

    /// <param name="list">Name of the list that the time stands in, with its place there; null for the order's own.</param>
    private void NotAfterClock(RecordCheck check, string field, DateTime? time, string? list = null, int index = 0)
    {
        if (time > clock)
            check.Add(VerificationLayer.Records, Path(list, index, field), "the time is later than the world's clock", RecordText.Time(time), $"at most {RecordText.Time(clock)}");
    }

    private static void NotBefore(RecordCheck check, string field, DateTime? time, DateTime earliest, string? list = null, int index = 0)
    {
        if (time < earliest)
            check.Add(VerificationLayer.Records, Path(list, index, field), "the time is before the event that it follows", RecordText.Time(time), $"at least {RecordText.Time(earliest)}");
    }

    private static string Path(string? list, int index, string field) => list is null ? field : $"{list}[{index}].{field}";

    private static void Same(RecordCheck check, string field, string problem, DateTime? found, DateTime? expected)
    {
        if (found != expected)
            check.Add(VerificationLayer.Records, field, problem, RecordText.Time(found), RecordText.Time(expected));
    }

    private static void Date(RecordCheck check, string field, DateOnly found, DateOnly expected, string problem)
    {
        if (found != expected)
            check.Add(VerificationLayer.Records, field, problem, RecordText.Day(found), RecordText.Day(expected));
    }
}
