using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>When a ticket about an order may be written: late enough for all that the database says happened, and on the scenario's clock.</summary>
internal static class TicketTime
{
    /// <summary>First and last second at which a scenario fits an order line; empty when it cannot.</summary>
    public static (DateTime From, DateTime To) Window(OrderRequirement requirement, Order order, int line, int warrantyDays, Clock clock)
    {
        var range = requirement.Range;
        var item = order.Items[line];
        var delivered = order.DeliveredAtOf(item);
        var (from, to) = requirement.Clock switch
        {
            ScenarioClock.MinutesSinceOrder => (order.OrderedAt.AddMinutes(range.From), order.OrderedAt.AddMinutes(range.To + 1).AddSeconds(-1)),
            ScenarioClock.DaysSinceOrder => Days(order.Id.Date, range.From, range.To),
            ScenarioClock.DaysSinceWarrantyEnd => Days(Day(delivered), range.From + warrantyDays, range.To + warrantyDays),
            ScenarioClock.DaysSinceRefund => Days(Day(RefundOf(order, item)), range.From, range.To),
            _ => Days(Day(delivered), range.From, range.To),
        };
        var last = LastEvent(order);
        if (from <= last)
            from = last.AddMinutes(1);
        to = Earlier(to, clock.Now);
        if (requirement.MessageDate is { } message)
        {
            from = Later(from, Clock.Midnight(message.From));
            to = Earlier(to, EndOf(message.To));
        }

        // While a line is on its way, the day of the message decides whether it is late.
        if (delivered is null)
        {
            var promised = DateOnly.FromDateTime(order.PromisedBy);
            from = requirement.DaysLate is { } least ? Later(from, Clock.Midnight(promised.AddDays((int)least.From))) : from;
            to = Earlier(to, requirement.DaysLate is { } most ? EndOf(promised.AddDays((int)most.To)) : order.PromisedBy);
        }

        return (from, to);
    }

    /// <summary>A time within a window, at an hour at which people write where the window allows it.</summary>
    public static DateTime Pick(DateTime from, DateTime to, Clock clock, ref Draws draws)
    {
        var firstDay = DateOnly.FromDateTime(from);
        var day = firstDay.AddDays(draws.Between(0, DateOnly.FromDateTime(to).DayNumber - firstDay.DayNumber));
        var at = clock.At(day, ref draws);
        if (at >= from && at <= to)
            return at;
        var earliest = Clock.Midnight(day) > from ? Clock.Midnight(day) : from;
        var latest = Clock.Midnight(day).AddSeconds(86399) < to ? Clock.Midnight(day).AddSeconds(86399) : to;
        return earliest.AddSeconds(draws.Between(0L, (long)(latest - earliest).TotalSeconds));
    }

    public static DateTime LastEvent(Order order)
    {
        var last = order.DeliveredAt ?? order.ShippedAt ?? order.OrderedAt;
        if (order.ListedParcels is { } parcels)
        {
            foreach (var parcel in parcels)
                last = Later(last, parcel.DeliveredAt ?? parcel.ShippedAt);
        }

        foreach (var item in order.Items)
            last = Later(last, item.SettledAt ?? last);
        if (order.ListedPayments is { } payments)
        {
            foreach (var payment in payments)
                last = Later(last, payment.SettledAt ?? payment.CreatedAt);
        }

        return last;
    }

    /// <summary>When the refund of a line was made, or the latest of the order where the line has none; null when there is none.</summary>
    private static DateTime? RefundOf(Order order, OrderItem item)
    {
        var (ofLine, ofOrder) = (default(DateTime?), default(DateTime?));
        foreach (var payment in order.ListedPayments ?? [])
        {
            if (payment.Kind != PaymentKind.Refund)
                continue;
            ofOrder = payment.CreatedAt;
            if (payment.Product == item.Product)
                ofLine = payment.CreatedAt;
        }

        return ofLine ?? ofOrder;
    }

    private static DateOnly Day(DateTime? at) => DateOnly.FromDateTime(at ?? DateTime.MaxValue.Date);

    private static DateTime EndOf(DateOnly day) => Clock.Midnight(day).AddSeconds(86399);

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    private static (DateTime From, DateTime To) Days(DateOnly start, long from, long to) =>
        start.DayNumber + to > DateOnly.MaxValue.DayNumber - 1 || start.DayNumber + from < 0
            ? (DateTime.MaxValue.Date, DateTime.MinValue)
            : (Clock.Midnight(start.AddDays((int)from)), Clock.Midnight(start.AddDays((int)to)).AddSeconds(86399));
}
