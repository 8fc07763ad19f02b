namespace TicketWorld.Support.Extraction;

/// <summary>Versions, builds and firmware.</summary>
internal static class Versions
{
    private const int LongestVersion = 24;

    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            ref var token = ref tokens[i];
            if (token.Kind is not (TokenKind.Number or TokenKind.Code) || !token.Digit || token.Length > LongestVersion)
                continue;
            var score = Score(reading, i);
            reading.HasVersion |= score >= 80;
            if (score > 0)
                reading.Add(Field.ProductVersion, i, i, score, score >= 80 ? Evidence.Label : Evidence.Context);
        }
    }

    /// <summary>Whether a token has the form of a version with at least one full stop: 7.0.3, 2.4.1-rc1, 9.x.</summary>
    internal static bool IsDotted(ReadOnlySpan<char> text, out int parts)
    {
        parts = 0;
        if (text.Length > 1 && text[0] is 'v' or 'V')
            text = text[1..];
        var main = text.IndexOf('-') is var hyphen and > 0 ? text[..hyphen] : text;
        var length = 0;
        foreach (var c in main)
        {
            if (c == '.')
            {
                if (length == 0)
                    return false;
                parts++;
                length = 0;
            }
            else if (char.IsAsciiDigit(c) || (c is 'x' or 'X' && length == 0 && parts > 0) || (parts > 0 && length > 0 && char.IsAsciiLetterLower(c)))
            {
                length++;
            }
            else
            {
                return false;
            }
        }

        if (length == 0)
            return false;
        parts++;
        return parts is >= 2 and <= 4 && char.IsAsciiDigit(main[0]);
    }

    private static int Score(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(i);
        var dotted = IsDotted(text, out var parts);
        var marked = text.Length >= 2 && text[0] is 'v' or 'V' && char.IsAsciiDigit(text[1]) && (dotted || text[1..].IndexOfAnyExceptInRange('0', '9') < 0);
        var labelled = IsLabelled(reading, i);
        if (IsThirdParty(reading, i))
            return 0;
        if (labelled && (dotted || marked || (tokens[i].Kind == TokenKind.Number && text.IndexOfAny(":,/-") < 0 && text.Length <= 8) || IsBuild(text)) && !IsCounted(reading, i))
            return 94;
        if (marked)
            return reading.IsWord(i - 1, Sense.Interface) && !dotted || IsPolicy(reading, i) ? 0 : 87;
        if (!dotted || tokens[i].Kind == TokenKind.Code && text.IndexOfAnyInRange('A', 'Z') >= 0)
            return 0;
        if (parts == 4 && IsAddress(text))
            return 0;
        if (parts >= 3)
            return IsMoney(reading, i) ? 0 : 89;
        return TwoParts(reading, i, text);
    }

    private static int TwoParts(Reading reading, int i, ReadOnlySpan<char> text)
    {
        var tokens = reading.Tokens;
        if (IsCounted(reading, i) || IsMoney(reading, i) || text[0] == '0' || text.IndexOf('.') > 4)
            return 0;
        var before = reading.Before(i);
        if (before < 0)
            return 0;
        if (ProductWords.IsNameWord(reading, before) && tokens[i].Before <= Gap.Space && before >= i - 2)
            return 82;
        var decimals = text.Length - text.IndexOf('.') - 1;
        if (decimals == 1 && tokens[before].Is(Sense.Use))
            return 61;
        if (decimals <= 2 && tokens[before].Is(Sense.Program | Sense.Version | Sense.Update) && before == i - 1 && !tokens[before].Is(Sense.Money))
            return 80;
        var about = reading.HasVersion || (reading.Message & (Sense.Version | Sense.Update)) != Sense.None;
        if (!about || decimals > 2)
            return 0;
        if (decimals == 2 && !tokens[before].Is(Sense.Update | Sense.Version) && Amounts.IsHour(text) && (reading.SentenceOf(i) & (Sense.Update | Sense.Version)) == Sense.None)
            return 0;
        if (decimals == 2 && (reading.SentenceOf(i) & Sense.Time) != Sense.None && tokens[before].Is(Sense.Time))
            return 0;
        if ((reading.SentenceOf(i) & (Sense.Update | Sense.Version)) != Sense.None && tokens[before].Is(Sense.VersionBefore | Sense.Update | Sense.Possessive))
            return 74;
        return tokens[before].Is(Sense.VersionBefore | Sense.Use) && decimals <= 2 && !tokens[before].Is(Sense.Money) ? 60 : 0;
    }

    private static bool IsPolicy(Reading reading, int i) =>
        i > 0 && reading.Tokens.TextOf(i - 1) is var before && (before.Equals("policy", StringComparison.OrdinalIgnoreCase) || before.Equals("terms", StringComparison.OrdinalIgnoreCase));

    private static bool IsBuild(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
                return false;
        }

        return text.Length is >= 2 and <= 20 && text.IndexOfAnyInRange('0', '9') >= 0;
    }

    private static bool IsLabelled(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        var words = 0;
        for (var k = i - 1; k >= 0 && k >= i - 7 && words <= 3 && reading.InSentence(k, i); k--)
        {
            ref var token = ref tokens[k];
            if (token.Kind == TokenKind.Symbol)
            {
                if (!Reading.IsSkipped(token.First) && token.First != ',')
                    return false;
                if (token.First == ',' && words > 0)
                    return false;
                continue;
            }

            if (token.Kind != TokenKind.Word)
                return false;
            if (token.Is(Sense.Version))
                return !IsThirdParty(reading, k);
            if (!token.Is(Sense.NumberWord | Sense.Copula))
                return false;
            words++;
        }

        return false;
    }

    /// <summary>Whether the name before is another company's: Windows 11, iOS version 17.2.</summary>
    private static bool IsThirdParty(Reading reading, int i)
    {
        var tokens = reading.Tokens;
        for (var k = i - 1; k >= 0 && k >= i - 3 && reading.InSentence(k, i); k--)
        {
            if (tokens[k].Is(Sense.ThirdParty))
                return true;
            if (!tokens[k].Is(Sense.Version | Sense.NumberWord | Sense.Copula) && !tokens[k].IsSymbol('(') && !(tokens[k].Capital && tokens[k].Kind == TokenKind.Word))
                return false;
        }

        return false;
    }

    private static bool IsAddress(ReadOnlySpan<char> text)
    {
        var value = 0;
        foreach (var c in text)
        {
            value = c == '.' ? 0 : char.IsAsciiDigit(c) ? value * 10 + (c - '0') : 1000;
            if (value > 255)
                return false;
        }

        return true;
    }

    private static bool IsCounted(Reading reading, int i)
    {
        var next = i + 1;
        if (next >= reading.Tokens.Count || reading.Tokens[next].Before > Gap.Space)
            return false;
        ref var token = ref reading.Tokens[next];
        return token.IsSymbol('%') || token.Currency > 0 || (token.Is(Sense.Unit) && !token.Is(Sense.VersionBefore | Sense.Phone | Sense.Program | Sense.Update)) || token.First is '€' or '£';
    }

    private static bool IsMoney(Reading reading, int i) =>
        i > 0 && (reading.Tokens[i - 1].Currency > 0 || (reading.Tokens[i - 1].Kind == TokenKind.Symbol && reading.Tokens[i - 1].First is '$' or '€' or '£'));
}
