using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The events of an order.</summary>
/// <param name="Delivered">When the first parcel was delivered.</param>
/// <param name="Promised">Last day of the promised delivery window.</param>
/// <param name="Ticket">A day on which a ticket of the scenario can be written; all that happens to the order happens before its last hour.</param>
/// <param name="Returned">When lines were returned or refunded; null where none were.</param>
/// <param name="Refund">When their refund was made.</param>
internal readonly record struct Timeline(
    DateTime Ordered,
    DateTime? Shipped,
    DateTime? Delivered,
    DateOnly Promised,
    DateOnly Ticket,
    DateTime? Returned = null,
    DateTime? Refund = null)
{
    /// <summary>The last moment at which something may happen to the order.</summary>
    public DateTime Latest => Clock.Midnight(Ticket).AddHours(22);
}

/// <summary>Makes timelines: such that a ticket of a scenario fits before the world's clock, or of an order that no ticket is about.</summary>
internal sealed class TimelineMaker
{
    private const int Attempts = 512;

    /// <summary>So often a day is drawn again for a month or a weekday on which people order more.</summary>
    private const int LikelyAttempts = 6;

    /// <summary>Days at most from a delivery to the refund of what was sent back.</summary>
    private const int LongestReturn = 24;
    private readonly Clock _clock;
    private readonly int _span;

    public TimelineMaker(Clock clock, PackSettings settings)
    {
        _clock = clock;
        _span = settings.SpanDays;
    }

    /// <summary>Whether a scenario has days at all before the world's clock.</summary>
    public bool CanReach(OrderRequirement requirement) => requirement.MessageDate is not { } message
        || (message.From <= _clock.Today && message.To.DayNumber > _clock.FirstDay.DayNumber + DaysBefore(requirement) + LongestReturn + 60);

    public Timeline ForScenario(OrderRequirement requirement, int warrantyDays, ShippingMethod method, ref Draws draws)
    {
        if (requirement.State == OrderState.Processing)
            return Processing(requirement, method, ref draws);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var timeline = requirement switch
            {
                { Parcels: not null } => PartlyDelivered(requirement, method, ref draws),
                { State: OrderState.Shipped } => Shipped(requirement, method, ref draws),
                _ => Delivered(requirement, warrantyDays, method, ref draws),
            };
            var day = DateOnly.FromDateTime(timeline.Ordered);
            if (requirement.SeasonFits(day) && (attempt >= LikelyAttempts || _clock.OrdersOn(day, ref draws)))
                return timeline;
        }

