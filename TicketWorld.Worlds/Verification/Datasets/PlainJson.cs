using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// Reads values in the form in which datasets are written, without making texts of them. It says yes only to that form; every other is for a
/// slower reader to judge.
/// </summary>
internal static class PlainJson
{
    /// <summary>Longest text that is read here.</summary>
    public const int Room = 64;

    /// <summary>The characters of a short text of ASCII without escapes.</summary>
    public static bool TryText(JsonElement element, Span<char> room, out ReadOnlySpan<char> text)
    {
        text = default;
        if (element.ValueKind != JsonValueKind.String)
            return false;
        var raw = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        if (raw.Length > room.Length || raw.Contains((byte)'\\') || Ascii.ToUtf16(raw, room, out var length) != OperationStatus.Done)
            return false;
        text = room[..length];
        return true;
    }

    /// <summary>Whether an element is this text, in any form of writing it.</summary>
    public static bool Is(JsonElement element, string text)
    {
        if (element.ValueKind != JsonValueKind.String)
            return false;
        var raw = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        return Ascii.Equals(raw, text) && !raw.Contains((byte)'\\') || element.ValueEquals(text);
    }

    /// <summary>A number with two decimals.</summary>
    public static bool TryMoney(JsonElement element, out Money money)
    {
        money = default;
        if (element.ValueKind != JsonValueKind.Number)
            return false;
        var raw = JsonMarshal.GetRawUtf8Value(element);
        var digits = raw[0] == '-' ? raw[1..] : raw;
        if (digits.Length is < 4 or > 12 || digits[^3] != '.')
            return false;
        long cents = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (i == digits.Length - 3)
                continue;
            if (!char.IsAsciiDigit((char)digits[i]))
                return false;
            cents = cents * 10 + (digits[i] - '0');
        }

        money = new Money(raw[0] == '-' ? -cents : cents);
        return true;
    }

    /// <summary>A day such as <c>2026-01-14</c>.</summary>
    public static bool TryDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-'
            || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..], out var number))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || number < 1 || number > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, number);
        return true;
    }

    /// <summary>A time such as <c>2026-01-14T09:12:44Z</c>.</summary>
    public static bool TryTime(ReadOnlySpan<char> text, out DateTime time)
    {
        time = default;
        if (text.Length != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z' || !TryDay(text[..10], out var day)
            || !TryNumber(text[11..13], out var hour) || !TryNumber(text[14..16], out var minute) || !TryNumber(text[17..19], out var second))
        {
            return false;
        }

        if (hour > 23 || minute > 59 || second > 59)
            return false;
        time = day.ToDateTime(new TimeOnly(hour, minute, second), DateTimeKind.Utc);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            number = number * 10 + (c - '0');
        }

        return true;
    }
}
