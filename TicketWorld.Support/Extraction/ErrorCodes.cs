namespace TicketWorld.Support.Extraction;

/// <summary>Codes that faults show.</summary>
internal static class ErrorCodes
{
    private const int LongestCode = 48;

    /// <summary>How far before a code an opening quote or bracket may stand.</summary>
    private const int QuoteReach = 9;

    private const Sense Told = Sense.Fault | Sense.ErrorLabel | Sense.Answer;

    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            ref var token = ref tokens[i];
            if (token.Length > LongestCode || token.Kind is TokenKind.Symbol or TokenKind.Email or TokenKind.Url)
                continue;
            var score = token.Kind == TokenKind.Number ? OfNumber(reading, i) : token.Upper || token.Digit ? OfCode(reading, i) : 0;
            if (score > 0)
                reading.Add(Field.ErrorCode, i, i, score, score >= 80 ? Evidence.Form : score >= 60 ? Evidence.Label : Evidence.Context);
        }
    }

    private static int OfNumber(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(i);
        if (text.Length > 10 || text is "0" || text.IndexOfAny(".,:/") >= 0)
            return 0;
        var next = i + 1;
        var follows = next < tokens.Count && tokens[next].Before <= Gap.Space && reading.InSentence(next, i);
        if (follows && ((tokens[next].Is(Sense.Unit) && !tokens[next].Is(Sense.Version | Sense.Answer | Sense.Interface)) || tokens[next].IsSymbol('%') || tokens[next].Currency > 0 || tokens[next].Month > 0 || tokens[next].First is '€' or '+'))
            return 0;
        if (i > 0 && tokens[i - 1].Kind == TokenKind.Symbol && tokens[i - 1].First is '$' or '€' or '£' or '+')
            return 0;
        if (IsSqlState(reading, i, text))
            return 94;
        if (text.Contains('-'))
            return IsLabelled(reading, i, false) ? 66 : 0;
        var before = reading.Before(i);
        var status = text.Length == 3 && text[0] is '4' or '5';
        if (status && before == i - 1 && before >= 0 && tokens[before].Kind == TokenKind.Code && tokens.TextOf(before).StartsWith("HTTP/", StringComparison.OrdinalIgnoreCase))
            return 76;
        if (status && IsHeading(reading, i) && (reading.Message & Sense.Interface) != Sense.None && !(follows && IsCounted(reading, next)))
            return 63;
        if (status && (reading.SentenceOf(i) & (Told | Sense.Interface)) != Sense.None && (reading.Message & (Sense.Fault | Sense.Interface | Sense.ErrorLabel)) != Sense.None)
        {
            var arrow = i > 0 && tokens[i - 1].Kind == TokenKind.Symbol && tokens[i - 1].First is '>' or '→' or '=';
            var answered = before >= 0 && IsAnswered(reading, before);
            var strong = before >= 0 && (tokens[before].Is(Sense.ErrorLabel | Sense.Interface) || tokens.TextOf(before).StartsWith("HTTP", StringComparison.OrdinalIgnoreCase));
            if (arrow || strong || (answered && (!follows || !IsCounted(reading, next))))
                return 76;
            if (follows && reading.IsWord(next, Sense.ErrorLabel) && tokens[next].Is(Sense.Fault))
                return 70;
        }

        if (status && (!follows || !IsCounted(reading, next)) && IsToldNear(reading, i) && (reading.Message & (Sense.Interface | Sense.ErrorLabel)) != Sense.None)
            return 68;
        if (before == i - 1 && before >= 0 && text.Length is >= 3 and <= 5 && tokens[before].Is(Sense.Answer) && tokens[before].Length >= 5 && (!follows || !IsCounted(reading, next)) && (reading.SentenceOf(i) & Sense.Fault) != Sense.None)
            return 61;
        if (status && IsAlone(reading, i) && (reading.Message & Sense.Interface) != Sense.None)
            return 64;
        if (IsLabelled(reading, i, true))
            return 72;
        return IsBracketed(reading, i) && text.Length is >= 2 and <= 5 && before >= 0 && tokens[before].Is(Sense.Fault) ? 62 : 0;
    }

    private static int OfCode(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        ref var token = ref tokens[i];
        var text = tokens.TextOf(i);
        if (reading.Rules.ErrorSymbols.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text))
            return 88;
        if (token.Kind == TokenKind.Word && token.Lower)
            return 0;
        if (text.StartsWith("HTTP/", StringComparison.OrdinalIgnoreCase))
            return 0;
        var hex = text.IndexOf("0x", StringComparison.OrdinalIgnoreCase);
        if (hex >= 0 && (IsHex(text[(hex + 2)..]) || !text.Contains('-')) && (hex == 0 || text[hex - 1] is '-' or '_') && text.Length >= hex + 4)
            return 92;
        if (reading.Rules.NotCodes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text) || token.Month > 0 || (!token.Digit && token.Is(Told) && text.IndexOfAny("-_") < 0))
            return 0;
        if (IsSqlState(reading, i, text))
            return 94;
        if (!token.Lower && !token.Digit && text.Count('_') > 1 && text.Length >= 10 && ReferenceLabels.LabelBefore(reading, i).Senses == Sense.None)
            return 83;
        if (!token.Lower && !token.Digit && text.Contains('_') && (reading.Message & (Sense.Fault | Sense.ErrorLabel)) != Sense.None && ReferenceLabels.LabelBefore(reading, i).Senses == Sense.None)
            return 83;
        var letters = ReferenceForms.Prefix(text);
        if (ReferenceForms.PrefixField(reading.Rules, letters, text, out var field))
        {
            // Whatever is said of an order, its number is not the code of a fault.
            if (field == Field.OrderId && letters.StartsWith("ORD", StringComparison.OrdinalIgnoreCase))
                return 0;
            if (field != Field.ErrorCode && !((reading.SentenceOf(i) & Sense.Fault) != Sense.None && ((reading.SentenceOf(i) & Sense.ErrorLabel) != Sense.None && text.Length <= 12 || IsLabelled(reading, i, false) || text.Count('_') > 1) || (text.Length <= 12 && (reading.Message & Sense.Fault) != Sense.None && reading.Before(i) is var raiser and >= 0 && (tokens[raiser].Is(Sense.Answer) && tokens[raiser].Length > 3 || (tokens[raiser].Is(Sense.Copula) && reading.IsSymbol(i - 1, '"'))))))
                return 0;
            var behind = text[letters.Length];
            if (field == Field.ErrorCode && letters.Length > 1 && (behind is '-' or '_' || token.Digit) && !(token.Lower && !token.Digit))
                return 91;
            if (letters is "E" && (char.IsAsciiDigit(behind) || behind is '-' or '_') && text.Length is >= 4 and <= 24 && !token.Lower && (text[1..].IndexOfAnyExceptInRange('0', '9') < 0 ? text.Length is >= 4 and <= 6 && !IsNamed(reading, i) : (reading.SentenceOf(i) & Told) != Sense.None))
                return 81;
        }

        if (token.Lower)
            return token.Digit && text.Contains('-') is false && IsLabelled(reading, i, true) && IsLowerHex(text) ? 60 : 0;
        if (text.Length == 2 && token.Digit && char.IsAsciiLetterUpper(text[0]) && i > 0 && tokens[i - 1].Is(Sense.ErrorLabel | Sense.Answer) && !tokens[i - 1].Is(Sense.Use) && (reading.SentenceOf(i) & (Sense.Fault | Sense.ErrorLabel)) != Sense.None)
            return 60;
        if (text.Length < 3 || (text.Contains('/') && !token.Digit) || text.Contains('.'))
            return 0;
        var joined = text.Contains('-') || text.Contains('_');
        var sentence = reading.SentenceOf(i);
        if ((sentence & Sense.Voucher) != Sense.None)
            return 0;
        if (IsLabelled(reading, i, false) && (token.Digit || joined || IsBracketedOrQuoted(reading, i)) && text.Length >= 3)
            return 74;
        if (!joined && !(token.Digit && text.Length >= 4))
            return 0;
        if (text.Contains('_') && text.Length >= 6 && !char.IsAsciiDigit(text[0]) && (reading.Message & (Sense.Fault | Sense.ErrorLabel)) != Sense.None && ReferenceLabels.LabelBefore(reading, i).Senses == Sense.None)
            return 57;
        if ((sentence & Told) == Sense.None && !((reading.Message & Sense.Fault) != Sense.None && text.Length <= 12 && !text.Contains('/') && IsBracketedOrQuoted(reading, i)))
            return 0;
        if (ReferenceLabels.LabelBefore(reading, i).Senses != Sense.None || IsNamed(reading, i))
            return 0;
        if (joined && token.Digit && text.Length <= 12 && char.IsAsciiLetterUpper(text[0]) && (sentence & Sense.Fault) != Sense.None && (reading.IsSymbol(i - 1, ',') || reading.IsSymbol(i - 1, ':') || reading.IsSymbol(i - 1, '/')))
            return 58;
        var before = reading.Before(i);
        var raised = before >= 0 && tokens[before].Is(Told | Sense.Copula);
        var quoted = IsBracketedOrQuoted(reading, i);
        if (!token.Digit)
            return (raised || quoted) && (text.Contains('_') || text.Count('-') >= 2 || quoted) ? 56 : 0;
        if (!joined)
            return (raised || quoted) && (sentence & (Sense.Fault | Sense.ErrorLabel)) != Sense.None ? 50 : 0;
        return raised || quoted ? 58 : 0;
    }

    /// <summary>Whether a capitalised name stands directly before, so that the code is a model: Stubb TP-80.</summary>
    private static bool IsNamed(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        if (i == 0 || tokens[i].Before > Gap.Space)
            return false;
        ref var before = ref tokens[i - 1];
        return before.Kind == TokenKind.Word && (before.Is(Sense.Model | Sense.Device) || (before.Capital && before.Lower && !before.Is(Sense.Common | Told)));
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return true;
    }

    private static bool IsLowerHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }

        return text.Length is >= 4 and <= 16;
    }

    private static bool IsSqlState(Reading reading, int i, ReadOnlySpan<char> text)
    {
        if (text.Length != 5)
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c))
                return false;
        }

        var before = reading.Before(i);
        return before >= 0 && reading.Tokens.TextOf(before).Equals("SQLSTATE", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a word that labels codes stands before, with no more than "no.", "is" and the like between.</summary>
    private static bool IsLabelled(Reading reading, int i, bool number)
    {
        var tokens = reading.Tokens;
        var words = 0;
        var code = false;
        for (var k = i - 1; k >= 0 && k >= i - 9 && words <= 4 && reading.InSentence(k, i); k--)
        {
            ref var token = ref tokens[k];
            if (token.Kind == TokenKind.Symbol)
            {
                if (!Reading.IsSkipped(token.First))
                    return false;
                continue;
            }

            if (token.Kind != TokenKind.Word)
                return false;
            var numberWord = token.Is(Sense.NumberWord);
            if (token.Is(Sense.ErrorLabel) && !(numberWord && words > 0 && token.Is(Sense.Reference)))
            {
                if (!numberWord && (!number || tokens[i].Length >= 3 || token.Is(Sense.Fault) || words > 0 || !token.Is(Sense.Answer)))
                    return true;
                code |= numberWord;
            }
            else if (!numberWord && !token.Is(Sense.Copula | Sense.Filler | Sense.Answer))
            {
                break;
            }

            words++;
        }

        if (!code || tokens[i].Length > 12 && tokens[i].Kind == TokenKind.Number)
            return false;
        var label = ReferenceLabels.LabelBefore(reading, i);
        if (label.Senses != Sense.None)
            return false;
        var senses = reading.SentenceOf(i);
        var fault = (senses & (Sense.Fault | Sense.Answer)) != Sense.None || (reading.Message & Sense.Fault) != Sense.None;
        return fault && (senses & Sense.Voucher) == Sense.None && !(number && tokens[i].Kind == TokenKind.Number && tokens[i].Length > 5);
    }

    /// <summary>Whether the word before, or the one before an article, says that a program answers.</summary>
    private static bool IsAnswered(Reading reading, int before)
    {
        var tokens = reading.Tokens;
        if (tokens[before].Is(Told))
            return true;
        if (!tokens[before].Is(Sense.Filler) && tokens[before].Length > 3)
            return false;
        var further = reading.Before(before);
        return further >= 0 && tokens[further].Is(Told);
    }

    /// <summary>Whether the next word is a thing that is counted: returns 500 parcels.</summary>
    private static bool IsCounted(Reading reading, int next)
    {
        ref var token = ref reading.Tokens[next];
        if ((reading.SentenceOf(next) & Sense.Interface) != Sense.None && reading.Tokens.TextOf(next)[^1] != 's')
            return false;
        return token.Kind == TokenKind.Word && !token.Is(Sense.VersionBefore | Sense.DateBefore | Sense.And | Sense.Common | Sense.Filler | Told | Sense.Interface | Sense.Copula);
    }

    /// <summary>Whether a program is said to answer a few words before: liefert nur noch 403, gives back 404.</summary>
    private static bool IsToldNear(Reading reading, int i)
    {
        for (var k = i - 1; k >= 0 && k >= i - 6 && reading.InSentence(k, i); k--)
        {
            if (reading.Tokens[k].Is(Sense.Answer | Sense.ErrorLabel | Sense.Interface) || reading.Tokens.TextOf(k).StartsWith("HTTP", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether a number begins the subject, or stands behind its colon: Angebote anlegen: 422 seit dem Wochenende.</summary>
    private static bool IsHeading(Reading reading, int i) => i == 0 || (i < QuoteReach && reading.IsSymbol(i - 1, ':') && reading.InSentence(0, i));

    private static bool IsAlone(Reading reading, int i) =>
        reading.Tokens[i].Before == Gap.Line && (i + 1 == reading.Tokens.Count || reading.Tokens[i + 1].Before == Gap.Line);

    private static bool IsBracketed(Reading reading, int i) => reading.IsSymbol(i - 1, '(') && reading.IsSymbol(i + 1, ')');

    private static bool IsBracketedOrQuoted(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        for (var k = i - 1; k >= 0 && k >= i - QuoteReach && reading.InSentence(k, i); k--)
        {
            if (tokens[k].Kind == TokenKind.Symbol && tokens[k].First is '"' or '(' or '«' or '»' or '›' or '‹' or '“' or '„' or '{' or '[' or '\'' or '`')
                return true;
            if (tokens[k].Kind == TokenKind.Symbol && tokens[k].First is ')' or '”')
                return false;
        }

        return false;
    }
}
