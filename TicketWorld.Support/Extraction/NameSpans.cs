namespace TicketWorld.Support.Extraction;

/// <summary>
/// Which stretches of text may be names of products: words with a capital, numbers of models behind them, and a word such as plan before or behind.
/// Every part of such a stretch is one too, so that it is weighed where a name begins and ends.
/// </summary>
internal static class NameSpans
{
    /// <summary>Stretches beyond these are not weighed, so that time grows with the length of the text only.</summary>
    internal const int Most = 500;

    private const int MostWords = 5;
    private const int LongestWord = 30;
    private const int LongestShouted = 4;
    private const int LongestCode = 8;
    private const int LongestNumber = 4;

    /// <summary>Words that no name begins with.</summary>
    private const Sense Never = Sense.ThirdParty | Sense.Closing | Sense.Copula;

    public static void Find(Reading reading, List<NameSpan> spans)
    {
        var tokens = reading.Tokens;
        for (var first = 0; first < tokens.Count && spans.Count < Most; first++)
        {
            var lower = IsPlanWord(reading, first) && IsPart(reading, first + 1);
            if (!lower && !IsFirst(reading, first))
                continue;
            for (var last = first; last < first + MostWords; last++)
            {
                if (last > first && !IsLater(reading, last))
                    break;
                if (lower && last == first)
                    continue;
                if (last == first && tokens[first].Kind == TokenKind.Word && !tokens[first].Mixed && (first == 0 || !reading.InSentence(first - 1, first)) && reading.KindOf(first) == WordKind.Ordinary)
                    continue;
                if (tokens[last].Kind == TokenKind.Symbol || (last == first && tokens[first].Is(Sense.Common)))
                    continue;
                spans.Add(Span(reading, first, last));
                if (last > first && IsPlanWord(reading, last))
                    break;
            }
        }
    }

    /// <summary>Whether a word in small letters says that a plan is named beside it: plan, tarif, assinatura.</summary>
    internal static bool IsPlanWord(Reading reading, int i)
    {
        if ((uint)i >= (uint)reading.Tokens.Count)
            return false;
        ref var token = ref reading.Tokens[i];
        return token.Kind == TokenKind.Word && !token.Capital && token.Is(Sense.Plan) && token.Length > 3;
    }

    private static NameSpan Span(Reading reading, int first, int last)
    {
        var text = reading.Tokens.Text;
        var start = reading.Tokens[first].Start;
        var end = reading.Tokens[last].End;
        if (end - start > 4 && text[end - 1] == 's' && text[end - 2] is '\'' or '’')
            end -= 2;
        else if (end < text.Length && text[end] == '+' && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1])))
            end++;
        return new(first, last, start, end);
    }

    private static bool IsFirst(Reading reading, int i)
    {
        if (!IsPart(reading, i))
            return false;
        ref var token = ref reading.Tokens[i];
        if (token.Kind == TokenKind.Code)
            return token.Length >= 3 && (token.Lower || token.Length <= 5);
        if (token.Length < 2 || token.Is(Never) || (token.Is(Sense.Person) && !token.Mixed))
            return false;
        return !token.Is(Sense.Common) || (!reading.German && i > 0 && reading.InSentence(i - 1, i) && IsPart(reading, i + 1) && reading.InSentence(i + 1, i));
    }

    private static bool IsLater(Reading reading, int i)
    {
        if (!reading.InSentence(i, i - 1))
            return false;
        ref var token = ref reading.Tokens[i];
        if (token.Before == Gap.None && token.IsSymbol('+'))
            return true;
        if (token.Before != Gap.Space)
            return false;
        if (token.IsSymbol('&'))
            return IsPart(reading, i + 1);
        if (token.Kind == TokenKind.Number)
            return token.Length <= LongestNumber && reading.Tokens.TextOf(i).IndexOfAnyExceptInRange('0', '9') < 0 && !reading.Tokens[i - 1].Digit && !ProductWords.IsCounted(reading, i + 1);
        return IsPart(reading, i) || IsPlanWord(reading, i) || IsModel(reading, i);
    }

    /// <summary>A short number with a capital behind it: Traço 3D, Cofre Mini 2T.</summary>
    private static bool IsModel(Reading reading, int i)
    {
        ref var token = ref reading.Tokens[i];
        var text = reading.Tokens.TextOf(i);
        return token.Kind == TokenKind.Code && token.Upper && !token.Lower && token.Length <= LongestShouted && char.IsAsciiDigit(text[0]) && char.IsAsciiLetterUpper(text[^1]);
    }

    private static bool IsPart(Reading reading, int i)
    {
        if ((uint)i >= (uint)reading.Tokens.Count)
            return false;
        ref var token = ref reading.Tokens[i];
        if (!(token.Capital || token.Mixed) || token.Length > LongestWord || token.Currency > 0 || token.Is(Sense.ThirdParty))
            return false;
        if (token.Kind == TokenKind.Word)
            return token.Month == 0 && (token.Lower || token.Length <= LongestShouted);
        return token.Kind == TokenKind.Code && token.Digit && token.Length <= (token.Lower ? LongestWord : LongestCode) && reading.Tokens.TextOf(i).IndexOfAny("./_:") < 0;
    }
}
