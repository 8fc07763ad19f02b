namespace TicketWorld.Support.Extraction;

/// <summary>
/// Names of products known by their place in the sentence alone: a capital where no sentence begins, behind an article, a preposition or
/// a verb that names follow, or before a verb that tells what a program does. Names of persons, places and streets are in the word lists.
/// </summary>
internal static class ProductMentions
{
    private const int MostWords = 4;
    private const int ShortLine = 12;

    private const int Score = 66;

    private const Sense Never = Sense.Common | Sense.ThirdParty | Sense.Person | Sense.Closing | Sense.Name | Sense.Order | Sense.Account | Sense.Transaction | Sense.OtherNumber | Sense.Phone | Sense.Fault | Sense.ErrorLabel | Sense.Version | Sense.Reference | Sense.Copula | Sense.Possessive | Sense.Model | Sense.Licence;
    private const Sense NeverFirst = Never | Sense.Device | Sense.Program | Sense.Goods | Sense.Plan | Sense.Update | Sense.Interface | Sense.Voucher | Sense.Time | Sense.PlanChange | Sense.Use | Sense.Answer | Sense.Money | Sense.Unit;
    private const Sense NeverLater = Sense.ThirdParty | Sense.Person | Sense.Closing | Sense.Common | Sense.Name | Sense.Order | Sense.Transaction | Sense.OtherNumber;


    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        var signature = SignatureStart(reading);
        for (var i = 0; i < signature; i++)
        {
            if (tokens[i].Before == Gap.Line && IsCard(reading, i))
            {
                i = LineEnd(reading, i);
                continue;
            }

            if (!IsFirst(reading, i))
                continue;
            var last = Last(reading, i);
            Weigh(reading, i, last);
            i = last;
        }
    }

    /// <summary>The token at which a closing formula begins a line; what follows are names of persons and firms.</summary>
    private static int SignatureStart(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = tokens.Count - 1; i > 0; i--)
        {
            if (tokens[i].Capital && tokens[i].Is(Sense.Closing) && i > tokens.Count / 3 && !reading.InSentence(i - 1, i) && (LineEnd(reading, i) - i < 5 || tokens[i + 1].IsSymbol(',')))
                return i;
        }

        return tokens.Count;
    }

    private static int LineEnd(Reading reading, int first)
    {
        var i = first;
        while (i + 1 < reading.Tokens.Count && reading.Tokens[i + 1].Before != Gap.Line)
            i++;
        return i;
    }

    /// <summary>Whether a line is a head of a mail, a name or an address: a label and a colon, strokes, or no word in small letters.</summary>
    private static bool IsCard(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        if (tokens[first].Is(Sense.From | Sense.To) && reading.IsSymbol(first + 1, ':'))
            return true;
        var small = false;
        for (var i = first; i < tokens.Count && (i == first || tokens[i].Before != Gap.Line); i++)
        {
            if (tokens[i].IsSymbol('|'))
                return true;
            small |= tokens[i].Kind == TokenKind.Word && !tokens[i].Upper && tokens[i].Length >= 4;
            if (small && i > first + ShortLine)
                return false;
        }

        return !small && first > 0;
    }

    private static bool IsFirst(Reading reading, int i)
    {
        ref var token = ref reading.Tokens[i];
        if (token.Kind != TokenKind.Word || !(token.Capital || token.Mixed) || !token.Lower || token.Length is < 3 or > 30 || token.Month > 0 || token.Currency > 0)
            return false;
        if (token.Is(Sense.Tier))
            return false;
        return !token.Is(token.Mixed ? Sense.ThirdParty | Sense.Common | Sense.Person | Sense.Name : NeverFirst) || (!reading.German && !token.Is(Never) && IsWithName(reading, i));
    }

    /// <summary>Whether an ordinary word with a capital goes on with one: Big Basket, Keystone Pay API.</summary>
    private static bool IsWithName(Reading reading, int i) =>
        i > 0 && reading.InSentence(i - 1, i) && reading.Tokens[i - 1].Kind == TokenKind.Word && !reading.Tokens[i - 1].Capital && IsLater(reading, i + 1) && !reading.Tokens[i + 1].Is(Sense.Account);

    private static bool IsLater(Reading reading, int i)
    {
        if (!reading.InSentence(i, i - 1) || reading.Tokens[i].Before > Gap.Space)
            return false;
        ref var token = ref reading.Tokens[i];
        if (token.Month > 0 || token.Currency > 0 || (token.Is(NeverLater) && !(token.Is(Sense.Common) && !token.Is(NeverLater & ~Sense.Common) && !reading.German && token.Length >= 2)))
            return false;
        if (token.Kind == TokenKind.Word)
            return token.Capital && token.Before == Gap.Space && (token.Lower || token.Length <= 4) && !(reading.German && !token.Mixed && token.Senses == Sense.None && !token.Is(Sense.Tier));
        return token.Kind == TokenKind.Code && token.Digit && token.Length <= 4 && !reading.Tokens.TextOf(i).ContainsAny("./-_:");
    }

    private static int Last(Reading reading, int first)
    {
        var last = first;
        while (last - first + 1 < MostWords && IsLater(reading, last + 1))
            last++;
        return last;
    }

    private static void Weigh(Reading reading, int first, int last)
    {
        var tokens = reading.Tokens;
        var clues = Clue(Before(reading, first)) | Clue(After(reading, last)) | Form(reading, first, last);
        var evidence = reading.Rules.NameClues.Sum(clues, reading.German);
        var start = tokens[first].Start;
        var end = tokens[last].End;
        var text = tokens.Text;
        if (end - start > 4 && text[end - 1] == 's' && text[end - 2] is '\'' or '’')
            end -= 2;
        if (end < text.Length && text[end] == '+' && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1])))
        {
            end++;
            if (reading.InSentence(last + 2, last) && tokens[last + 2].Kind == TokenKind.Number && IsVersion(reading, last + 2) && evidence > 0)
                reading.Add(Field.ProductVersion, last + 2, last + 2, 82, Evidence.Label);
        }
        else if (reading.InSentence(last + 1, last) && tokens[last + 1].Kind == TokenKind.Number && tokens[last + 1].Before == Gap.Space && IsVersion(reading, last + 1) && evidence > 0)
            reading.Add(Field.ProductVersion, last + 1, last + 1, 82, Evidence.Label);
        else if (reading.InSentence(last + 1, last) && IsModelNumber(reading, last + 1))
            end = tokens[last + 1].End;
        if (evidence > 0)
            reading.AddRange(Field.ProductName, start, end, Math.Max(Score, Contained(reading, start, end)), Evidence.Weak);
    }

    private static bool IsVersion(Reading reading, int i) =>
        Versions.IsDotted(reading.Tokens.TextOf(i), out _) && reading.Tokens.TextOf(i)[0] != '0'
        && !(reading.InSentence(i + 1, i) && (reading.Tokens[i + 1].Is(Sense.Unit) || reading.Tokens[i + 1].Currency > 0 || reading.Tokens[i + 1].First is '%' or '€'));

    /// <summary>One more than the best score of a part of the name: the longer reading of the same evidence stands.</summary>
    private static int Contained(Reading reading, int start, int end)
    {
        var best = 0;
        foreach (var candidate in reading.Candidates)
        {
            if (candidate.Field is Field.ProductName or Field.ProductVersion && candidate.Start >= start && candidate.End <= end && candidate.End - candidate.Start < end - start && candidate.Score > best && candidate.Score < 90)
                best = candidate.Score + 1;
        }

        return best;
    }

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
            | Clue(NameClue.Mentioned, IsMentioned(reading, first))
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

    private static bool IsMentioned(Reading reading, int word)
    {
        var tokens = reading.Tokens;
        var text = tokens.TextOf(word);
        var looked = Math.Min(tokens.Count, 400);
        for (var i = 0; i < looked; i++)
        {
            if (i != word && tokens[i].Length == text.Length && tokens[i].Capital && tokens[i].Kind == TokenKind.Word && tokens.TextOf(i).SequenceEqual(text))
                return true;
        }

        return false;
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
