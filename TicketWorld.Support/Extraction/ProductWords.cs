namespace TicketWorld.Support.Extraction;

/// <summary>Which words can be part of a name, where it ends, and which only look like one.</summary>
internal static class ProductWords
{
    internal const int MostWords = 4;

    /// <summary>How many tokens are searched for another mention of a name.</summary>
    private const int MentionReach = 400;

    internal const Sense Kind = Sense.Device | Sense.Program | Sense.Goods | Sense.Plan;

    /// <summary>What a word may mean besides and still be part of a name.</summary>
    private const Sense Harmless = Sense.Tier | Sense.Attribute | Sense.Use | Sense.PlanChange | Sense.Money | Sense.To | Sense.From | Sense.Time | Sense.Filler | Sense.Unit | Sense.VersionBefore | Sense.And | Sense.DateBefore | Sense.Copula | Sense.Answer | Sense.Determiner | Sense.NameBefore | Sense.NameAfter | Sense.PlaceBefore | Sense.Screen;

    /// <summary>Whether a word can be part of a name: it has a capital, and is in no list of words that have one for other reasons.</summary>
    internal static bool IsNameWord(Reading reading, int i)
    {
        if ((uint)i >= (uint)reading.Tokens.Count)
            return false;
        ref var token = ref reading.Tokens[i];
        if (token.Kind is not (TokenKind.Word or TokenKind.Code) || token.Length < 2 || token.Length > 30 || token.Month > 0 || token.Currency > 0)
            return false;
        if (token.Mixed && !token.Digit)
            return !token.Is(Sense.ThirdParty | Sense.Common);
        if (token.Capital && token.Lower && token.Is(Sense.Tier) && (reading.IsWord(i + 1, Sense.Plan) || reading.IsWord(i - 1, Sense.Plan)) && !token.Is(Sense.ThirdParty))
            return true;
        if (!token.Capital || !token.Lower || token.Is(Sense.Common | Sense.ThirdParty | Sense.Person | Sense.Closing))
            return false;
        return (token.Senses & ~Harmless) == Sense.None || token.Is(Sense.Tier) || (token.Is(Kind) && token.Digit);
    }

    internal static bool Follows(Reading reading, int i) =>
        reading.InSentence(i, i - 1) && reading.Tokens[i].Before <= Gap.Space;

    /// <summary>The last word of the name that starts at a word.</summary>
    internal static int LastWord(Reading reading, int first)
    {
        var last = first;
        while (last - first + 1 < MostWords && Follows(reading, last + 1) && IsNameWord(reading, last + 1))
            last++;
        if (last - first + 2 <= MostWords && !reading.German && Follows(reading, last + 1) && IsInnerWord(reading, last + 1))
        {
            if (Follows(reading, last + 2) && (IsNameWord(reading, last + 2) || IsModelNumber(reading, last + 2)))
                return IsNameWord(reading, last + 2) ? last + 2 : last + 1;
            if (reading.IsSymbol(last + 2, ')') || reading.IsSymbol(last + 2, '"'))
                return last + 1;
        }

        return last;
    }

    /// <summary>Whether a common word has a capital because it is part of a name: Warmly One, Passa Já Mini.</summary>
    private static bool IsInnerWord(Reading reading, int i)
    {
        ref var token = ref reading.Tokens[i];
        return token.Kind == TokenKind.Word && token.Capital && token.Lower && token.Month == 0
            && !token.Is(Sense.ThirdParty | Sense.Person | Sense.Closing | Sense.Order | Sense.Account | Sense.Transaction | Sense.OtherNumber | Sense.Device | Sense.Goods);
    }

    internal static bool IsModelNumber(Reading reading, int i)
    {
        if (!Follows(reading, i))
            return false;
        ref var token = ref reading.Tokens[i];
        var text = reading.Tokens.TextOf(i);
        if (token.Kind == TokenKind.Number)
            return token.Length <= 4 && text.IndexOfAnyExceptInRange('0', '9') < 0 && !IsCounted(reading, i + 1);
        return token.Kind == TokenKind.Code && token.Digit && token.Capital && token.Length <= 8 && !token.Lower && text.IndexOfAny("._/:") < 0;
    }

    internal static bool IsCounted(Reading reading, int next) =>
        reading.InSentence(next, next - 1) && reading.Tokens[next].Before <= Gap.Space
        && (reading.Tokens[next].Is(Sense.Unit) || reading.Tokens[next].IsSymbol('%') || reading.Tokens[next].Currency > 0 || reading.Tokens[next].Month > 0 || reading.Tokens[next].First is '€' or '°');

    /// <summary>Whether a name at the start of a sentence, which has its capital anyway, or after a word that names of things follow.</summary>
    internal static bool IsOwned(Reading reading, int first)
    {
        ref var token = ref reading.Tokens[first];
        if (token.Mixed || token.Is(Sense.Tier))
            return true;
        if (reading.German)
            return false;
        return (first > 0 && reading.InSentence(first - 1, first) && reading.Tokens[first - 1].Kind != TokenKind.Symbol) || IsMentioned(reading, first);
    }

    /// <summary>Whether the word has its capital at another place too, where no sentence begins.</summary>
    private static bool IsMentioned(Reading reading, int word)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(word);
        var looked = Math.Min(tokens.Count, MentionReach);
        for (var i = 1; i < looked; i++)
        {
            if (i != word && tokens[i].Length == text.Length && tokens[i].Kind == TokenKind.Word && reading.InSentence(i - 1, i) && tokens.TextOf(i).SequenceEqual(text))
                return true;
        }

        return false;
    }

    /// <summary>Whether a kind with a capital goes on with another: Subscription Department.</summary>
    internal static bool IsTitle(Reading reading, int kind) =>
        reading.Tokens[kind].Capital && Follows(reading, kind + 1) && reading.Tokens[kind + 1].Kind == TokenKind.Word && reading.Tokens[kind + 1].Capital;

    /// <summary>McSweeney, MacDonald, O'Malley, DeVries and double names have a second capital too.</summary>
    internal static bool IsFamilyName(ReadOnlySpan<char> name) =>
        name.StartsWith("Mc", StringComparison.Ordinal) || name.StartsWith("Mac", StringComparison.Ordinal) || name.StartsWith("De", StringComparison.Ordinal) || name.IndexOfAny("'’-") >= 0;

    /// <summary>Names in programs and their logs: App.Core.Signer, OnSign(), WARN  FxClient.</summary>
    internal static bool IsIdentifier(Reading reading, int i)
    {
        var text = reading.Tokens.Text;
        var start = reading.Tokens[i].Start;
        var end = reading.Tokens[i].End;
        return (start > 0 && text[start - 1] is '.' or '/' or '_' or ':' or '<') || (end + 1 < text.Length && text[end] is '(' or '.' or ':' or '/' or '=' && !char.IsWhiteSpace(text[end + 1]))
            || reading.Tokens[i].Before > Gap.Space || (i > 0 && reading.Tokens[i - 1].Upper && !reading.Tokens[i - 1].Lower && reading.Tokens[i - 1].Length > 2) || text.AsSpan(start, end - start).EndsWith("Exception", StringComparison.Ordinal) || text.AsSpan(start, end - start).EndsWith("Error", StringComparison.Ordinal);
    }

    internal static bool IsAllAttributes(TokenList tokens, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (!tokens[i].Is(Sense.Attribute))
                return false;
        }

        return true;
    }

    internal static bool IsCompany(Reading reading, int first, int last) =>
        (first > 0 && reading.IsWord(first - 1, Sense.Time | Sense.Person)) || reading.IsWord(last + 1, Sense.Person);
}
