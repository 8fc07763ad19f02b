namespace TicketWorld.Support.Extraction;

/// <summary>Ids of orders, accounts and transactions: a word beside a number says what it is, else its first letters do.</summary>
internal static class References
{
    private const Sense Labels = Sense.Order | Sense.Account | Sense.Transaction | Sense.OtherNumber;

    /// <summary>How many words may stand between a label and its number.</summary>
    private const int MostBetween = 5;

    /// <summary>How far back a word may stand that says what a bare "reference" refers to.</summary>
    private const int ReferenceReach = 60;

    /// <summary>How far back a label may stand from a value that has the form of an id.</summary>
    private const int NearestReach = 9;

    private const int LongestId = 40;
    private const int MostGroups = 4;

    /// <summary>A label before a number.</summary>
    /// <param name="Senses">Those of the word, none if there is no label.</param>
    /// <param name="Token">Its place.</param>
    /// <param name="Numbered">Whether "no.", "id", "#" or a colon stands between.</param>
    /// <param name="Between">How many words stand between.</param>
    internal readonly record struct Label(Sense Senses, int Token, bool Numbered, bool Colon, bool Copula, bool Reference, int Between);

    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is TokenKind.Word or TokenKind.Number or TokenKind.Code)
                i = Math.Max(i, At(reading, i));
        }
    }

    internal static Label LabelBefore(Reading reading, int token)
    {
        var tokens = reading.Tokens;
        var numbered = false;
        var colon = false;
        var copula = false;
        var reference = false;
        var between = 0;
        var phone = false;
        for (var i = token - 1; i >= 0 && i >= token - 12 && between <= MostBetween && reading.InSentence(i, token); i--)
        {
            ref var before = ref tokens[i];
            if (before.Kind == TokenKind.Symbol)
            {
                if (!Reading.IsSkipped(before.First))
                    break;
                numbered |= before.First is '#' or '°';
                colon |= before.First is ':' or '=';
                continue;
            }

            if (before.Kind != TokenKind.Word && (before.Kind != TokenKind.Code || before.Digit))
                break;
            if (before.Is(Labels))
                return new(before.Senses, i, numbered, colon, copula, reference, between);
            if (!before.Is(Sense.NumberWord | Sense.Reference | Sense.Copula | Sense.Filler))
            {
                reference &= !before.Is(Sense.Device | Sense.Program | Sense.Interface);
                numbered &= !before.Is(Sense.Device | Sense.Program | Sense.Interface);
                break;
            }

            numbered |= before.Is(Sense.NumberWord);
            phone |= before.Is(Sense.Phone);
            reference |= before.Is(Sense.Reference);
            copula |= before.Is(Sense.Copula);
            between++;
        }

        return new(Sense.None, -1, numbered && !phone, colon, copula, reference, between);
    }

    private static int At(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        ref var token = ref tokens[first];
        if (!token.Digit)
            return Worded(reading, first);

        var last = LastGroup(reading, first);
        var label = LabelBefore(reading, first);
        if (label.Senses == Sense.None && label.Reference)
            label = label with { Senses = Referred(reading, first), Numbered = true };
        if (label.Senses == Sense.None && label.Numbered && (reading.SentenceOf(first) & (Sense.Fault | Sense.ErrorLabel)) == Sense.None)
            label = label with { Senses = Named(reading, first) };
        if (label.Senses == Sense.None)
            label = After(reading, last, label);
        if (Contacts.IsPairs(tokens.Text.AsSpan(tokens[first].Start, Math.Min(14, tokens.Text.Length - tokens[first].Start))) && !label.Numbered && !label.Colon)
            return first;
        if (label.Senses == Sense.None && (tokens[first].Kind == TokenKind.Code || label.Numbered) && IsOwnNumber(reading, first))
            label = label with { Senses = Sense.Account };
        if (label.Senses == Sense.None && (IsIdForm(reading, first) || (label.Colon && tokens[first].Kind == TokenKind.Code && !tokens[first].Lower && tokens[first].Length is >= 5 and <= 12 && !IsRaised(reading, first))))
            label = label with { Senses = Nearest(reading, first), Numbered = true };
        if ((label.Senses & Sense.OtherNumber) != Sense.None && (label.Senses & Sense.Phone) != Sense.None)
            return first;
        if (label.Senses != Sense.None && IsNumber(reading, first, last, label))
        {
            var field = FieldOf(label.Senses);
            if (field == Field.Nothing)
                last = LastDigits(reading, first, last);
            return Series(reading, first, last, field, field == Field.Nothing ? 96 : 90, Evidence.Label);
        }

        return Unlabelled(reading, first, last);
    }

    /// <summary>Whether a number that stands for itself is that of the writer: my number is, our number with you.</summary>
    private static bool IsOwnNumber(Reading reading, int token)
    {
        var numbered = false;
        for (var i = token - 1; i >= 0 && i >= token - 7 && reading.InSentence(i, token); i--)
        {
            numbered |= reading.Tokens[i].Is(Sense.NumberWord);
            if (numbered && reading.Tokens[i].Is(Sense.Possessive))
                return (reading.SentenceOf(token) & (Sense.Fault | Sense.ErrorLabel)) == Sense.None;
        }

        return false;
    }

    /// <summary>Letters or groups with strokes and hyphens, in capitals: the form of an id, whatever it identifies.</summary>
    private static bool IsIdForm(Reading reading, int first)
    {
        ref var token = ref reading.Tokens[first];
        var text = reading.Tokens.TextOf(first);
        return token.Kind == TokenKind.Code && token.Upper && token.Length is >= 5 and <= LongestId && !text.Contains(':') && !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && text.IndexOfAny("-/_") > 0 && char.IsAsciiLetterUpper(text[0]) && !text.StartsWith("HTTP/", StringComparison.Ordinal)
            && !IsRaised(reading, first) && !PrefixField(reading.Rules, Prefix(text), text, out _);
    }

    /// <summary>Whether the sentence is about an error code, or a program is said to show the value.</summary>
    private static bool IsRaised(Reading reading, int first)
    {
        var sentence = reading.SentenceOf(first);
        if ((sentence & Sense.Fault) != Sense.None && ((sentence & Sense.ErrorLabel) != Sense.None && !reading.IsSymbol(first - 1, '(') || reading.Tokens.TextOf(first).Count('_') > 1))
            return true;
        var before = reading.Before(first);
        return before >= 0 && (reading.Message & (Sense.Fault | Sense.ErrorLabel)) != Sense.None && (reading.Tokens[before].Is(Sense.Answer) && reading.Tokens[before].Length > 3 || (reading.Tokens[before].Is(Sense.Copula) && reading.IsSymbol(first - 1, '"')));
    }

    /// <summary>The nearest label before, past words that say nothing and past dates: die Rechnung vom 14.10.2026 (RG-5583).</summary>
    private static Sense Nearest(Reading reading, int token)
    {
        for (var i = token - 1; i >= 0 && i >= token - NearestReach && reading.InSentence(i, token); i--)
        {
            ref var before = ref reading.Tokens[i];
            if (before.Kind == TokenKind.Code && before.Digit || before.Is(Sense.Fault) || before.IsSymbol(';'))
                return Sense.None;
            if (before.Kind == TokenKind.Word && before.Is(Labels))
                return before.Senses & Labels;
        }

        return Sense.None;
    }

    private static int Unlabelled(Reading reading, int first, int last)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(first);
        if (tokens[first].Kind == TokenKind.Code && Prefix(text) is { Length: > 0 } prefix && PrefixField(reading.Rules, prefix, text, out var field))
        {
            if (field == Field.ErrorCode)
                return first;
            return Series(reading, first, first, field, IsRaised(reading, first) ? 57 : 82, Evidence.Form);
        }

        var hash = reading.IsSymbol(first - 1, '#') && reading.Touches(first);
        if (hash && tokens[first].Kind == TokenKind.Number && last == first && tokens[first].Length >= 5 && (reading.SentenceOf(first) & (Sense.OtherNumber | Sense.Account | Sense.Transaction)) == Sense.None)
            reading.Add(Field.OrderId, first, first, 70, Evidence.Context);
        return first;
    }

    /// <summary>A value without digits, or with letters apart from its digits: WS 7704, thumbs_mcgraw.</summary>
    private static int Worded(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        ref var token = ref tokens[first];
        if (token.Kind == TokenKind.Word && token.Upper && !token.Lower && token.Length is >= 2 and <= 4 && (token.Senses & ~(Sense.And | Sense.VersionBefore | Sense.Filler | Sense.Common | Sense.Unit | Sense.Determiner | Sense.PlaceBefore | Sense.NameBefore | Sense.OtherNumber | Sense.Program | Sense.Person)) == Sense.None && token.Currency == 0 && token.Month == 0
            && first + 1 < tokens.Count && tokens[first + 1].Digit && tokens[first + 1].Before == Gap.Space && tokens[first + 1].Kind is TokenKind.Number or TokenKind.Code)
        {
            var spaced = LabelBefore(reading, first);
            if (spaced.Senses == Sense.None && spaced.Reference)
                spaced = spaced with { Senses = Referred(reading, first) };
            if (spaced.Senses == Sense.None && IsOwnNumber(reading, first))
                spaced = spaced with { Senses = Sense.Account };
            if (spaced.Senses == Sense.None && (reading.IsSymbol(first - 1, '(') || reading.IsSymbol(first - 1, ',')))
                spaced = spaced with { Senses = Nearest(reading, first), Numbered = true };
            if ((spaced.Senses & Labels) != Sense.None && (tokens[first + 1].Length >= 3 || LastGroup(reading, first + 1) > first + 1) && (!token.Is(Sense.Unit) || spaced.Numbered || spaced.Between == 0))
                return Series(reading, first, LastGroup(reading, first + 1), FieldOf(spaced.Senses), 91, Evidence.Label);
        }

        if (token.Kind == TokenKind.Word && !token.Lower && token.Length is >= 5 and <= 8 && token.Senses == Sense.None && tokens.TextOf(first).IndexOfAnyExceptInRange('A', 'Z') < 0 && LabelBefore(reading, first) is var lettered
            && lettered.Between <= 3 && (lettered.Numbered || lettered.Colon || lettered.Reference) && (lettered.Senses & Sense.Order) != Sense.None && tokens[lettered.Token].Lower)
        {
            reading.Add(Field.OrderId, first, first, 88, Evidence.Label);
            return first;
        }

        if (token.Length > LongestId || (token.Length < 3 && !reading.IsSymbol(first + 1, '.')))
            return first;
        var label = LabelBefore(reading, first);
        if ((label.Senses & (Sense.LoginName | Sense.Account)) == Sense.None || FieldOf(label.Senses) != Field.AccountId)
            return first;
        var text = tokens.TextOf(first);
        if (label.Between <= 3 && !token.Upper && (token.Length == 1 || !token.Is(Sense.Filler | Sense.Common)) && LastDotted(reading, first) is var dotted && dotted > first)
        {
            reading.Add(Field.AccountId, first, dotted, 88, Evidence.Label);
            return dotted;
        }

        var ends = EndsValue(reading, first);
        var underscore = text.Contains('_');
        if (underscore && label.Between <= 3)
        {
            reading.Add(Field.AccountId, first, first, 88, Evidence.Label);
            return first;
        }

        var joined = text.Contains('-') || text.Contains('.');
        if ((label.Senses & Sense.LoginName) == Sense.None || (joined ? reading.Rules.Words.Find(text).Senses : token.Senses) != Sense.None)
            return first;
        var named = label.Numbered || tokens[label.Token].Length >= 8;
        if (joined && !token.Upper && label.Between <= 2 && (ends || label.Colon || label.Copula || label.Numbered))
            reading.Add(Field.AccountId, first, first, 84, Evidence.Label);
        else if (ends && (label.Colon || (label.Copula && named)) && label.Between <= 2 && (token.Lower != token.Upper || token.Mixed) && !IsMail(reading, first))
            reading.Add(Field.AccountId, first, first, 75, Evidence.Context);
        return first;
    }

    /// <summary>The last part of a name with full stops inside: s.delorme.corvin.</summary>
    private static int LastDotted(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        var last = first;
        while (reading.IsSymbol(last + 1, '.') && reading.Touches(last + 1) && reading.Touches(last + 2) && tokens[last + 2].Kind is TokenKind.Word or TokenKind.Code && !tokens[last + 2].Capital)
            last += 2;
        return last;
    }

    private static bool IsMail(Reading reading, int token) => reading.IsSymbol(token + 1, '@');

    private static bool EndsValue(Reading reading, int last)
    {
        var next = last + 1;
        if (!reading.InSentence(next, last) || reading.Tokens[next].Before >= Gap.Wide)
            return true;
        ref var token = ref reading.Tokens[next];
        return token.Kind == TokenKind.Symbol || token.Is(Sense.And | Sense.From | Sense.To | Sense.VersionBefore | Sense.Copula | Sense.DateBefore);
    }

    /// <summary>The last of the groups of digits that are one number: 0048 221 907.</summary>
    private static int LastGroup(Reading reading, int first)
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

        return single && last < first + 2 ? first : last;
    }

    /// <summary>The last of all groups of digits: of an IBAN or a card number, however long.</summary>
    private static int LastDigits(Reading reading, int first, int last)
    {
        while (last + 1 < reading.Tokens.Count && reading.Tokens[last + 1].Kind == TokenKind.Number && reading.Tokens[last + 1].Before == Gap.Space && reading.InSentence(last + 1, first) && reading.Tokens.TextOf(last + 1).IndexOfAnyExceptInRange('0', '9') < 0)
            last++;
        return last;
    }

    private static bool IsNumber(Reading reading, int first, int last, Label label)
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
            return token.Currency == 0 && (marked || label.Between <= 1 || text.Contains('-') || text.Contains('_')) && (digits >= 2 || text.Contains('-') || text.Contains('_') || marked)
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

    /// <summary>What "ref" and "id" refer to: the nearest order or transaction before.</summary>
    private static Sense Referred(Reading reading, int token)
    {
        var tokens = reading.Tokens;
        for (var i = token - 1; i >= 0 && i >= token - ReferenceReach; i--)
        {
            var senses = tokens[i].Senses & (Sense.Order | Sense.Transaction);
            if (senses != Sense.None)
                return senses;
        }

        var after = reading.SentenceOf(token) & (Sense.Order | Sense.Transaction);
        if (after == Sense.None && tokens[token].Kind == TokenKind.Code && (reading.Message & Sense.Money) != Sense.None)
            return Sense.Transaction;
        return (after & Sense.Transaction) != Sense.None ? Sense.Transaction : after;
    }

    /// <summary>What a bare "no." counts: the nearest label before, in the sentence.</summary>
    private static Sense Named(Reading reading, int token)
    {
        var tokens = reading.Tokens;
        for (var i = token - 1; i >= 0 && i >= token - ReferenceReach && reading.InSentence(i, token); i--)
        {
            if (tokens[i].Kind == TokenKind.Word && tokens[i].Is(Labels))
                return tokens[i].Senses;
        }

        return Sense.None;
    }

    /// <summary>A label behind a number: 7Q-1180-EE is the order.</summary>
    private static Label After(Reading reading, int last, Label none)
    {
        var tokens = reading.Tokens;
        var i = last + 1;
        if (!reading.InSentence(i, last) || !(tokens[i].Is(Sense.Copula) || tokens[i].IsSymbol('(')))
            return none;
        for (i++; i <= last + 4 && reading.InSentence(i, last); i++)
        {
            if (tokens[i].Is(Labels))
                return reading.InSentence(i + 1, last) && tokens[i + 1].Digit ? none : new(tokens[i].Senses, i, false, false, true, false, i - last - 2);
            if (!tokens[i].Is(Sense.Filler | Sense.Possessive))
                break;
        }

        return none;
    }

    /// <summary>Adds a number, and those of the same form that follow it with a comma or "and".</summary>
    private static int Series(Reading reading, int first, int last, Field field, int score, Evidence evidence)
    {
        reading.Add(field, first, last, score, evidence);
        var tokens = reading.Tokens;
        var start = first;
        while (true)
        {
            var next = last + 1;
            if (!reading.InSentence(next, last))
                return last;
            if (reading.IsSymbol(next, ')') && field == Field.Nothing)
                return last;
            if (tokens[next].IsSymbol(',') || tokens[next].IsSymbol('/') || tokens[next].IsSymbol('&') || tokens[next].Is(Sense.And))
                next++;
            else
                return last;
            if (reading.IsWord(next, Sense.And))
                next++;
            if (reading.IsSymbol(next, '#'))
                next++;
            if (!reading.InSentence(next, last) || !SameForm(tokens, start, next))
                return last;
            var end = LastGroup(reading, next);
            reading.Add(field, next, end, score, evidence);
            start = next;
            last = end;
        }
    }

    private static bool SameForm(TokenList tokens, int known, int other)
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

    private static Field FieldOf(Sense senses) =>
        (senses & Sense.OtherNumber) != Sense.None && (senses & (Sense.Order | Sense.Account | Sense.Transaction)) == Sense.None ? Field.Nothing
        : (senses & Sense.Order) != Sense.None ? Field.OrderId
        : (senses & Sense.Transaction) != Sense.None ? Field.TransactionId
        : (senses & Sense.Account) != Sense.None ? Field.AccountId
        : Field.Nothing;
}
