using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The events of an order.</summary>
/// <param name="QuietDays">Days after delivery on which other lines may be returned before any ticket is written.</param>
internal readonly record struct Timeline(DateTime Ordered, DateTime? Shipped, DateTime? Delivered, int QuietDays);

/// <summary>Makes timelines: such that a ticket of a scenario fits before the world's clock, or of an order that no ticket is about.</summary>
internal sealed class TimelineMaker
{
    private const int Attempts = 256;
    private readonly Clock _clock;
    private readonly int _span;

    public TimelineMaker(Clock clock, PackSettings settings)
    {
        _clock = clock;
        _span = settings.SpanDays;
    }

    public Timeline ForScenario(OrderRequirement requirement, int warrantyDays, ShippingMethod method, ref Draws draws)
    {
        if (requirement.State == OrderState.Processing)
            return Processing(requirement, ref draws);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var timeline = requirement.State == OrderState.Shipped
                ? Shipped(requirement, method, ref draws)
                : Delivered(requirement, warrantyDays, method, ref draws);
            if (requirement.SeasonFits(DateOnly.FromDateTime(timeline.Ordered)))
                return timeline;
        }

        throw new WorldException(
            "no_date_fits",
            $"No order date before {_clock.Today:yyyy-MM-dd} fits a scenario with its season.",
            "Use another --as-of date, or a pack whose orders span more days.",
            "as_of",
            _clock.Today.ToString("O"));
    }

    public Timeline Background(string state, ShippingMethod method, ref Draws draws)
    {
        if (state == "processing")
        {
            var ordered = _clock.Now.AddMinutes(-draws.Between(5, 36 * 60)).AddSeconds(-draws.Below(60));
            return new Timeline(ordered, null, null, 0);
        }

        if (state == "shipped")
        {
            var ordered = _clock.At(_clock.Today.AddDays(-draws.Between(3, 6)), ref draws);
            return new Timeline(ordered, ordered.AddMinutes(ShipMinutes(method, ref draws)), null, 0);
        }

        var transit = Transit(method, ref draws);
        var age = Clock.Age(_span - transit.Days - 2, ref draws);
        return FromDelivery(_clock.Today.AddDays(-age), transit, age, ref draws);
    }

    private Timeline Processing(OrderRequirement requirement, ref Draws draws)
    {
        var reach = requirement.Clock == ScenarioClock.MinutesSinceOrder ? (int)requirement.Range.To + 1 : 60;
        var ordered = _clock.Now.AddMinutes(-draws.Between(reach, reach + 30 * 60)).AddSeconds(-draws.Below(60));
        return new Timeline(ordered, null, null, 0);
    }

    private Timeline Shipped(OrderRequirement requirement, ShippingMethod method, ref Draws draws)
    {
        var ticketDay = _clock.Today.AddDays(-draws.Below(2));
        var days = (int)draws.Between(requirement.Range.From, requirement.Range.To);
        var ordered = _clock.At(ticketDay.AddDays(-days), ref draws);
        var shipped = ordered.AddMinutes(ShipMinutes(method, ref draws));
        var latest = Clock.Midnight(ticketDay).AddHours(-1);
        if (shipped > latest)
            shipped = latest > ordered ? latest : ordered.AddMinutes(30);
        return new Timeline(ordered, shipped, null, 0);
    }

    private Timeline Delivered(OrderRequirement requirement, int warrantyDays, ShippingMethod method, ref Draws draws)
    {
        var transit = Transit(method, ref draws);
        if (requirement.Clock == ScenarioClock.DaysSinceOrder)
        {
            var sinceOrder = (int)draws.Between(requirement.Range.From, requirement.Range.To);
            var ticketDay = _clock.Today.AddDays(-Clock.Age(_span - sinceOrder - 1, ref draws));
            var days = Math.Max(1, Math.Min(transit.Days, sinceOrder - 1));
            return FromDelivery(ticketDay.AddDays(days - sinceOrder), transit with { Days = days }, 0, ref draws);
        }

        var offset = requirement.Clock == ScenarioClock.DaysSinceWarrantyEnd ? warrantyDays : 0;
        var first = (int)requirement.Range.From + offset;
        var since = (int)draws.Between(first, requirement.Range.To + offset);
        var most = _span - since - transit.Days - 1;
        if (most < 0)
        {
            throw new WorldException("no_date_fits", $"A scenario needs a delivery {since} days ago, but orders span {_span} days.", "Lengthen span_days in pack.yaml, or shorten the scenario's range.");
        }

        var delivered = requirement is { Season: { } season, OutsideSeason: false }
            ? InSeason(season, transit.Days, since, ref draws)
            : _clock.Today.AddDays(-since - Clock.Age(most, ref draws));
        return FromDelivery(delivered, transit, first, ref draws);
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

    private Timeline FromDelivery(DateOnly deliveryDay, (int Days, int ShipMinutes) transit, int quietDays, ref Draws draws)
    {
        var ordered = _clock.At(deliveryDay.AddDays(-transit.Days), ref draws);
        var delivered = Clock.Delivery(deliveryDay, ref draws);
        var shipped = ordered.AddMinutes(transit.ShipMinutes);
        if (shipped > delivered.AddHours(-4))
            shipped = ordered.AddTicks((delivered - ordered).Ticks / 2 / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
        return new Timeline(ordered, shipped, delivered, quietDays);
    }

    private static (int Days, int ShipMinutes) Transit(ShippingMethod method, ref Draws draws)
    {
        var ship = ShipMinutes(method, ref draws);
        return (Math.Max(1, ship / (24 * 60)) + draws.Between(method.DeliversAfterDays.From, method.DeliversAfterDays.To), ship);
    }

    private static int ShipMinutes(ShippingMethod method, ref Draws draws) =>
        draws.Between(method.ShipsAfterHours.From * 60, method.ShipsAfterHours.To * 60);
}