        throw new WorldException(
            "no_date_fits",
            $"No order date before {_clock.Today:yyyy-MM-dd} fits a scenario with its season.",
            "Use another --as-of date, or a pack whose orders span more days.",
            "as_of",
            _clock.Today.ToString("O"));
    }

    /// <param name="late">Whether it is delivered later than promised, where it is delivered.</param>
    public Timeline Background(string state, ShippingMethod method, bool late, ref Draws draws)
    {
        if (state == "processing")
        {
            var ordered = _clock.Now.AddMinutes(-draws.Between(5, 36 * 60)).AddSeconds(-draws.Below(60));
            return new Timeline(ordered, null, null, DateOnly.FromDateTime(ordered).AddDays(method.PromiseDays), _clock.Today);
        }

        if (state == "shipped")
        {
            var days = late ? method.PromiseDays + draws.Between(1, 4) : draws.Between(3, 6);
            var ordered = _clock.OrderAt(_clock.Today.AddDays(-days), ref draws);
            return new Timeline(ordered, ordered.AddMinutes(ShipMinutes(method, ref draws)), null, _clock.Today.AddDays(method.PromiseDays - days), _clock.Today);
        }

        for (var attempt = 1; ; attempt++)
        {
            var transit = Transit(method, late ? draws.Between(1, 6) : null, ref draws);
            var age = Clock.Age(_span - transit.Days - 2, ref draws);
            var delivery = _clock.Today.AddDays(-age);
            if (attempt >= LikelyAttempts || _clock.OrdersOn(delivery.AddDays(-transit.Days), ref draws))
                return FromDelivery(delivery, transit, method, _clock.Today, ref draws);
        }
    }

    private Timeline Processing(OrderRequirement requirement, ShippingMethod method, ref Draws draws)
    {
        var reach = requirement.Clock == ScenarioClock.MinutesSinceOrder ? (int)requirement.Range.To + 1 : 60;
        if (requirement.MessageDate is null)
        {
            var ordered = _clock.Now.AddMinutes(-draws.Between(reach, reach + 30 * 60)).AddSeconds(-draws.Below(60));
            return new Timeline(ordered, null, null, DateOnly.FromDateTime(ordered).AddDays(method.PromiseDays), _clock.Today);
        }

        // The range ends on the day of the ticket, so that a message of that day is in it.
        var ticket = TicketDay(requirement, DaysBefore(requirement) + 1, ref draws);
        var placed = Clock.Midnight(ticket.AddDays(1)).AddMinutes(-draws.Between(reach, reach + 20 * 60)).AddSeconds(-1 - draws.Below(60));
        return new Timeline(placed, null, null, DateOnly.FromDateTime(placed).AddDays(method.PromiseDays), ticket);
    }

    /// <summary>A day for the ticket about an order that is under way: these days, since the records show what has become of older ones, or as the scenario asks.</summary>
    private DateOnly DayUnderWay(OrderRequirement requirement, ref Draws draws) =>
        requirement.MessageDate is null ? _clock.Today.AddDays(-draws.Below(2)) : TicketDay(requirement, DaysBefore(requirement) + 1, ref draws);

    /// <summary>Days at most from the order to the message, as far as the range of the scenario's clock says it.</summary>
    private static int DaysBefore(OrderRequirement requirement) => (int)(requirement.Clock == ScenarioClock.MinutesSinceOrder ? requirement.Range.To / (24 * 60) + 1 : requirement.Range.To);

    private Timeline Shipped(OrderRequirement requirement, ShippingMethod method, ref Draws draws)
    {
        var ticket = DayUnderWay(requirement, ref draws);
        var (days, late) = SinceOrder(requirement, spare: 0, ref draws);
        var ordered = _clock.OrderAt(ticket.AddDays(-days), ref draws);
        var shipped = ordered.AddMinutes(ShipMinutes(method, ref draws));
        var latest = Clock.Midnight(ticket).AddHours(-1);
        if (shipped > latest)
            shipped = latest > ordered ? latest : ordered.AddMinutes(30);
        return new Timeline(ordered, shipped, null, late > 0 ? ticket.AddDays(-late) : InTime(ordered, method), ticket);
    }

    /// <summary>An order whose first parcel was delivered, and whose second, if it has shipped, was not.</summary>
    private Timeline PartlyDelivered(OrderRequirement requirement, ShippingMethod method, ref Draws draws)
    {
        var ticket = DayUnderWay(requirement, ref draws);
        var item = requirement.Parcels == ParcelPlace.Delivered;
        if (requirement.Clock == ScenarioClock.DaysSinceDelivery)
        {
            var late = requirement.DaysLate is { } bounds ? (int)draws.Between(bounds.From, bounds.To) : (int?)null;
            var transit = Transit(method, late, ref draws);
            var delivery = ticket.AddDays(-(int)draws.Between(requirement.Range.From, requirement.Range.To));
            var timeline = FromDelivery(delivery, transit, method, ticket, ref draws);
            return late is null ? timeline with { Promised = InTime(timeline.Ordered, method) } : timeline;
        }

        var (since, daysLate) = SinceOrder(requirement, spare: 3, ref draws);
        var days = Math.Clamp(Transit(method, item && daysLate > 0 ? daysLate : null, ref draws).Days, 1, Math.Max(1, since - 2));
        var made = FromDelivery(ticket.AddDays(days - since), (days, ShipMinutes(method, ref draws), 0), method, ticket, ref draws);
        var promised = daysLate == 0 ? InTime(made.Ordered, method) : item ? ticket.AddDays(days - since - daysLate) : ticket.AddDays(-daysLate);
        return made with { Promised = promised };
    }

    private Timeline Delivered(OrderRequirement requirement, int warrantyDays, ShippingMethod method, ref Draws draws)
    {
        if (requirement.Clock == ScenarioClock.DaysSinceOrder)
        {
            var (sinceOrder, daysLate) = SinceOrder(requirement, spare: 2, ref draws);
            var day = TicketDay(requirement, sinceOrder + 1, ref draws);
            var usual = Transit(method, daysLate > 0 ? daysLate : null, ref draws);
            var days = Math.Max(1, Math.Min(usual.Days, sinceOrder - 1));
            return Sent(requirement, FromDelivery(day.AddDays(days - sinceOrder), (days, usual.ShipMinutes, daysLate), method, day, ref draws), ref draws);
        }

        var transit = Transit(method, requirement.DaysLate is { } late ? (int)draws.Between(late.From, late.To) : null, ref draws);
        if (requirement.Clock == ScenarioClock.DaysSinceRefund)
        {
            var sinceRefund = (int)draws.Between(requirement.Range.From, requirement.Range.To);
            var day = TicketDay(requirement, sinceRefund + transit.Days + LongestReturn + 1, ref draws);
            var refund = Clock.Midnight(day.AddDays(-sinceRefund)).AddHours(8).AddSeconds(draws.Below(12 * 3600));
            var returned = refund.AddMinutes(-draws.Between(0, 2 * 24 * 60));
            var timeline = FromDelivery(DateOnly.FromDateTime(returned).AddDays(-draws.Between(3, LongestReturn - 4)), transit, method, day, ref draws);
            return timeline with { Returned = returned, Refund = refund };
        }

        var offset = requirement.Clock == ScenarioClock.DaysSinceWarrantyEnd ? warrantyDays : 0;
        var since = (int)draws.Between(requirement.Range.From + offset, requirement.Range.To + offset);
        var ticket = requirement is { Season: { } season, OutsideSeason: false, MessageDate: null }
            ? InSeason(season, transit.Days, since, ref draws).AddDays(since)
            : TicketDay(requirement, since + transit.Days + 1, ref draws);
        return Sent(requirement, FromDelivery(ticket.AddDays(-since), transit, method, ticket, ref draws), ref draws);
    }

    /// <summary>A day for the ticket that leaves so many days of the span before it.</summary>
    private DateOnly TicketDay(OrderRequirement requirement, int before, ref Draws draws)
    {
        if (requirement.MessageDate is { } message)
        {
            var first = Math.Max(message.From.DayNumber, _clock.FirstDay.DayNumber + before);
            var last = Math.Min(message.To.DayNumber, _clock.Today.DayNumber);
            if (first <= last)
                return DateOnly.FromDayNumber(draws.Between(first, last));
        }
        else if (before <= _span)
        {
            return _clock.Today.AddDays(-Clock.Age(_span - before, ref draws));
        }

        throw new WorldException("no_date_fits", $"A scenario needs an order {before} days before its message, but orders span {_span} days.", "Lengthen span_days in pack.yaml, or shorten the scenario's range.");
    }

    /// <summary>Days since the order, and of these how many the delivery is late.</summary>
    /// <param name="spare">Days at least between the end of the promise and the message, beside those.</param>
    private static (int Days, int Late) SinceOrder(OrderRequirement requirement, int spare, ref Draws draws)
    {
        var range = requirement.Range;
        var late = requirement.DaysLate is { } bounds ? draws.Between(bounds.From, Math.Max(bounds.From, Math.Min(bounds.To, range.To - spare))) : 0;
        return ((int)draws.Between(Math.Min(Math.Max(range.From, late + spare), range.To), range.To), (int)late);
    }

    /// <summary>Adds when lines were returned: after the delivery, before the ticket.</summary>
    private static Timeline Sent(OrderRequirement requirement, Timeline timeline, ref Draws draws)
    {
        if (requirement.SettledLines.To == 0 || timeline.Delivered is not { } delivered)
            return timeline;
        var from = delivered.AddHours(1);
        var to = Earlier(Clock.Midnight(timeline.Ticket), delivered.AddDays(LongestReturn));
        if (to < from.AddHours(3))
            to = timeline.Latest.AddHours(-2);
        else if (to > from.AddDays(4))
            from = from.AddDays(2);
        var returned = At(from, to, ref draws);
        return timeline with { Returned = returned, Refund = At(returned, Earlier(returned.AddDays(2), timeline.Latest.AddHours(-1)), ref draws) };
    }

    /// <summary>A delivery date whose order date lies in a season and whose ticket is not in the future.</summary>
    private DateOnly InSeason(Bounds season, int transitDays, int since, ref Draws draws)
    {
        var last = _clock.Today.AddDays(-since - transitDays);
        var first = _clock.FirstDay.AddDays(1);
        var days = 0;
        for (var day = first; day <= last; day = day.AddDays(1))
            days += season.Holds(day.Month * 100 + day.Day) ? 1 : 0;
        if (days == 0)
            return last.AddDays(transitDays);

        // Two of three in the later half of what is possible: recent seasons are likelier.
        var skip = draws.Chance(67) ? draws.Between(days / 2, days - 1) : draws.Below(days);
        for (var day = first; ; day = day.AddDays(1))
        {
            if (season.Holds(day.Month * 100 + day.Day) && skip-- == 0)
                return day.AddDays(transitDays);
        }
    }

    private Timeline FromDelivery(DateOnly deliveryDay, (int Days, int ShipMinutes, int Late) transit, ShippingMethod method, DateOnly ticket, ref Draws draws)
    {
        var orderDay = deliveryDay.AddDays(-transit.Days);
        var ordered = _clock.OrderAt(orderDay, ref draws);
        var delivered = Clock.Delivery(deliveryDay, ref draws);
        var shipped = ordered.AddMinutes(transit.ShipMinutes);
        if (shipped > delivered.AddHours(-4))
            shipped = ordered.AddTicks((delivered - ordered).Ticks / 2 / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
        var promised = transit.Late > 0 ? deliveryDay.AddDays(-transit.Late) : orderDay.AddDays(Math.Max(method.PromiseDays, transit.Days));
        return new Timeline(ordered, shipped, delivered, promised, ticket);
    }

    /// <summary>The promise of an order that is not delivered today and not late.</summary>
    private DateOnly InTime(DateTime ordered, ShippingMethod method)
    {
        var promised = DateOnly.FromDateTime(ordered).AddDays(method.PromiseDays);
        return promised > _clock.Today ? promised : _clock.Today;
    }

    /// <param name="late">Days by which the delivery is later than promised; null for in time.</param>
    private static (int Days, int ShipMinutes, int Late) Transit(ShippingMethod method, int? late, ref Draws draws)
    {
        var ship = ShipMinutes(method, ref draws);
        return late is { } days
            ? (method.PromiseDays + days, ship, days)
            : (Math.Max(1, ship / (24 * 60)) + draws.Between(method.DeliversAfterDays.From, method.DeliversAfterDays.To), ship, 0);
    }

    private static int ShipMinutes(ShippingMethod method, ref Draws draws) =>
        draws.Between(method.ShipsAfterHours.From * 60, method.ShipsAfterHours.To * 60);

    /// <summary>A second between two times; the first where the second is not later.</summary>
    public static DateTime At(DateTime from, DateTime to, ref Draws draws) =>
        to <= from ? from : from.AddSeconds(draws.Between(0L, (long)(to - from).TotalSeconds));

    public static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
