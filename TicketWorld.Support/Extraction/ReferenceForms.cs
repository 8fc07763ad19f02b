namespace TicketWorld.Support.Extraction;

/// <summary>What ids look like: where one ends, whether a number is one, and what its first letters say.</summary>
internal static class ReferenceForms
{
    internal const int LongestId = 40;

    private const int MostGroups = 4;

    /// <summary>Letters or groups with strokes and hyphens, in capitals: the form of an id, whatever it identifies.</summary>
    internal static bool IsLetteredId(Reading reading, int first)
    {
        ref var token = ref reading.Tokens[first];
        var text = reading.Tokens.TextOf(first);
        return token.Kind == TokenKind.Code && token.Upper && token.Length is >= 5 and <= LongestId && !text.Contains(':') && !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && text.IndexOfAny("-/") > 0 && char.IsAsciiLetterUpper(text[0]) && !text.StartsWith("HTTP/", StringComparison.Ordinal)
            && !References.IsRaised(reading, first) && !PrefixField(reading.Rules, Prefix(text), text, out _);
    }

    /// <summary>Whether the number of a bank account begins: a country, two digits that check it, and groups of four.</summary>
    internal static bool IsIban(Reading reading, int first)
    {
        ref var token = ref reading.Tokens[first];
        var text = reading.Tokens.TextOf(first);
        if (token.Kind != TokenKind.Code || text.Length < 4 || !char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[1]) || !char.IsAsciiDigit(text[2]) || !char.IsAsciiDigit(text[3]))
            return false;
        return text.Length is >= 18 and <= 34
            || (text.Length == 4 && reading.InSentence(first + 2, first) && reading.Tokens[first + 1].Length == 4 && reading.Tokens[first + 1].Digit && reading.Tokens[first + 2].Length == 4 && reading.Tokens[first + 2].Digit);
    }

    /// <summary>Groups of digits and letters with hyphens between, which are no date, no telephone number and no span of years: 88-30417, 5f0-2217.</summary>
    internal static bool IsHyphenedId(Reading reading, int first)
    {
        ref var token = ref reading.Tokens[first];
        var text = reading.Tokens.TextOf(first);
        if (token.Kind is not (TokenKind.Number or TokenKind.Code) || token.Length is < 6 or > LongestId || text.IndexOfAny(".,:/_") >= 0 || !char.IsAsciiDigit(text[0]))
            return false;
        var hyphen = text.IndexOf('-');
        if (hyphen <= 0 || hyphen == text.Length - hyphen - 1)
            return false;
        var digits = 0;
        foreach (var c in text)
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        return digits >= 5 && !reading.IsWord(first + 1, Sense.Unit) && !(hyphen == 4 && text[0] is '1' or '2' && text.Length <= 10);
    }

    internal static bool EndsValue(Reading reading, int last)
    {
        var next = last + 1;
        if (!reading.InSentence(next, last) || reading.Tokens[next].Before >= Gap.Wide)
            return true;
        ref var token = ref reading.Tokens[next];
        return token.Kind == TokenKind.Symbol || token.Is(Sense.And | Sense.From | Sense.To | Sense.VersionBefore | Sense.Copula | Sense.DateBefore);
    }

    /// <summary>The last of the groups of digits that are one number: 0048 221 907.</summary>
    internal static int LastGroup(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        var last = first;
        var single = tokens[first].Length < 2;
        if (tokens[first].Kind is not (TokenKind.Number or TokenKind.Code) || tokens[first].Lower || (tokens[first].Kind == TokenKind.Number && tokens.TextOf(first).IndexOfAny(".,:") >= 0))
            return last;
        var stroke = first + 1;
        if (reading.IsSymbol(stroke, '/') && tokens[stroke].Before == Gap.Space && reading.InSentence(stroke + 1, first) && tokens[stroke + 1].Kind == TokenKind.Number && tokens[stroke + 1].Before == Gap.Space && tokens[stroke + 1].Length >= 3 && tokens[first].Length <= 6)
            return stroke + 1;
        if (tokens[first].Kind == TokenKind.Number && tokens.TextOf(first).Contains('/'))
            return last;
        while (last - first + 1 < MostGroups && last + 1 < tokens.Count)
        {
            ref var next = ref tokens[last + 1];
            if (next.Kind != TokenKind.Number || next.Before != Gap.Space || next.Sentence != tokens[first].Sentence || tokens.TextOf(last + 1).IndexOfAny(".,:/") >= 0 || (single && next.Length != 3))
                break;
            var following = last + 2;
            if (following < tokens.Count && tokens[following].Before <= Gap.Space && (tokens[following].Is(Sense.Unit) || tokens[following].Month > 0 || tokens[following].Currency > 0))
                break;
            if (next.Length < 2 && last == first)
                break;
            last++;
        }

        if (single && last < first + 2)
            return first;
        var letter = last + 1;
        return last > first && letter < tokens.Count && tokens[letter].Kind == TokenKind.Word && tokens[letter].Length == 1 && tokens[letter].Upper && tokens[letter].Before == Gap.Space && reading.InSentence(letter, first) ? letter : last;
    }

    /// <summary>The last of all groups of digits: of an IBAN or a card number, however long.</summary>
    internal static int LastDigits(Reading reading, int first, int last)
    {
        while (last + 1 < reading.Tokens.Count && reading.Tokens[last + 1].Kind == TokenKind.Number && reading.Tokens[last + 1].Before == Gap.Space && reading.InSentence(last + 1, first) && reading.Tokens.TextOf(last + 1).IndexOfAnyExceptInRange('0', '9') < 0)
            last++;
        return last;
    }

    internal static bool IsNumber(Reading reading, int first, int last, ReferenceLabels.Label label)
    {
        var tokens = reading.Tokens;
        ref var token = ref tokens[first];
        if (token.Length > LongestId)
            return false;
        var text = tokens.TextOf(first);
        if (text.Contains(':'))
            return false;
        var marked = label.Numbered || label.Colon || reading.IsSymbol(first - 1, '(');
        if (token.Kind == TokenKind.Code)
        {
            if (label.Senses == Sense.OtherNumber)
                return true;
            var digits = 0;
            foreach (var c in text)
                digits += char.IsAsciiDigit(c) ? 1 : 0;
            return token.Currency == 0 && (marked || label.Between <= 1 || text.Contains('-') || text.Contains('_')) && (digits >= 2 || text.Contains('-') || text.Contains('_') || text.Contains('/') || marked || (label.Senses & Sense.LoginName) != Sense.None)
                && !(char.IsAsciiDigit(text[0]) && digits <= 4 && text.Length - digits <= 2 && token.Lower && !marked);
        }

        var point = text.LastIndexOfAny(".,");
        if (point >= 0 && !text.Contains('-') && text.Length - point <= 3)
            return false;
        if (reading.IsWord(last + 1, Sense.Unit) && tokens[last + 1].Before <= Gap.Space && tokens[last + 1].Sentence == token.Sentence)
            return false;
        if (last + 1 < tokens.Count && (tokens[last + 1].Month > 0 || tokens[last + 1].Currency > 0 || tokens[last + 1].First is '€' or '%' or '£' or '$'))
            return false;
        if (first > 0 && tokens[first - 1].First is '€' or '£' or '$' && tokens[first - 1].Kind == TokenKind.Symbol)
            return false;
        var length = tokens[last].End - token.Start;
        if (length == 4 && !marked && text[0] is '1' or '2' && text[1] is '9' or '0')
            return false;
        var plain = text.IndexOf('-') < 0 && text.IndexOf('/') < 0 && last == first;
        if (marked || !plain)
            return length >= 2;
        if ((label.Senses & Sense.Transaction) != Sense.None && (label.Senses & Sense.Order) == Sense.None)
            return length >= 5;
        return length >= 5 || (length >= 3 && EndsValue(reading, last));
    }

    internal static bool SameForm(TokenList tokens, int known, int other)
    {
        ref var a = ref tokens[known];
        ref var b = ref tokens[other];
        if (a.Kind != b.Kind || !b.Digit || a.Kind is not (TokenKind.Number or TokenKind.Code) || Math.Abs(a.Length - b.Length) > 3)
            return false;
        if (a.Kind == TokenKind.Number)
            return b.Length >= 3 && tokens.TextOf(other).IndexOfAny(".,:") < 0;
        return Prefix(tokens.TextOf(known)).Equals(Prefix(tokens.TextOf(other)), StringComparison.OrdinalIgnoreCase) || (tokens.TextOf(known).Contains('-') && tokens.TextOf(other).Contains('-'));
    }

    internal static ReadOnlySpan<char> Prefix(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiLetter(text[length]))
            length++;
        return text[..length];
    }

    /// <summary>The field that the first letters of a code say; false if they say nothing.</summary>
    internal static bool PrefixField(ExtractionRules rules, ReadOnlySpan<char> prefix, ReadOnlySpan<char> text, out Field field)
    {
        field = Field.Nothing;
        if (!rules.Prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(prefix, out var name))
            return false;
        field = name switch
        {
            FieldNames.OrderId => Field.OrderId,
            FieldNames.TransactionId => Field.TransactionId,
            FieldNames.AccountId => Field.AccountId,
            FieldNames.ErrorCode => Field.ErrorCode,
            _ => Field.Nothing,
        };
        return text.Length > prefix.Length + 1;
    }

    internal static Field FieldOf(Sense senses) =>
        (senses & Sense.OtherNumber) != Sense.None && (senses & (Sense.Order | Sense.Account | Sense.Transaction)) == Sense.None ? Field.Nothing
        : (senses & Sense.Order) != Sense.None ? Field.OrderId
        : (senses & Sense.Transaction) != Sense.None ? Field.TransactionId
        : (senses & Sense.Account) != Sense.None ? Field.AccountId
        : Field.Nothing;
}
