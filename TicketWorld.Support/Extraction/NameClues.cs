namespace TicketWorld.Support.Extraction;

/// <summary>Which clues stand before and behind a stretch of text that may be the name of a product, and which its own form gives.</summary>
internal static class NameClues
{
    /// <summary>How many tokens are searched for another mention of a name.</summary>
    private const int MentionReach = 400;

    /// <summary>Shorter words stand in addresses by chance.</summary>
    private const int ShortestOfHost = 4;

    /// <summary>A bit for each clue that stands.</summary>
    public static ulong Of(Reading reading, int first, int last) => Clue(Before(reading, first)) | Clue(After(reading, last)) | Form(reading, first, last);

    private static bool IsModelNumber(Reading reading, int i)
    {
        ref var token = ref reading.Tokens[i];
        return token.Kind == TokenKind.Number && token.Before == Gap.Space && token.Length <= 4 && reading.Tokens.TextOf(i).IndexOfAnyExceptInRange('0', '9') < 0
            && !(reading.InSentence(i + 1, i) && (reading.Tokens[i + 1].Is(Sense.Unit) || reading.Tokens[i + 1].Month > 0 || reading.Tokens[i + 1].Currency > 0 || reading.Tokens[i + 1].First is '%' or '€'))
            && !(token.Length == 1 && (reading.Message & (Sense.Device | Sense.Goods)) == Sense.None && (reading.Message & (Sense.Program | Sense.Screen | Sense.Update | Sense.ThirdParty)) != Sense.None) && (reading.SentenceOf(i) & Sense.Program) == Sense.None;
    }

    private static ulong Clue(NameClue clue) => 1UL << (int)clue;

    private static ulong Clue(NameClue clue, bool stands) => stands ? 1UL << (int)clue : 0;

    private static NameClue Before(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        if (first == 0 || !reading.InSentence(first - 1, first) || tokens[first].Before == Gap.Line)
            return tokens[first].Before == Gap.Line ? NameClue.BeginsLine : NameClue.BeginsSentence;
        ref var before = ref tokens[first - 1];
        if (before.Kind == TokenKind.Symbol)
            return before.First is '"' or '“' or '„' or '«' or '‘' or '»' ? NameClue.Quoted : before.First is '\'' or '’' && first > 1 ? NameClue.Elided : before.First is '(' ? NameClue.Bracketed : before.First is ',' ? NameClue.AfterComma : NameClue.AfterSymbol;
        if (before.Kind != TokenKind.Word)
            return NameClue.AfterNumber;
        if (before.Is(Sense.Device | Sense.Program | Sense.Goods | Sense.Plan))
            return NameClue.AfterKind;
        var screen = (reading.Message & (Sense.Screen | Sense.Program | Sense.Version | Sense.Update)) != Sense.None;
        if (before.Is(Sense.PlaceBefore))
        {
            var named = before.Is(Sense.NameBefore | Sense.Determiner);
            return named ? screen ? NameClue.InScreen : NameClue.In : screen ? NameClue.FromScreen : NameClue.From;
        }

        if (before.Is(Sense.Determiner))
            return before.Is(Sense.Possessive) ? NameClue.AfterPossessive : NameClue.AfterArticle;
        if (before.Is(Sense.Use | Sense.Update))
            return NameClue.AfterUse;
        if (before.Is(Sense.NameBefore))
            return NameClue.AfterVerb;
        if (first > 1 && before.Senses == Sense.None && before.Capital == reading.German && tokens[first - 2].Is(Sense.Determiner) && reading.InSentence(first - 2, first))
            return NameClue.AfterNoun;
        return before.Capital ? NameClue.AfterCapital : before.Is(Sense.VersionBefore) ? NameClue.AfterPreposition : NameClue.AfterWord;
    }

    private static NameClue After(Reading reading, int last)
    {
        var next = last + 1;
        var tokens = reading.Tokens;
        if (next < tokens.Count && tokens[next].Kind == TokenKind.Symbol && tokens[next].First == '+' && reading.Touches(next))
            return NameClue.Plus;
        if (!reading.InSentence(next, last) || tokens[next].Before > Gap.Space)
            return NameClue.EndsSentence;
        ref var after = ref tokens[next];
        if (after.Kind == TokenKind.Symbol)
            return after.First is '.' or '?' or '!' ? NameClue.EndsSentence : after.First is ',' ? NameClue.BeforeComma : after.First is '(' ? NameClue.BeforeBracket : NameClue.BeforeSymbol;
        if (after.Kind == TokenKind.Number)
            return Versions.IsDotted(tokens.TextOf(next), out _) ? NameClue.BeforeVersion : IsModelNumber(reading, next) ? NameClue.BeforeModel : NameClue.BeforeNumber;
        if (after.Kind == TokenKind.Code)
            return Versions.IsDotted(tokens.TextOf(next), out _) || after.First == 'v' ? NameClue.BeforeVersion : NameClue.BeforeCode;
        if (after.Is(Sense.Program | Sense.Device | Sense.Plan | Sense.Goods | Sense.Licence | Sense.Version))
            return NameClue.BeforeKind;
        if (after.Is(Sense.Account | Sense.Interface | Sense.Screen))
            return NameClue.BeforeAccount;
        if (after.Is(Sense.NameAfter))
            return NameClue.BeforeVerb;
        return after.Capital ? NameClue.BeforeCapital : NameClue.BeforeWord;
    }

