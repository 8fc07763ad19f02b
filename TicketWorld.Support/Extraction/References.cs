namespace TicketWorld.Support.Extraction;

/// <summary>Ids of orders, accounts and transactions: a word beside a number says what it is, else its first letters do.</summary>
internal static class References
{
    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is TokenKind.Word or TokenKind.Number or TokenKind.Code)
                i = Math.Max(i, At(reading, i));
        }
    }

    private static int At(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        ref var token = ref tokens[first];
        if (!token.Digit)
            return Worded(reading, first);

        if (ReferenceForms.IsIban(reading, first))
        {
            var end = ReferenceForms.LastDigits(reading, first, first);
            reading.Add(Field.Nothing, first, end, 96, Evidence.Form);
            return end;
        }

        if (IsUnderscoredName(reading, first))
        {
            reading.Add(Field.AccountId, first, first, 86, Evidence.Context);
            return first;
        }

        var last = ReferenceForms.LastGroup(reading, first);
        var label = ReferenceLabels.LabelBefore(reading, first);
        if (label.Senses == Sense.None && label.Reference)
            label = label with { Senses = ReferenceLabels.Referred(reading, first), Numbered = true };
        if (label.Senses == Sense.None && label.Numbered && (reading.SentenceOf(first) & (Sense.Fault | Sense.ErrorLabel)) == Sense.None)
            label = label with { Senses = ReferenceLabels.Named(reading, first) };
        if (label.Senses == Sense.None && ReferenceLabels.After(reading, last, label) is { Senses: not Sense.None } behind)
        {
            if (tokens[first].First == '0' && last > first)
                return last;
            label = behind;
        }

        if (Contacts.IsPairs(tokens.Text.AsSpan(tokens[first].Start, Math.Min(14, tokens.Text.Length - tokens[first].Start))) && !label.Numbered && !label.Colon)
            return first;
        if (label.Senses == Sense.None && (tokens[first].Kind == TokenKind.Code || label.Numbered) && IsOwnNumber(reading, first))
            label = label with { Senses = Sense.Account };
        if (label.Senses == Sense.None && (ReferenceForms.IsLetteredId(reading, first) || ReferenceForms.IsHyphenedId(reading, first) || (label.Colon && tokens[first].Kind == TokenKind.Code && !tokens[first].Lower && tokens[first].Length is >= 5 and <= 12 && !IsRaised(reading, first))))
            label = label with { Senses = ReferenceLabels.Nearest(reading, first), Numbered = true };
        if ((label.Senses & ReferenceLabels.Labels) == Sense.OtherNumber && tokens[first].Kind == TokenKind.Code && !tokens[first].Lower && ReferenceForms.Prefix(tokens.TextOf(first)) is { Length: >= 3 } beginning
            && ReferenceForms.PrefixField(reading.Rules, beginning, tokens.TextOf(first), out var own) && own is Field.OrderId or Field.TransactionId or Field.AccountId)
            return Series(reading, first, last, own, 90, Evidence.Form);
        if ((label.Senses & Sense.OtherNumber) != Sense.None && (label.Senses & Sense.Phone) != Sense.None)
            return first;
        if (label.Senses != Sense.None && ReferenceForms.IsNumber(reading, first, last, label))
        {
            var field = ReferenceForms.FieldOf(label.Senses);
            if (field == Field.Nothing)
                last = ReferenceForms.LastDigits(reading, first, last);
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

    /// <summary>Whether the sentence is about an error code, or a program is said to show the value.</summary>
    internal static bool IsRaised(Reading reading, int first)
    {
        var sentence = reading.SentenceOf(first);
        if ((sentence & Sense.Fault) != Sense.None && ((sentence & Sense.ErrorLabel) != Sense.None && !reading.IsSymbol(first - 1, '(') || reading.Tokens.TextOf(first).Count('_') > 1))
            return true;
        var before = reading.Before(first);
        return before >= 0 && (reading.Message & (Sense.Fault | Sense.ErrorLabel)) != Sense.None && (reading.Tokens[before].Is(Sense.Answer) && reading.Tokens[before].Length > 3 || (reading.Tokens[before].Is(Sense.Copula) && reading.IsSymbol(first - 1, '"')));
    }

    private static int Unlabelled(Reading reading, int first, int last)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(first);
        if (IsEndToEnd(text))
        {
            reading.Add(Field.TransactionId, first, first, 86, Evidence.Form);
            return first;
        }

        if (tokens[first].Kind == TokenKind.Code && ReferenceForms.Prefix(text) is { Length: > 0 } prefix && ReferenceForms.PrefixField(reading.Rules, prefix, text, out var field))
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

    /// <summary>The id by which a Pix is known from end to end: E, the bank in eight digits, the date, and what the bank adds.</summary>
    private static bool IsEndToEnd(ReadOnlySpan<char> text) =>
        text.Length is >= 16 and <= 32 && text[0] is 'E' or 'D' && text[1..16].IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>A value without digits, or with letters apart from its digits: WS 7704, thumbs_mcgraw.</summary>
    private static int Worded(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        ref var token = ref tokens[first];
        if (token.Kind == TokenKind.Word && token.Upper && !token.Lower && (token.Length is >= 2 and <= 4 || (token.Length <= 8 && tokens.TextOf(first).Contains('-')) || (token.Length == 1 && (reading.IsSymbol(first - 1, ':') || reading.IsWord(first - 1, Sense.NumberWord)))) && (token.Senses & ~(Sense.And | Sense.VersionBefore | Sense.Filler | Sense.Common | Sense.Unit | Sense.Determiner | Sense.PlaceBefore | Sense.NameBefore | Sense.OtherNumber | Sense.Program | Sense.Person)) == Sense.None && token.Currency == 0 && token.Month == 0
            && first + 1 < tokens.Count && tokens[first + 1].Digit && tokens[first + 1].Before == Gap.Space && tokens[first + 1].Kind is TokenKind.Number or TokenKind.Code)
        {
            var spaced = ReferenceLabels.LabelBefore(reading, first);
            if (spaced.Senses == Sense.None && spaced.Reference)
                spaced = spaced with { Senses = ReferenceLabels.Referred(reading, first) };
            if (spaced.Senses == Sense.None && IsOwnNumber(reading, first))
                spaced = spaced with { Senses = Sense.Account };
            if (spaced.Senses == Sense.None && (reading.IsSymbol(first - 1, '(') || reading.IsSymbol(first - 1, ',')))
                spaced = spaced with { Senses = ReferenceLabels.Nearest(reading, first), Numbered = true };
            if ((spaced.Senses & ReferenceLabels.Labels) != Sense.None && (tokens[first + 1].Length >= 3 || ReferenceForms.LastGroup(reading, first + 1) > first + 1) && (!token.Is(Sense.Unit) || spaced.Numbered || spaced.Between == 0))
                return Series(reading, first, ReferenceForms.LastGroup(reading, first + 1), ReferenceForms.FieldOf(spaced.Senses), 91, Evidence.Label);
        }

        if (token.Kind == TokenKind.Word && !token.Lower && token.Length is >= 5 and <= 8 && token.Senses == Sense.None && tokens.TextOf(first).IndexOfAnyExceptInRange('A', 'Z') < 0 && ReferenceLabels.LabelBefore(reading, first) is var lettered
            && lettered.Between <= 3 && (lettered.Numbered || lettered.Colon || lettered.Reference) && (lettered.Senses & Sense.Order) != Sense.None && tokens[lettered.Token].Lower)
        {
            reading.Add(Field.OrderId, first, first, 88, Evidence.Label);
            return first;
        }

        if (token.Length > ReferenceForms.LongestId || (token.Length < 3 && !reading.IsSymbol(first + 1, '.')))
            return first;
        var label = ReferenceLabels.LabelBefore(reading, first);
        if ((label.Senses & (Sense.LoginName | Sense.Account)) == Sense.None || ReferenceForms.FieldOf(label.Senses) != Field.AccountId)
        {
            if (label.Senses == Sense.None && IsUnderscoredName(reading, first))
                reading.Add(Field.AccountId, first, first, 86, Evidence.Context);
            return first;
        }

        var text = tokens.TextOf(first);
        if (label.Between <= 3 && !token.Upper && (token.Length == 1 || !token.Is(Sense.Filler | Sense.Common)) && LastDotted(reading, first) is var dotted && dotted > first)
        {
            reading.Add(Field.AccountId, first, dotted, 88, Evidence.Label);
            return dotted;
        }

        var ends = ReferenceForms.EndsValue(reading, first);
        var underscore = text.Contains('_');
        if (underscore && (label.Between <= 3 || IsUnderscoredName(reading, first)))
        {
            reading.Add(Field.AccountId, first, first, 88, Evidence.Label);
            return first;
        }

        if (IsUserName(reading, first, label))
        {
            reading.Add(Field.AccountId, first, first, 80, Evidence.Label);
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

    /// <summary>A word that is in no list, with no capital, directly behind "user" or "login" and before the end of a phrase: el usuario lgarmendia.</summary>
    private static bool IsUserName(Reading reading, int first, ReferenceLabels.Label label)
    {
        ref var token = ref reading.Tokens[first];
        return (label.Senses & Sense.LoginName) != Sense.None && label.Between == 0 && label.Token == first - 1 && token.Kind == TokenKind.Word && !token.Upper && token.Length >= 6 && token.Senses == Sense.None
            && reading.Tokens.TextOf(first).IndexOfAnyExceptInRange('a', 'z') < 0 && HasClusters(reading.Tokens.TextOf(first)) && (reading.IsSymbol(first + 1, ')') || reading.IsSymbol(first + 1, ',') || ReferenceForms.EndsValue(reading, first) || reading.IsWord(first + 1, Sense.DateBefore));
    }

    /// <summary>Whether a word begins with two letters that begin no word: lgarmendia, pnoakes, mdelgado.</summary>
    private static bool HasClusters(ReadOnlySpan<char> word) =>
        !"aeiouy".Contains(word[0]) && !"aeiouyhrl".Contains(word[1]) && !(word[0] == 's' && "cptkmnqw".Contains(word[1])) && word[..2] is not ("kn" or "gn" or "tw" or "dw" or "qu" or "ts" or "wh");

    /// <summary>A name with an underscore and small letters, not far behind a word for an account: Alias registrado: lucero_del_sur.</summary>
    private static bool IsUnderscoredName(Reading reading, int first)
    {
        ref var token = ref reading.Tokens[first];
        return token.Kind == TokenKind.Code && token.Lower && token.Length is >= 4 and <= ReferenceForms.LongestId && reading.Tokens.TextOf(first).Contains('_')
            && (ReferenceLabels.Nearest(reading, first) & (Sense.Account | Sense.Order | Sense.Transaction | Sense.OtherNumber)) is var near && (near & Sense.Account) != Sense.None;
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
            if (!reading.InSentence(next, last) || !ReferenceForms.SameForm(tokens, start, next))
                return last;
            var end = ReferenceForms.LastGroup(reading, next);
            reading.Add(field, next, end, score, evidence);
            start = next;
            last = end;
        }
    }
}
