using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Datasets;

/// <summary>How the files write JSON: compact, UTF-8, only what JSON demands escaped.</summary>
internal static class Json
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>An amount as a number with two decimals.</summary>
    public static void WriteMoney(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Money amount)
    {
        Span<byte> text = stackalloc byte[24];
        writer.WritePropertyName(name);
        writer.WriteRawValue(text[..Format(amount, text)], skipInputValidation: true);
    }

    /// <summary>A time as <c>2026-01-14T09:12:44Z</c>.</summary>
    public static void WriteTime(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTime? time)
    {
        Span<byte> text = stackalloc byte[20];
        if (time is { } at)
            writer.WriteString(name, text[..Format(at, text)]);
        else
            writer.WriteNull(name);
    }

    public static void WriteDate(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateOnly? date)
    {
        Span<byte> text = stackalloc byte[10];
        if (date is { } day)
            writer.WriteString(name, text[..Format(day, text)]);
        else
            writer.WriteNull(name);
    }

    public static void WriteStrings(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    /// <returns>How many bytes were written; 24 are always enough.</returns>
    public static int Format(Money amount, Span<byte> text)
    {
        var cents = Math.Abs(amount.Cents);
        var length = 0;
        if (amount.Cents < 0)
            text[length++] = (byte)'-';
        Utf8Formatter.TryFormat(cents / 100, text[length..], out var whole);
        length += whole;
        text[length++] = (byte)'.';
        text[length++] = (byte)('0' + cents % 100 / 10);
        text[length++] = (byte)('0' + cents % 10);
        return length;
    }

    /// <returns>How many bytes were written: 20.</returns>
    public static int Format(DateTime at, Span<byte> text)
    {
        Format(DateOnly.FromDateTime(at), text);
        text[10] = (byte)'T';
        TwoDigits(text[11..], at.Hour);
        text[13] = (byte)':';
        TwoDigits(text[14..], at.Minute);
        text[16] = (byte)':';
        TwoDigits(text[17..], at.Second);
        text[19] = (byte)'Z';
        return 20;
    }

    /// <returns>How many bytes were written: 10.</returns>
    public static int Format(DateOnly date, Span<byte> text)
    {
        date.Deconstruct(out var year, out var month, out var day);
        TwoDigits(text, year / 100);
        TwoDigits(text[2..], year % 100);
        text[4] = (byte)'-';
        TwoDigits(text[5..], month);
        text[7] = (byte)'-';
        TwoDigits(text[8..], day);
        return 10;
    }

    private static void TwoDigits(Span<byte> text, int value)
    {
        text[0] = (byte)('0' + value / 10);
        text[1] = (byte)('0' + value % 10);
    }
}
