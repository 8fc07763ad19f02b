namespace TicketWorld.Worlds.Verification;

/// <summary>
/// Reads dates that a message writes out: <c>14 January 2026</c>, <c>the 14th of January</c>, <c>January 14, 2026</c>, <c>2026-01-14</c>,
/// and months alone (<c>in January</c>, <c>January 2026</c>). A date without a year is the last such day up to the message; one
/// that lies after the message says nothing of the order.
/// </summary>
internal static class DateReader
{
    private const int EarliestYear = 2000;
    private const int LatestYear = 2199;

    /// <summary>Reads the date of which a month's name is part.</summary>
    /// <param name="lower">The text in lower case.</param>
    /// <param name="from">Where the date read before ends; nothing of it belongs to this one.</param>
    /// <param name="start">Where the name of the month begins.</param>
    /// <param name="end">Where it ends; moved on past what belongs to the date.</param>
    public static DayBand? Around(ReadOnlySpan<char> lower, int from, int start, ref int end, int month, DateOnly today)
    {
        var day = DayBefore(lower[from..start]);
        if (day == 0)
            day = DayAfter(lower, ref end);
        var year = Year(lower, ref end);
        if (day == 0)
            return year > 0 || Follows(lower, start, "in") ? Month(year, month, today) : null;
        if (year == 0)
        {
            year = today.Year;
            if (month > today.Month || (month == today.Month && day > today.Day))
                year--;
        }

        return Day(year, month, day, today);
    }

    /// <summary>Reads <c>2026-01-14</c> at a digit.</summary>
    public static bool TryIso(ReadOnlySpan<char> lower, int at, DateOnly today, out int end, out DayBand? band)
    {
        (end, band) = (at + 10, null);
        if (lower.Length < end || lower[at + 4] != '-' || lower[at + 7] != '-' || (lower.Length > end && PhraseTrie.IsWord(lower[end])))
            return false;
        var (year, month, day) = (Number(lower.Slice(at, 4)), Number(lower.Slice(at + 5, 2)), Number(lower.Slice(at + 8, 2)));
        if (year is < EarliestYear or > LatestYear || month is < 1 or > 12 || day < 1)
            return false;
        band = Day(year, month, day, today);
        return true;
    }

    private static DayBand? Day(int year, int month, int day, DateOnly today)
    {
        if (day > DateTime.DaysInMonth(year, month))
            return null;
        var days = today.DayNumber - new DateOnly(year, month, day).DayNumber;
        return days < 0 ? null : new DayBand(days, days);
    }

    private static DayBand? Month(int year, int month, DateOnly today)
    {
        if (year == 0)
            year = month > today.Month ? today.Year - 1 : today.Year;
        var first = today.DayNumber - new DateOnly(year, month, 1).DayNumber;
        return first < 0 ? null : new DayBand(Math.Max(0, first - DateTime.DaysInMonth(year, month) + 1), first);
    }

    /// <summary>The day in <c>14 January</c>, <c>14th January</c> or <c>14th of January</c>; 0 for none.</summary>
    private static int DayBefore(ReadOnlySpan<char> before)
    {
        if (before.EndsWith(" of "))
            before = before[..^3];
        if (!before.EndsWith(" "))
            return 0;
        before = before[..^1];
        if (before.EndsWith("st") || before.EndsWith("nd") || before.EndsWith("rd") || before.EndsWith("th"))
            before = before[..^2];
        var digits = 0;
        while (digits < before.Length && char.IsAsciiDigit(before[^(digits + 1)]))
            digits++;
        return digits is 0 or > 2 || !PhraseTrie.IsBoundary(before, before.Length - digits) ? 0 : DayOf(Number(before[^digits..]));
    }

    /// <summary>The day in <c>January 14</c> or <c>January 14th</c>; 0 for none.</summary>
    private static int DayAfter(ReadOnlySpan<char> lower, ref int end)
    {
        var at = end;
        if (at >= lower.Length || lower[at++] != ' ')
            return 0;
        var first = at;
        while (at < lower.Length && char.IsAsciiDigit(lower[at]))
            at++;
        if (at - first is 0 or > 2)
            return 0;
        var day = DayOf(Number(lower[first..at]));
        var rest = lower[at..];
        if (rest.StartsWith("st") || rest.StartsWith("nd") || rest.StartsWith("rd") || rest.StartsWith("th"))
            at += 2;
        if (day == 0 || (at < lower.Length && PhraseTrie.IsWord(lower[at])))
            return 0;
        end = at;
        return day;
    }

    private static int Year(ReadOnlySpan<char> lower, ref int end)
    {
        var at = end;
        if (at < lower.Length && lower[at] == ',')
            at++;
        if (at >= lower.Length || lower[at++] != ' ' || at + 4 > lower.Length || (at + 4 < lower.Length && PhraseTrie.IsWord(lower[at + 4])))
            return 0;
        var year = Number(lower.Slice(at, 4));
        if (year is < EarliestYear or > LatestYear)
            return 0;
        end = at + 4;
        return year;
    }

    private static bool Follows(ReadOnlySpan<char> lower, int start, string word) =>
        start > word.Length && lower[start - 1] == ' ' && lower[..(start - 1)].EndsWith(word) && PhraseTrie.IsBoundary(lower, start - 1 - word.Length);

    private static int DayOf(int number) => number is >= 1 and <= 31 ? number : 0;

    /// <summary>A number of digits alone, or -1.</summary>
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return -1;
            number = number * 10 + (c - '0');
        }

        return number;
    }
}
