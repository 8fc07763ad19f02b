namespace TicketWorld.Support.Analysis.Reading;

/// <summary>Numbers in text, as far as weighing a message needs them.</summary>
internal static class Quantity
{
    /// <summary>How far from a number its currency may stand, in characters.</summary>
    private const int Reach = 9;

    /// <summary>The worth of a number as it is written in any of the languages (1,299.00 and 1.299,00).</summary>
    /// <param name="whole">Whether it has no decimals.</param>
    public static double Value(ReadOnlySpan<char> text, out bool whole)
    {
        var last = text.LastIndexOfAny('.', ',');
        var decimals = last >= 0 && text.Length - last - 1 is 1 or 2 ? last : text.Length;
        double value = 0, unit = 1;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
                continue;
            if (i > decimals)
                value += (text[i] - '0') * (unit /= 10);
            else
                value = value * 10 + (text[i] - '0');
        }

        whole = decimals == text.Length;
        return value;
    }

    /// <summary>How many units of the currency beside a number are worth one of dollar, euro or pound; 0 if no currency stands there.</summary>
    public static double CurrencyFactor(ReadOnlySpan<char> text, TextSpan number)
    {
        var before = text[Math.Max(0, number.Start - 4)..number.Start].TrimEnd(' ');
        var after = text[number.End..Math.Min(text.Length, number.End + Reach)].TrimStart(" \u00a0-");
        if (before.EndsWith("R$", StringComparison.OrdinalIgnoreCase) || after.StartsWith("reais", StringComparison.OrdinalIgnoreCase))
            return 5;
        if (before is [.., '$' or '€' or '£'] || after is ['$' or '€' or '£', ..])
            return 1;
        foreach (var word in (ReadOnlySpan<string>)["USD", "EUR", "GBP", "euro", "dollar", "pound", "bucks", "quid", "CHF", "libras", "livres", "dólar"])
        {
            if (after.StartsWith(word, StringComparison.OrdinalIgnoreCase) || before.EndsWith(word, StringComparison.OrdinalIgnoreCase))
                return 1;
        }

        return 0;
    }

    public static bool IsPartOfDateOrTime(ReadOnlySpan<char> text, TextSpan number)
    {
        var before = number.Start > 0 ? text[number.Start - 1] : ' ';
        var after = number.End < text.Length ? text[number.End] : ' ';
        return before is '/' or ':' or '-' or '.' || after is '/' or ':' or '%' || after == '-' && number.End + 1 < text.Length && char.IsDigit(text[number.End + 1]);
    }
}
