using System.Buffers;
using System.Globalization;
using System.Text;

namespace TicketWorld.Worlds.Records;

/// <summary>Identity of a customer; written <c>CUST-0001</c>, four digits or more.</summary>
/// <param name="Number">1-based number.</param>
public readonly record struct CustomerId(int Number)
{
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[IdFormat.Room];
        return Encoding.ASCII.GetString(text[..IdFormat.Write(this, text)]);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out CustomerId id) =>
        IdText.TryParse(text, "CUST-", minimumDigits: 4, out var number) ? (id = new CustomerId(number), true).Item2 : (id = default, false).Item2;
}

/// <summary>Identity of a product; written <c>PROD-1001</c>.</summary>
/// <param name="Number">Number from 1001.</param>
public readonly record struct ProductId(int Number)
{
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[IdFormat.Room];
        return Encoding.ASCII.GetString(text[..IdFormat.Write(this, text)]);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out ProductId id) =>
        IdText.TryParse(text, "PROD-", minimumDigits: 4, out var number) ? (id = new ProductId(number), true).Item2 : (id = default, false).Item2;
}

/// <summary>Identity of an order; written <c>ORD-20260114-1001</c>: the order date and a sequence from 1001.</summary>
/// <param name="Date">The order date.</param>
/// <param name="Sequence">Unique in a world, in order of time.</param>
public readonly record struct OrderId(DateOnly Date, int Sequence)
{
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[IdFormat.Room];
        return Encoding.ASCII.GetString(text[..IdFormat.Write(this, text)]);
    }

    /// <summary>Writes the id without allocating; 32 characters are always enough.</summary>
    public bool TryFormat(Span<char> destination, out int length)
    {
        Span<byte> text = stackalloc byte[IdFormat.Room];
        length = IdFormat.Write(this, text);
        return Ascii.ToUtf16(text[..length], destination, out length) == OperationStatus.Done;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out OrderId id)
    {
        id = default;
        if (text.Length < 17 || !text.StartsWith("ORD-", StringComparison.Ordinal) || text[12] != '-')
            return false;
        if (!DateOnly.TryParseExact(text[4..12], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return false;
        if (!IdText.TryParse(text[13..], "", minimumDigits: 4, out var sequence))
            return false;
        id = new OrderId(date, sequence);
        return true;
    }
}

/// <summary>Identity of a payment; written <c>PAY-000001</c>, six digits or more.</summary>
/// <param name="Number">1-based number, in the order of the orders.</param>
public readonly record struct PaymentId(int Number)
{
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[IdFormat.Room];
        return Encoding.ASCII.GetString(text[..IdFormat.Write(this, text)]);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out PaymentId id) =>
        IdText.TryParse(text, "PAY-", minimumDigits: 6, out var number) ? (id = new PaymentId(number), true).Item2 : (id = default, false).Item2;
}

/// <summary>Reads the digits of an id; anything that would not be written back the same is refused.</summary>
internal static class IdText
{
    public static bool TryParse(ReadOnlySpan<char> text, string prefix, int minimumDigits, out int number)
    {
        number = 0;
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        var digits = text[prefix.Length..];
        if (digits.Length < minimumDigits || digits.Length > 9 || (digits.Length > minimumDigits && digits[0] == '0'))
            return false;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            number = number * 10 + (c - '0');
        }

        return true;
    }
}
