using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>Whether an order that was made for another purpose is as a scenario asks: it has what is asked for, and nothing particular besides.</summary>
internal static class OrderFit
{
    /// <summary>Whether the order as a whole fits; its state, its lines and the time of the message are looked at elsewhere.</summary>
    public static bool Fits(OrderRequirement requirement, Order order, Customer customer)
    {
        if (!requirement.OrderTotal.Holds(order.Total.Cents) || !requirement.SeasonFits(order.Id.Date) || order.Gift != requirement.Gift || customer.TaxExempt != requirement.TaxExempt)
            return false;
        if (requirement.Lines is { } lines && !lines.Holds(order.Items.Length))
            return false;
        var settled = 0;
        foreach (var item in order.Items)
            settled += item.IsSettled ? 1 : 0;
        return requirement.SettledLines.Holds(settled)
            && order.ListedParcels is null == requirement.Parcels is null
            && PaymentFits(requirement, order, customer);
    }

    /// <summary>Whether a line of an order that fits is as the scenario asks.</summary>
    public static bool Fits(OrderRequirement requirement, Order order, OrderItem item)
    {
        var status = requirement.ItemStatus ?? requirement.State switch
        {
            OrderState.Delivered => ItemStatus.Delivered,
            OrderState.Shipped => requirement.Parcels == ParcelPlace.Delivered ? ItemStatus.Delivered : ItemStatus.Shipped,
            _ => ItemStatus.Processing,
        };
        return item.Status == status
            && item.Bundle is not null == requirement.Bundle
            && item.FinalSale == requirement.FinalSale
            && item.Inspection == requirement.Inspection
            && (requirement.Quantity is not { } quantity || quantity.Holds(item.Quantity))
            && (requirement.Parcels != ParcelPlace.Open || Array.Exists(order.Items, i => i.IsDelivered))
            && InTimeFits(requirement, order, item)
            && RefundFits(requirement, order, item);
    }

    /// <summary>Of a line that is on its way, the window of the ticket sees to it.</summary>
    private static bool InTimeFits(OrderRequirement requirement, Order order, OrderItem item)
    {
        if (order.DeliveredAtOf(item) is not { } delivered)
            return true;
        var late = DateOnly.FromDateTime(delivered).DayNumber - DateOnly.FromDateTime(order.PromisedBy).DayNumber;
        return requirement.DaysLate is { } days ? days.Holds(late) : late <= 0;
    }

    private static bool RefundFits(OrderRequirement requirement, Order order, OrderItem item)
    {
        if (requirement.Refund is not { } wanted)
            return true;
        var progress = RefundProgress.Missing;
        foreach (var payment in order.ListedPayments ?? [])
        {
            if (payment.Kind == PaymentKind.Refund && (payment.Product == item.Product || requirement.ItemStatus is null))
                progress = payment.Status == PaymentStatus.Completed ? RefundProgress.Completed : RefundProgress.Pending;
        }

        return progress == wanted;
    }

    private static bool PaymentFits(OrderRequirement requirement, Order order, Customer customer)
    {
        var due = order.AmountDue;
        var (captured, charges, failed) = (Money.Zero, 0, false);
        foreach (var payment in order.Payments)
        {
            if (payment.Kind != PaymentKind.Charge)
                continue;
            failed |= payment.Status == PaymentStatus.Failed;
            if (payment.Status == PaymentStatus.Captured)
                (captured, charges) = (captured + payment.Amount, charges + 1);
        }

        var card = order.GiftCardAmount.Cents > 0;
        var quirk = charges > 1 ? PaymentQuirk.DoubleCharge
            : failed ? PaymentQuirk.FailedCharge
            : card && captured == due + order.GiftCardAmount ? PaymentQuirk.GiftCardIgnored
            : captured > due ? PaymentQuirk.Overcharge
            : customer.TaxExempt && order.TaxAmount.Cents > 0 ? PaymentQuirk.TaxCharged
            : card ? PaymentQuirk.GiftCard
            : PaymentQuirk.None;
        return quirk == requirement.Payment
            && (quirk != PaymentQuirk.Overcharge || (captured >= due.Percent(100 + requirement.OverchargePercent.From) && captured <= due.Percent(100 + requirement.OverchargePercent.To)));
    }
}
