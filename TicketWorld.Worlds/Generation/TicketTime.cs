using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>When a ticket about an order may be written: late enough for all that the database says happened, and on the scenario's clock.</summary>
internal static class TicketTime
{
    /// <summary>First and last second at which a scenario fits an order; empty when it cannot.</summary>
    public static (DateTime From, DateTime To) Window(OrderRequirement requirement, Order order, int warrantyDays, Clock clock)
    {
        var range = requirement.Range;
        var (from, to) = requirement.Clock switch
        {
            ScenarioClock.MinutesSinceOrder => (order.OrderedAt.AddMinutes(range.From), order.OrderedAt.AddMinutes(range.To + 1).AddSeconds(-1)),
            ScenarioClock.DaysSinceOrder => Days(order.Id.Date, range.From, range.To),
            ScenarioClock.DaysSinceWarrantyEnd => Days(Delivery(order), range.From + warrantyDays, range.To + warrantyDays),
            _ => Days(Delivery(order), range.From, range.To),
        };
        var last = LastEvent(order);
        if (from <= last)
            from = last.AddMinutes(1);
        if (to > clock.Now)
            to = clock.Now;
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
        foreach (var item in order.Items)
        {
            if (item.SettledAt > last)
                last = item.SettledAt.Value;
        }

        return last;
    }

    private static DateOnly Delivery(Order order) => DateOnly.FromDateTime(order.DeliveredAt ?? DateTime.MaxValue.Date);

    private static (DateTime From, DateTime To) Days(DateOnly start, long from, long to) =>
        start.DayNumber + to > DateOnly.MaxValue.DayNumber - 1 || start.DayNumber + from < 0
            ? (DateTime.MaxValue.Date, DateTime.MinValue)
            : (Clock.Midnight(start.AddDays((int)from)), Clock.Midnight(start.AddDays((int)to)).AddSeconds(86399));
}
