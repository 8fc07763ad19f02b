using System.Globalization;

namespace TicketWorld.Support.Extraction;

/// <summary>Holds the form that a model gave a value against the text that it quotes: it may change how the value is written, and nothing else.</summary>
internal static class StatedForm
{
    /// <summary>The value; null when the quote states none of its field.</summary>
    public static string? Of(string field, string quote, string value) => field switch
    {
        FieldNames.Amount => Amount(quote, value),
        FieldNames.Date => Date(quote, value),
        FieldNames.OrderId => quote.TrimStart('#').Trim() is { Length: > 0 } id ? id : null,
        FieldNames.AccountEmail => quote.Contains('@', StringComparison.Ordinal) ? quote.ToLowerInvariant() : null,
        _ => Marks(value) == Marks(quote) ? value : quote,
    };

    /// <summary>An amount in the form 1299.00 with the digits of the quote, where cents of nothing may be missing.</summary>
    private static string? Amount(string quote, string value)
    {
        if (!decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) || amount < 0 || amount > 1_000_000_000_000m)
            return null;
        var form = amount.ToString("0.00", CultureInfo.InvariantCulture);
        var stated = Digits(quote).TrimStart('0');
        var digits = Digits(form).TrimStart('0');
        var isWhole = form.EndsWith(".00", StringComparison.Ordinal);
        var tenths = form.EndsWith('0') && digits.Length > 0 && stated == digits[..^1];
        return stated.Length > 0 && (stated == digits || isWhole && stated + "00" == digits || tenths) ? form : null;
    }

    /// <summary>An ISO date whose day, and year where one of four digits is said, stand in the quote; otherwise the quote.</summary>
    private static string Date(string quote, string value)
    {
        if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return quote;
        string[] numbers = [.. string.Concat(quote.Select(c => char.IsAsciiDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var hasDay = numbers.Any(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day == date.Day);
        var year = numbers.FirstOrDefault(n => n.Length == 4);
        return hasDay && (year is null || year == date.Year.ToString("0000", CultureInfo.InvariantCulture)) ? value : quote;
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static string Marks(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