    private static ulong Form(Reading reading, int first, int last)
    {
        var tokens = reading.Tokens;
        ref var token = ref tokens[first];
        return Clue(NameClue.Mixed, token.Mixed)
            | Clue(NameClue.Words, last > first)
            | Clue(NameClue.Tiered, last > first && tokens[last].Is(Sense.Tier | Sense.Program | Sense.Plan | Sense.Device | Sense.Interface))
            | reading.MentionsOf(first)
            | Clue(NameClue.Signature, first >= reading.SignatureStart)
            | Clue(NameClue.Card, MessageLines.IsCard(reading, first))
            | Clue(NameClue.Ordinary, !token.Mixed && IsOrdinary(tokens.TextOf(first), reading.German))
            | Clue(NameClue.Known, token.Senses != Sense.None)
            | Clue(NameClue.AboutPrograms, (reading.Message & (Sense.Program | Sense.Update | Sense.Version | Sense.Screen | Sense.Licence | Sense.ErrorLabel)) != Sense.None)
            | Clue(NameClue.AboutProgramsHere, (reading.SentenceOf(first) & (Sense.Plan | Sense.Screen | Sense.Use | Sense.Program | Sense.Update)) != Sense.None)
            | Clue(NameClue.AboutThingsHere, (reading.SentenceOf(first) & (Sense.Device | Sense.Goods)) != Sense.None)
            | Clue(NameClue.AboutFaultHere, (reading.SentenceOf(first) & Sense.Fault) != Sense.None)
            | Clue(NameClue.PersonOrPlace, IsPersonOrPlace(reading, first, last))
            | Clue(NameClue.Short, token.Length <= 4)
            | Clue(NameClue.Long, token.Length >= 8)
            | Clue(NameClue.Hyphened, tokens.TextOf(first).Contains('-'));
    }

    /// <summary>Whether the word stands at another place too, with a capital or, so that it is an ordinary word, without.</summary>
    internal static ulong Mentions(Reading reading, int word)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(word);
        var looked = Math.Min(tokens.Count, MentionReach);
        ulong clues = 0;
        for (var i = 0; i < looked; i++)
        {
            ref var token = ref tokens[i];
            if (i == word)
                continue;
            if (token.Length == text.Length && token.Kind == TokenKind.Word && tokens.TextOf(i).Equals(text, StringComparison.OrdinalIgnoreCase))
                clues |= Clue(token.Capital ? NameClue.Mentioned : NameClue.Lowered);
            else if (token.Kind is TokenKind.Email or TokenKind.Url && text.Length >= ShortestOfHost && tokens.TextOf(i).Contains(text, StringComparison.OrdinalIgnoreCase))
                clues |= Clue(NameClue.Host);
        }

        return clues;
    }

    /// <summary>Endings that ordinary words have and names hardly ever.</summary>
    private static bool IsOrdinary(ReadOnlySpan<char> word, bool german)
    {
        if (german)
            return word.EndsWith("ung") || word.EndsWith("en") || word.EndsWith("heit") || word.EndsWith("keit") || word.EndsWith("schaft") || word.EndsWith("tion") || word.EndsWith("nis") || word.EndsWith("ern") || word.EndsWith("chen") || word.EndsWith("ät");
        return word.EndsWith("ing") || word.EndsWith("tion") || word.EndsWith("ment") || word.EndsWith("ness") || word.EndsWith("ción") || word.EndsWith("ção") || word.EndsWith("ly") || word.EndsWith("ed");
    }

    private static bool IsPersonOrPlace(Reading reading, int first, int last)
    {
        var tokens = reading.Tokens;
        var before = reading.Before(first);
        if (before >= 0 && tokens[before].Is(Sense.Person | Sense.Name | Sense.ThirdParty))
            return true;
        if (before > 0 && tokens[before].Is(Sense.Filler | Sense.VersionBefore | Sense.NameBefore | Sense.PlaceBefore | Sense.Time) && tokens[before - 1].Is(Sense.Person | Sense.Name))
            return true;
        var next = last + 1;
        if (reading.InSentence(next, last) && tokens[next].Is(Sense.Place))
            return true;
        return next < tokens.Count && tokens[next].Before <= Gap.Space && (tokens[next].Is(Sense.Person | Sense.Name) && tokens[next].Capital || tokens[next].Kind == TokenKind.Word && !tokens[next].Digit && tokens[next].Capital && !tokens[next].Lower && tokens[next].Length > 4);
    }
}
