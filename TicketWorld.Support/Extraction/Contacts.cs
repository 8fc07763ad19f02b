using System.Buffers;

namespace TicketWorld.Support.Extraction;

/// <summary>E-mail addresses, web addresses and telephone numbers.</summary>
internal static class Contacts
{
    private const int FewestDigits = 7;
    private const int MostDigits = 15;
    private const int MostGroups = 8;

    /// <summary>How far before a number a word may stand that says it is a telephone number.</summary>
    private const int LabelReach = 12;

    private static readonly SearchValues<char> Separators = SearchValues.Create(" -./()");

    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            switch (tokens[i].Kind)
            {
                case TokenKind.Email:
                    reading.Add(Field.AccountEmail, i, i, 100, Evidence.Form);
                    break;
                case TokenKind.Url:
                    reading.Add(Field.Url, i, i, 99, Evidence.Form);
                    break;
                case TokenKind.Symbol when tokens[i].First is '+' or '(':
                case TokenKind.Number or TokenKind.Code when tokens[i].Digit:
                    i = Math.Max(i, Phone(reading, i));
                    break;
            }
        }
    }

    /// <summary>Reads a telephone number that starts at a token; gives its last token, or the start if there is none.</summary>
    private static int Phone(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        var plus = tokens[first].IsSymbol('+');
        var i = plus ? first + 1 : first;
        if (plus && !reading.Touches(i))
            return first;
        if (!plus && tokens[first].Kind == TokenKind.Number && tokens[first].Length == 1 && !(first + 1 < tokens.Count && tokens[first + 1].Length >= 3))
            return first;
        var digits = 0;
        var groups = 0;
        var last = -1;
        var vanity = false;
        var bracket = -1;
        var closed = -1;
        for (; i < tokens.Count && groups < MostGroups; i++)
        {
            ref var token = ref tokens[i];
            if (i > first && token.Before > Gap.Space)
                break;
            if (token.IsSymbol('+') && bracket == first && i == first + 1)
            {
                plus = true;
                continue;
            }

            if (token.IsSymbol('('))
            {
                if (bracket >= 0 || (i > first && last < 0 && !plus))
                    break;
                bracket = i;
                continue;
            }

            if (token.IsSymbol(')'))
            {
                if (bracket < 0 || last < bracket)
                    break;
                bracket = -1;
                closed = i;
                continue;
            }

            if (token.Kind == TokenKind.Symbol && token.First is '-' or '–' or '/' or '.' && last >= 0 && i + 1 < tokens.Count && tokens[i + 1].Kind == TokenKind.Number && tokens[i + 1].Before <= Gap.Space && (token.First is not '.' || reading.Touches(i + 1)))
                continue;
            var text = tokens.TextOf(i);
            if (token.Kind == TokenKind.Number && IsGroup(text))
            {
                if (groups > 0 && (IsTime(text) || tokens[i].Before == Gap.Space && IsFullDate(text)))
                    break;
                var more = Count(text);
                if (digits + more > MostDigits)
                    break;
                digits += more;
            }
            else if (!vanity && !token.Lower && ((token.Kind == TokenKind.Code && IsVanity(text) && (plus || digits > 0 || text[0] is '0' or '1' or '8')) || (token.Kind == TokenKind.Word && plus && digits > 0 && text.Length is >= 6 and <= 9 && text.Contains('-'))))
            {
                vanity = true;
                digits += text.Length - text.Count('-');
            }
            else
            {
                break;
            }

            groups++;
            last = i;
        }

        if (last < 0 || digits < FewestDigits)
            return first;
        var start = tokens[first].IsSymbol('(') && closed > last ? tokens[first + 1].Start : tokens[first].Start;
        var end = tokens[last].End;
        if (first > 0 && !plus && tokens[first].Before == Gap.Space && IsNumberBefore(reading, first))
            return last;
        if (bracket > 0 && bracket <= last)
            return first;
        if (bracket == first && last > first)
            return first;
        var score = Score(reading, first, last, plus, vanity, digits, groups);
        if (score == 0)
            return first;
        reading.AddRange(Field.PhoneNumber, start, end, score, score >= 90 ? Evidence.Form : Evidence.Label);
        return last;
    }

    /// <summary>Whether a stroke, dot or dash sets a number off in a signature.</summary>
    private static bool IsSetOff(TokenList tokens, int i) =>
        (uint)i < (uint)tokens.Count && tokens[i].Kind == TokenKind.Symbol && tokens[i].First is '|' or '·' or '•' or '–' or '—';

    /// <summary>Zero and four or five pairs: 04 75 00 61 22, 04.66.55.01.90.</summary>
    internal static bool IsPairs(ReadOnlySpan<char> text)
    {
        if (text.Length != 14 || text[0] != '0' || text[2] is not (' ' or '.' or '-' or '\u00a0'))
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] != text[2] : !char.IsAsciiDigit(text[i]))
                return false;
        }

        return true;
    }

    /// <summary>Whether the groups go on a number that began before, as those of an IBAN or a tax number do.</summary>
    private static bool IsNumberBefore(Reading reading, int first)
    {
        ref var before = ref reading.Tokens[first - 1];
        if (before.Sentence != reading.Tokens[first].Sentence)
            return false;
        return before.Kind is TokenKind.Number && before.Length <= 4 && before.Digit || before.Kind == TokenKind.Word && before.Upper && !before.Lower && before.Length == 2 && (before.Senses & ~Sense.Unit) == Sense.None;
    }

    private static int Score(Reading reading, int first, int last, bool plus, bool vanity, int digits, int groups)
    {
        var tokens = reading.Tokens;
        if (plus)
            return digits <= MostDigits || vanity ? 97 : 0;
        if (vanity)
            return 92;
        var text = tokens.Text.AsSpan(tokens[first].Start, tokens[last].End - tokens[first].Start);
        if (text.Contains(',') || IsFullDate(text) || (IsDotted(text) && !IsPairs(text)))
            return 0;
        var label = ReferenceLabels.LabelBefore(reading, first);
        if ((label.Senses & (Sense.Order | Sense.Account | Sense.Transaction | Sense.OtherNumber)) != Sense.None && (label.Senses & Sense.Phone) == Sense.None && (label.Numbered || label.Colon || label.Between > 0 || !IsPairs(text)))
            return 0;
        var separated = groups > 1 || text.IndexOfAny(Separators) >= 0;
        var called = IsCalled(reading, first);
        if (text[0] == '(' && digits >= 9)
            return 91;
        if (IsPairs(text))
            return 97;
        if (IsNorthAmerican(text))
            return called ? 95 : 90;
        if (text[0] == '0' && text.Length > 1 && separated && digits is >= 9 and <= 13)
            return called ? 95 : 85;
        if (separated && digits is >= 9 and <= 13 && groups > 1 && (tokens[first].Before == Gap.Line || IsSetOff(tokens, first - 1)) && (last + 1 == tokens.Count || tokens[last + 1].Before == Gap.Line || IsSetOff(tokens, last + 1)))
            return 84;
        return called && (separated || digits >= 9) ? 88 : 0;
    }

    /// <summary>Whether a word before the number, in its sentence, says that it is one to call.</summary>
    private static bool IsCalled(Reading reading, int first)
    {
        for (var i = first - 1; i >= 0 && i >= first - LabelReach && reading.InSentence(i, first); i--)
        {
            if (reading.Tokens[i].Is(Sense.Phone) && !(reading.Tokens[i].Is(Sense.NumberWord) && (reading.SentenceOf(first) & (Sense.Order | Sense.Account | Sense.Transaction | Sense.OtherNumber)) != Sense.None))
                return true;
        }

        return false;
    }

    private static bool IsGroup(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && c is not ('-' or '.' or '/'))
                return false;
        }

        return true;
    }

    private static bool IsTime(ReadOnlySpan<char> text) => text.Length is 4 or 5 && text[^3] is '.' or ':' && Count(text) == text.Length - 1;

    private static bool IsVanity(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterUpper(c))
                letters++;
            else if (!char.IsAsciiDigit(c) && c != '-')
                return false;
        }

        return letters >= 4 && text.Length >= 7 && text.Contains('-') && char.IsAsciiDigit(text[0]) && text.IndexOf('-') <= 3;
    }

    private static int Count(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
                digits++;
        }

        return digits;
    }

    /// <summary>Three, three and four digits, or one before: 555-987-6543, (503) 555-0164, 1 800 555 0199.</summary>
    private static bool IsNorthAmerican(ReadOnlySpan<char> text)
    {
        Span<int> groups = stackalloc int[5];
        var count = 0;
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                length++;
                continue;
            }

            if (length > 0)
            {
                if (count == 4)
                    return false;
                groups[count++] = length;
            }

            length = 0;
        }

        if (length > 0)
            groups[count++] = length;
        return (count == 3 && groups is [3, 3, 4, ..]) || (count == 4 && groups is [1, 3, 3, 4, ..] && text.TrimStart('(')[0] == '1');
    }

    private static bool IsFullDate(ReadOnlySpan<char> text)
    {
        var separators = 0;
        var separator = '\0';
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
                continue;
            if (c is not ('-' or '.' or '/') || (separators > 0 && c != separator))
                return false;
            separator = c;
            separators++;
        }

        return separators == 2 && text.Length <= 10 && (text.IndexOf(separator) <= 2 ? text.Length - text.LastIndexOf(separator) is 3 or 5 && text.LastIndexOf(separator) <= 5 : text.IndexOf(separator) == 4 && text.Length >= 8 && text.Length - text.LastIndexOf(separator) <= 3);
    }

    /// <summary>Four numbers with full stops: an IP address or a version.</summary>
    private static bool IsDotted(ReadOnlySpan<char> text) => text.Count('.') == 3 && text.IndexOfAny(" -/()") < 0 && text.IndexOf('.') <= 3 && text[0] != '0';
}
