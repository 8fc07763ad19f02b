using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Generation;

/// <summary>The world's clock and the times of day at which things happen. All times are UTC, whole seconds.</summary>
internal sealed class Clock
{
    private readonly int[] _hours;

    public Clock(DateOnly asOf, PackSettings settings)
    {
        Today = asOf;
        Now = asOf.ToDateTime(new TimeOnly(23, 59, 59), DateTimeKind.Utc);
        FirstDay = asOf.AddDays(-settings.SpanDays);
        _hours = Quota.Ends(settings.Hours);
    }

    public DateOnly Today { get; }

    public DateTime Now { get; }

    /// <summary>The first day on which an order may have been placed.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>A time on a day, at an hour at which people write and order.</summary>
    public DateTime At(DateOnly day, ref Draws draws)
    {
        var hour = draws.Weighted(_hours);
        return Midnight(day).AddSeconds(hour * 3600 + draws.Below(3600));
    }

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
