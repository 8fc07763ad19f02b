using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Generation;

/// <summary>The world's clock and the times of day at which things happen. All times are UTC, whole seconds.</summary>
internal sealed class Clock
{
    private readonly int[] _hours;
    private readonly int[] _orderHours;
    private readonly int[] _months;
    private readonly int[] _weekdays;
    private readonly int _mostLikely;

    public Clock(DateOnly asOf, PackSettings settings)
    {
        Today = asOf;
        Now = asOf.ToDateTime(new TimeOnly(23, 59, 59), DateTimeKind.Utc);
        FirstDay = asOf.AddDays(-settings.SpanDays);
        _hours = Quota.Ends(settings.Hours);
        _orderHours = Quota.Ends(settings.OrderHours);
        _months = settings.Months;
        _weekdays = settings.Weekdays;
        _mostLikely = _months.Max() * _weekdays.Max();
    }

    public DateOnly Today { get; }

    public DateTime Now { get; }

    /// <summary>The first day on which an order may have been placed.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>A time on a day, at an hour at which people write.</summary>
    public DateTime At(DateOnly day, ref Draws draws) => Midnight(day).AddSeconds(draws.Weighted(_hours) * 3600 + draws.Below(3600));

    /// <summary>A time on a day, at an hour at which people order.</summary>
    public DateTime OrderAt(DateOnly day, ref Draws draws) => Midnight(day).AddSeconds(draws.Weighted(_orderHours) * 3600 + draws.Below(3600));

    /// <summary>True as often as people order in the month and on the weekday, compared with the most likely day.</summary>
    public bool OrdersOn(DateOnly day, ref Draws draws) => draws.Below(_mostLikely) < _months[day.Month - 1] * _weekdays[((int)day.DayOfWeek + 6) % 7];

    /// <summary>A time on a day when carriers deliver.</summary>
    public static DateTime Delivery(DateOnly day, ref Draws draws) => Midnight(day).AddSeconds(9 * 3600 + draws.Below(9 * 3600));

    public static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>How many days ago something happened, at most <paramref name="most"/>: recent days are likelier.</summary>
    public static int Age(int most, ref Draws draws)
    {
        if (most <= 0)
            return 0;
        var part = draws.Below(100);
        var (from, to) = part < 55 ? (0, 120) : part < 85 ? (121, 400) : (401, most);
        return from >= most ? draws.Between(0, most) : draws.Between(from, Math.Min(to, most));
    }
}
