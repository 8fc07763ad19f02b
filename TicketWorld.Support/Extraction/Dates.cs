namespace TicketWorld.Support.Extraction;

/// <summary>Days with their month, months with their year, and dates in figures.</summary>
internal static class Dates
{
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is TokenKind.Number or TokenKind.Code && tokens[i].Digit)
                Figures(reading, i);
            if (tokens[i].Month > 0 && tokens[i].Kind == TokenKind.Word)
                i = Math.Max(i, Worded(reading, i));
        }
    }

    private static void Figures(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(i);
        if (tokens[i].Kind == TokenKind.Code)
        {
            if (IsHyphened(reading, text))
                reading.Add(Field.Date, i, i, 97, Evidence.Form);
            else if (text.IndexOf('/') is var stroke and > 2 && text.Length - stroke == 5 && Number(text[(stroke + 1)..], out var worded) && worded is >= FirstYear and <= LastYear && reading.Rules.Words.Find(text[..stroke]).Month > 0)
                reading.Add(Field.Date, i, i, 93, Evidence.Form);
            else if (text.Length >= 11 && text[10] is 'T' or 'Z' && IsFull(text[..10], out _))
                reading.AddRange(Field.Date, tokens[i].Start, tokens[i].Start + 10, 98, Evidence.Form);
            return;
        }

        if (IsFull(text, out var certain))
        {
            reading.Add(Field.Date, i, i, certain ? 98 : 92, Evidence.Form);
            return;
        }

        var separator = text.IndexOfAny("./-");
        if (separator is not (1 or 2) || text.LastIndexOfAny("./-") != separator)
            return;
        if (!Number(text[..separator], out var first) || !Number(text[(separator + 1)..], out var second))
            return;
        if (text[separator] == '/' && text.Length - separator == 5 && second is >= FirstYear and <= LastYear && first is >= 1 and <= 12)
        {
            reading.Add(Field.Date, i, i, 80, Evidence.Context);
            return;
        }

        if (text.Length - separator > 3 || !IsDay(first, second) || text[separator] == '-')
            return;
        var dotted = text[separator] == '.' && reading.IsSymbol(i + 1, '.') && reading.Touches(i + 1) && first <= 31 && second <= 12 && tokens[i].Length <= 5;
        var before = i > 0 && reading.InSentence(i - 1, i) && tokens[i - 1].Is(Sense.DateBefore) && !tokens[i - 1].Is(Sense.Version);
        var listed = i >= 2 && tokens[i - 1].IsSymbol(',') && LooksShort(tokens.TextOf(i - 2));
        var next = i + 1;
        if (next < tokens.Count && tokens[next].Before <= Gap.Space && (tokens[next].Is(Sense.Unit) || tokens[next].IsSymbol('%') || tokens[next].Currency > 0))
            return;
        if (dotted && before && (reading.German || (next + 1 < tokens.Count && tokens[next + 1].Sentence == tokens[i].Sentence)))
            reading.AddRange(Field.Date, tokens[i].Start, tokens[i].End, 86, Evidence.Context);
        else if (text[separator] == '/' && (before || listed || (text.Length == 5 && (i == 0 || tokens[i].Before == Gap.Line || tokens[i - 1].Kind != TokenKind.Number))) && !(first == second && first == 10))
            reading.Add(Field.Date, i, i, 78, Evidence.Context);
    }

    /// <summary>15-Jan-2024.</summary>
    private static bool IsHyphened(Reading reading, ReadOnlySpan<char> text)
    {
        var a = text.IndexOf('-');
        var b = text.LastIndexOf('-');
        return a is 1 or 2 && b > a && text.Length - b is 3 or 5 && reading.Rules.Words.Find(text[(a + 1)..b]).Month > 0
            && Number(text[..a], out var day) && day is >= 1 and <= 31 && Number(text[(b + 1)..], out var year) && (year < 100 || year is >= FirstYear and <= LastYear);
    }

    private static bool LooksShort(ReadOnlySpan<char> text) => text.Length is >= 3 and <= 5 && text.Contains('/');

    private static bool IsDay(int first, int second) => first >= 1 && second >= 1 && ((first <= 31 && second <= 12) || (first <= 12 && second <= 31));

    private static bool Number(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 4)
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = value * 10 + (c - '0');
        }

        return true;
    }

    /// <summary>A full date in figures; certain unless a year of two digits makes it doubtful.</summary>
    private static bool IsFull(ReadOnlySpan<char> text, out bool certain)
    {
        certain = false;
        var a = text.IndexOfAny("./-");
        if (a < 1)
            return false;
        var rest = text[(a + 1)..];
        var b = rest.IndexOfAny("./-");
        if (b < 1 || rest[b] != text[a] || rest.Length == b + 1)
            return false;
        if (!Number(text[..a], out var first) || !Number(rest[..b], out var second) || !Number(rest[(b + 1)..], out var third))
            return false;
        var last = rest.Length - b - 1;
        if (a == 4)
        {
            certain = true;
            return first is >= FirstYear and <= LastYear && (text[a] != '.' || (b == 2 && last == 2)) && second is >= 1 and <= 12 && third is >= 1 and <= 31 && b <= 2 && last <= 2;
        }

        if (a > 2 || b > 2 || !IsDay(first, second))
            return false;
        certain = last == 4;
        return last == 4 ? third is >= FirstYear and <= LastYear : last == 2 && (text[a] != '.' || (a == 2 && b == 2)) && text[a] != '-';
    }

    private static int Worded(Reading reading, int month)
    {
        var tokens = reading.Tokens;
        var first = month;
        var last = month;
        var day = DayBefore(reading, month, out var dayStart, out var ordinal);
        if (day)
            first = dayStart;
        var after = month + 1;
        if (reading.IsSymbol(after, '.') && reading.Touches(after))
            after++;
        var dayAfter = false;
        if (!day && after < tokens.Count && tokens[after].Before <= Gap.Space && IsDayToken(reading, after, out var ordinalAfter) && !(after + 1 < tokens.Count && tokens[after + 1].Before <= Gap.Space && (tokens[after + 1].Month > 0 || tokens[after + 1].Currency > 0 || (tokens[after + 1].Is(Sense.Unit) && !tokens[after + 1].Is(Sense.Time)))))
        {
            dayAfter = true;
            ordinal = ordinalAfter;
            last = after;
            after++;
        }

        var year = Year(reading, after, last, out var yearToken);
        if (year)
            last = yearToken;
        if (!day && !dayAfter && !year)
            return month;
        if (reading.Rules.AmbiguousMonths.GetAlternateLookup<ReadOnlySpan<char>>().Contains(tokens.TextOf(month)) && !tokens[month].Capital && !year && !ordinal && !(day && reading.IsWord(month - 1, Sense.DateInner)) && !(first > 0 && day && tokens[first - 1].Is(Sense.DateBefore)))
            return month;
        reading.AddRange(Field.Date, tokens[first].Start, tokens[last].End, 93, Evidence.Form);
        return last;
    }

    private static bool DayBefore(Reading reading, int month, out int start, out bool ordinal)
    {
        var tokens = reading.Tokens;
        ordinal = false;
        start = month - 1;
        if (start < 0 || !reading.InSentence(start, month) || tokens[month].Before > Gap.Space)
            return false;
        if (tokens[start].IsSymbol('.') && start > 0)
        {
            start--;
            ordinal = true;
        }
        else if (tokens[start].Is(Sense.DateInner) && start > 0)
        {
            start--;
        }

        if (!reading.InSentence(start, month) || !IsDayToken(reading, start, out var ending))
            return false;
        ordinal |= ending;
        return true;
    }

    private static bool IsDayToken(Reading reading, int i, out bool ordinal)
    {
        ordinal = false;
        var text = reading.Tokens.TextOf(i);
        if (reading.Tokens[i].Kind == TokenKind.Code && text.Length is 3 or 4)
        {
            var digits = text.Length - 2;
            ordinal = Ordinal(text[digits..]);
            return ordinal && Number(text[..digits], out var value) && value is >= 1 and <= 31;
        }

        if (reading.Tokens[i].Kind == TokenKind.Code && text.Length is 2 or 3 && text[^1] is 'º' or 'ª')
        {
            ordinal = true;
            return Number(text[..^1], out var value) && value is >= 1 and <= 31;
        }

        if (text is "1er")
            return true;
        return reading.Tokens[i].Kind == TokenKind.Number && text.Length <= 2 && Number(text, out var day) && day is >= 1 and <= 31
            && !(i > 0 && reading.Tokens[i - 1].Kind == TokenKind.Symbol && reading.Tokens[i - 1].First is '$' or '€' or '£');
    }

    private static bool Ordinal(ReadOnlySpan<char> ending) =>
        ending.Equals("st", StringComparison.OrdinalIgnoreCase) || ending.Equals("nd", StringComparison.OrdinalIgnoreCase)
        || ending.Equals("rd", StringComparison.OrdinalIgnoreCase) || ending.Equals("th", StringComparison.OrdinalIgnoreCase) || ending.Equals("er", StringComparison.OrdinalIgnoreCase);

    /// <summary>A year behind a month or a day: 2024, of 2024, de 2024, ", 2024".</summary>
    private static bool Year(Reading reading, int next, int last, out int token)
    {
        token = next;
        var tokens = reading.Tokens;
        if (token < tokens.Count && (tokens[token].IsSymbol(',') || tokens[token].Is(Sense.DateInner)))
            token++;
        if (token < tokens.Count && tokens[token].IsSymbol('\'') && reading.Touches(token + 1) && tokens[token + 1].Kind == TokenKind.Number && tokens[token + 1].Length == 2)
        {
            token++;
            return true;
        }

        if (!(token < tokens.Count && tokens[token].Before <= Gap.Space && tokens[token].Kind == TokenKind.Number))
            return false;
        var text = tokens.TextOf(token);
        return text.Length == 4 && Number(text, out var year) && year is >= FirstYear and <= LastYear && !(token + 1 < tokens.Count && tokens[token + 1].Is(Sense.Unit) && tokens[token + 1].Before <= Gap.Space && token > next);
    }

    /// <summary>A date as it stands; in figures with the year first where no other reading is possible.</summary>
    internal static string Normalise(ReadOnlySpan<char> text)
    {
        var a = text.IndexOfAny("./-");
        if (a < 1 || !IsFull(text, out var certain) || !certain)
            return text.ToString();
        var b = a + 1 + text[(a + 1)..].IndexOfAny("./-");
        Number(text[..a], out var first);
        Number(text[(a + 1)..b], out var second);
        Number(text[(b + 1)..], out var third);
        if (a == 4)
            return $"{first:0000}-{second:00}-{third:00}";
        var dayFirst = text[a] == '.' || first > 12;
        if (!dayFirst && second <= 12 && first != second)
            return text.ToString();
        return dayFirst && second <= 12 ? $"{third:0000}-{second:00}-{first:00}" : first <= 12 ? $"{third:0000}-{first:00}-{second:00}" : text.ToString();
    }
}
