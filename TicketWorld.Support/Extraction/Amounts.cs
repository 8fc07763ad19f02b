namespace TicketWorld.Support.Extraction;

/// <summary>Sums of money: with a sign, a code or a word, and bare where the sentence is about money.</summary>
internal static class Amounts
{
    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].Digit || tokens[i].Kind is not (TokenKind.Number or TokenKind.Code))
                continue;
            i = Math.Max(i, At(reading, i));
        }
    }

    private static int At(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(first);
        var end = NumberEnd(text);
        if (end == 0)
        {
            Prefixed(reading, first, text);
            return first;
        }

        var attached = text[end..];
        byte attachedCurrency = 0;
        var scaled = attached is "k" or "K" or "m" or "M" or "bn";
        if (attached.Length > 0 && !scaled)
        {
            attachedCurrency = reading.Rules.Words.Find(attached).Currency;
            if (attachedCurrency == 0)
                return first;
        }

        if (text.Contains('-') || text[..end].Contains(':') || text[..end].Contains('/'))
            return first;
        var last = first;
        if (attached.Length == 0)
            last = Grouped(reading, first);
        var stop = tokens[last].End;
        if (attached.Length == 0 && Dash(reading, last) is var dash and > 0)
            stop = dash;

        var start = SignBefore(reading, first, out var currency);
        if (start >= 0)
        {
            var code = last + 1;
            if (stop == tokens[last].End && code < tokens.Count && tokens[code].Before == Gap.Space && tokens[code].Kind == TokenKind.Word && tokens[code].Currency > 0 && (tokens[code].Length == 3 && !tokens[code].Lower || tokens[code].Length >= 4))
            {
                stop = tokens[code].End;
                currency = tokens[code].Currency;
            }

            reading.AddRange(Field.Amount, start, stop, 96, Evidence.Form, currency);
            return last;
        }

        if (attachedCurrency > 0)
        {
            reading.AddRange(Field.Amount, tokens[first].Start, stop, 96, Evidence.Form, attachedCurrency);
            return last;
        }

        var next = stop == tokens[last].End ? last + 1 : NextAfter(tokens, last, stop);
        if (next < tokens.Count && tokens[next].Before <= Gap.Space && CurrencyAt(reading, next, out currency) is var currencyEnd and > 0)
        {
            reading.AddRange(Field.Amount, tokens[first].Start, currencyEnd, 95, Evidence.Form, currency);
            return next;
        }

        if (AbbreviationBefore(reading, first) is var abbreviation and >= 0)
        {
            reading.AddRange(Field.Amount, tokens[abbreviation].Start, stop, 95, Evidence.Form, tokens[abbreviation].Currency);
            return last;
        }

        if (first > 0 && tokens[first].Before <= Gap.Space && tokens[first - 1].Currency > 0 && tokens[first - 1].Kind == TokenKind.Word && tokens[first - 1].Length == 3 && !tokens[first - 1].Lower && !IsName(reading, first))
        {
            reading.AddRange(Field.Amount, tokens[first - 1].Start, stop, 95, Evidence.Form, tokens[first - 1].Currency);
            return last;
        }

        if (!scaled && IsPlainlyMoney(reading, first, last, stop))
            reading.AddRange(Field.Amount, tokens[first].Start, stop, 45, Evidence.Weak);
        return first;
    }

    /// <summary>A code or letter of a currency that touches its number: EUR250, N4,862,000.</summary>
    private static void Prefixed(Reading reading, int first, ReadOnlySpan<char> text)
    {
        var letters = ReferenceForms.Prefix(text).Length;
        if (letters is not (1 or 3) || text[..letters].IndexOfAnyExceptInRange('A', 'Z') >= 0 || NumberEnd(text[letters..]) != text.Length - letters)
            return;
        var currency = reading.Rules.Words.Find(text[..letters]).Currency;
        if (currency > 0 && (letters == 3 || text.Contains(',')))
            reading.Add(Field.Amount, first, first, 94, Evidence.Form, currency);
    }

    /// <summary>The currency that stands abbreviated before a number, with its full stop or without: Rs. 38,500; Fr. 12.50. -1 if none does.</summary>
    private static int AbbreviationBefore(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        var i = first - 1;
        if (reading.IsSymbol(i, '.') && reading.Touches(i))
            i--;
        else if (!reading.IsWord(i, ~Sense.None) && i >= 0 && tokens[i].Currency == 0)
            return -1;
        return i >= 0 && tokens[i].Kind == TokenKind.Word && tokens[i].Currency > 0 && tokens[i].Length == 2 && tokens[i].Capital && tokens[first].Before <= Gap.Space && reading.InSentence(i, first) ? i : -1;
    }

    /// <summary>Whether the code before a number is the last word of a name: Grundrisswerk CAD 19.</summary>
    private static bool IsName(Reading reading, int first) =>
        first > 1 && reading.InSentence(first - 2, first) && reading.Tokens[first - 1].Before <= Gap.Space && reading.Tokens[first - 2].Kind == TokenKind.Word && reading.Tokens[first - 2].Capital && reading.Tokens[first - 2].Senses == Sense.None
        && reading.Tokens[first].Length <= 2;

    private static int NextAfter(TokenList tokens, int last, int stop)
    {
        var next = last + 1;
        while (next < tokens.Count && tokens[next].Start < stop)
            next++;
        return next;
    }

    /// <summary>Digits with separators at the start of a token.</summary>
    private static int NumberEnd(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || (i > 0 && text[i] is '.' or ',' or '\'' or '’' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))))
            i++;
        return i;
    }

    /// <summary>The last token of a number whose thousands are apart: 2 340,00.</summary>
    private static int Grouped(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        var last = first;
        if (tokens[first].Length > 3 || tokens.TextOf(first).IndexOfAny(".,") >= 0)
            return last;
        while (last + 1 < tokens.Count && tokens[last + 1].Kind == TokenKind.Number && tokens[last + 1].Before == Gap.Space && IsThousands(tokens.TextOf(last + 1)))
        {
            last++;
            if (tokens[last].Length > 3)
                break;
        }

        return last == first || HasCurrencyAround(reading, first, last) ? last : first;
    }

    private static bool IsThousands(ReadOnlySpan<char> text) =>
        text.Length is 3 or 5 or 6 && text[..3].IndexOfAnyExceptInRange('0', '9') < 0 && (text.Length == 3 || text[3] is ',' or '.');

    private static bool HasCurrencyAround(Reading reading, int first, int last) =>
        SignBefore(reading, first, out _) >= 0
        || (first > 0 && reading.Tokens[first - 1].Currency > 0)
        || (last + 1 < reading.Tokens.Count && CurrencyAt(reading, last + 1, out _) > 0);

    /// <summary>The end of ",-" or ".-" behind a number; 0 if it does not stand there.</summary>
    private static int Dash(Reading reading, int last)
    {
        var text = reading.Tokens.Text;
        var end = reading.Tokens[last].End;
        if (end + 1 >= text.Length || text[end] is not (',' or '.') || text[end + 1] is not ('-' or '–' or '—'))
            return 0;
        var stop = end + 2;
        if (stop < text.Length && text[stop] == '-')
            stop++;
        return stop < text.Length && char.IsLetterOrDigit(text[stop]) ? 0 : stop;
    }

    /// <summary>Where a sign before a number starts; -1 if none stands there.</summary>
    private static int SignBefore(Reading reading, int first, out byte currency)
    {
        currency = 0;
        var tokens = reading.Tokens;
        if (first == 0 || tokens[first - 1].Kind != TokenKind.Symbol || tokens[first].Before > Gap.Space)
            return -1;
        var sign = tokens[first - 1].First;
        var letters = first >= 2 && reading.Touches(first - 1) && tokens[first - 2].Kind == TokenKind.Word && tokens[first - 2].Length <= 2 ? tokens[first - 2].Length : 0;
        var start = tokens[first - 1].Start;
        if (letters > 0 && Sign(reading.Rules, tokens.Text.AsSpan(start - letters, letters + 1)) is var lettered and > 0)
        {
            currency = lettered;
            return start - letters;
        }

        currency = Sign(reading.Rules, [sign]);
        if (currency == 0)
            return -1;
        var behindNumber = first >= 2 && tokens[first - 2].Kind == TokenKind.Number && reading.Touches(first - 1) && tokens[first].Before == Gap.Space;
        return behindNumber ? -1 : start;
    }

    private static byte Sign(ExtractionRules rules, ReadOnlySpan<char> sign) =>
        rules.Signs.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(sign, out var currency) ? currency : (byte)0;

    private static int CurrencyAt(Reading reading, int token, out byte currency)
    {
        ref var next = ref reading.Tokens[token];
        currency = next.Kind switch
        {
            TokenKind.Symbol => Sign(reading.Rules, [next.First]),
            TokenKind.Word when next.Currency > 0 => next.Currency,
            TokenKind.Word when next.Length <= 2 => Sign(reading.Rules, reading.Tokens.TextOf(token)),
            _ => 0,
        };
        if (currency > 0 && next.Kind == TokenKind.Symbol && next.Before == Gap.Space && token + 1 < reading.Tokens.Count && reading.Touches(token + 1) && reading.Tokens[token + 1].Digit)
            currency = 0;
        return currency > 0 ? next.End : 0;
    }

    /// <summary>Two decimals, in a sentence about money, and nothing beside it that says otherwise.</summary>
    private static bool IsPlainlyMoney(Reading reading, int first, int last, int stop)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(first);
        if (tokens[first].Kind != TokenKind.Number || last != first)
            return false;
        var comma = text.Contains(',') && text.Length - text.IndexOf(',') == 3;
        var money = (comma && (reading.Message & (Sense.Money | Sense.Transaction)) != Sense.None) || (reading.SentenceOf(first) & Sense.Money) != Sense.None || ((reading.Message & Sense.Money) != Sense.None && (reading.Message & (Sense.Version | Sense.Update)) == Sense.None && !IsHour(text)) || (reading.Message & Sense.Transaction & ~Sense.Account) != Sense.None && (reading.SentenceOf(first) & Sense.Fault) == Sense.None && (reading.Message & Sense.Money) != Sense.None;
        var dash = stop > tokens[first].End;
        var point = text.LastIndexOfAny(".,");
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        if (!dash && decimals != 2 && !(decimals == 3 && IsOffered(reading, first)))
            return false;
        if (!money || text.Count('.') > 1 || (text.Length > 1 && text[0] == '0' && text[1] != '.' && text[1] != ','))
            return false;
        var next = first + 1;
        if (!dash && next < tokens.Count && tokens[next].Before <= Gap.Space && (tokens[next].IsSymbol('%') || tokens[next].IsSymbol('°') || (tokens[next].Is(Sense.Unit) && !tokens[next].Is(Sense.Money)) || tokens[next].Is(Sense.Time)))
            return false;
        if (first == 0)
            return true;
        ref var before = ref tokens[first - 1];
        return !before.Is(Sense.Version) && !(before.Is(Sense.Time) && IsHour(text)) && !reading.IsWord(first - 2, Sense.Version) && !ReferenceLabels.LabelBefore(reading, first).Senses.HasFlag(Sense.OtherNumber);
    }

    private static bool IsOffered(Reading reading, int first) =>
        (reading.SentenceOf(first) & Sense.Money) != Sense.None && !(reading.InSentence(first + 1, first) && reading.Tokens[first + 1].Kind == TokenKind.Word) && reading.IsWord(first - 1, Sense.Time | Sense.Money | Sense.To);

    internal static bool IsHour(ReadOnlySpan<char> text) =>
        text.Length <= 5 && text.IndexOf('.') is var point and > 0 && int.TryParse(text[..point], out var hour) && hour < 25 && text[point + 1] < '6';

    /// <summary>An amount without signs, separators of thousands and spaces, with a point before its decimals: 1299.00.</summary>
    internal static string Normalise(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyInRange('0', '9');
        var end = text.LastIndexOfAnyInRange('0', '9') + 1;
        if (start < 0)
            return text.ToString();
        var rest = text[end..].Trim();
        var number = text[start..end];
        var point = number.LastIndexOfAny(".,");
        var decimals = point < 0 ? 0 : number.Length - point - 1;
        var isDecimal = point >= 0 && (decimals is 1 or 2 || (decimals != 3 && number.IndexOfAny(".,") == point) || (decimals == 3 && point == 1 && number[0] == '0') || (number.Contains('.') && number.Contains(',') && number.Count(number[point]) == 1));
        var whole = Digits(isDecimal ? number[..point] : number);
        whole = whole.TrimStart('0') is { Length: > 0 } significant ? significant : "0";
        var scale = rest.StartsWith("k", StringComparison.OrdinalIgnoreCase) && !rest.StartsWith("kr", StringComparison.OrdinalIgnoreCase) ? 3 : rest is "m" or "M" ? 6 : rest is "bn" ? 9 : 0;
        var fraction = isDecimal ? Digits(number[(point + 1)..]) : "";
        if (scale > 0)
            return (whole + fraction.PadRight(scale, '0')[..scale]).TrimStart('0') is { Length: > 0 } scaled ? scaled : "0";
        return fraction.Length == 0 ? whole : $"{whole}.{(fraction.Length == 1 ? fraction + "0" : fraction)}";
    }

    private static string Digits(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[Math.Min(text.Length, 64)];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && length < digits.Length)
                digits[length++] = c;
        }

        return digits[..length].ToString();
    }
}
