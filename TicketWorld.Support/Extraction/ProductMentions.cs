namespace TicketWorld.Support.Extraction;

/// <summary>
/// Names of products known by their place in the sentence alone: a capital where no sentence begins, behind an article, a preposition or
/// a verb that names follow, or before a verb that tells what a program does. Names of persons, places and streets are in the word lists.
/// </summary>
internal static class ProductMentions
{
    private const int MostWords = 4;
    private const int ShortLine = 12;

    /// <summary>The evidence that a name needs, and the score that it then has.</summary>
    private static readonly int Enough = int.Parse(Environment.GetEnvironmentVariable("ENOUGH") ?? "4");
    private static readonly int EnoughInGerman = int.Parse(Environment.GetEnvironmentVariable("ENOUGHG") ?? "5");
    private const int Score = 64;

    private const Sense Never = Sense.Common | Sense.ThirdParty | Sense.Person | Sense.Closing | Sense.Name | Sense.Order | Sense.Account | Sense.Transaction | Sense.OtherNumber | Sense.Phone | Sense.Fault | Sense.ErrorLabel | Sense.Version | Sense.Reference | Sense.Copula | Sense.Possessive | Sense.Model | Sense.Licence;
    private const Sense NeverFirst = Never | Sense.Device | Sense.Program | Sense.Goods | Sense.Plan | Sense.Update | Sense.Interface | Sense.Voucher | Sense.Time | Sense.PlanChange | Sense.Use | Sense.Answer | Sense.Money | Sense.Unit;
    private const Sense NeverLater = Sense.ThirdParty | Sense.Person | Sense.Closing | Sense.Common | Sense.Name | Sense.Order | Sense.Transaction | Sense.OtherNumber;

    /// <summary>A message about things that products do.</summary>
    private const Sense About = Sense.Program | Sense.Device | Sense.Update | Sense.Version | Sense.Screen | Sense.Interface | Sense.Plan | Sense.Licence | Sense.ErrorLabel | Sense.Goods | Sense.Use;

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
        var evidence = Before(reading, first) + After(reading, last) + Form(reading, first, last);
        if (evidence < (reading.German ? EnoughInGerman : Enough) || IsPersonOrPlace(reading, first, last))
            return;
        var start = tokens[first].Start;
        var end = tokens[last].End;
        var text = tokens.Text;
        if (end - start > 4 && text[end - 1] == 's' && text[end - 2] is '\'' or '’')
            end -= 2;
        if (end < text.Length && text[end] == '+' && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1])))
        {
            end++;
            if (reading.InSentence(last + 2, last) && tokens[last + 2].Kind == TokenKind.Number && IsVersion(reading, last + 2))
                reading.Add(Field.ProductVersion, last + 2, last + 2, 82, Evidence.Label);
        }
        else if (reading.InSentence(last + 1, last) && tokens[last + 1].Kind == TokenKind.Number && tokens[last + 1].Before == Gap.Space && IsVersion(reading, last + 1))
            reading.Add(Field.ProductVersion, last + 1, last + 1, 82, Evidence.Label);
        else if (reading.InSentence(last + 1, last) && IsModelNumber(reading, last + 1))
            end = tokens[last + 1].End;
        reading.AddRange(Field.ProductName, start, end, Math.Max(Score + Math.Min(evidence, 9), Contained(reading, start, end)), Evidence.Weak);
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

    private static int Before(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        if (first == 0 || !reading.InSentence(first - 1, first) || tokens[first].Before == Gap.Line)
            return 0;
        ref var before = ref tokens[first - 1];
        if (before.Kind == TokenKind.Symbol)
            return before.First is '"' or '“' or '„' or '«' or '‘' && reading.Touches(first) ? 2 : before.First is '\'' or '’' && first > 1 ? 3 : before.First is '(' or ',' or '-' or '–' or ':' ? 1 : 0;
        if (before.Kind != TokenKind.Word)
            return 0;
        if (before.Is(Sense.Device | Sense.Program | Sense.Goods | Sense.Plan) && !reading.German)
            return 4;
        var screen = (reading.Message & (Sense.Screen | Sense.Program | Sense.Version | Sense.Update)) != Sense.None;
        if (before.Is(Sense.PlaceBefore))
            return screen && before.Is(Sense.NameBefore | Sense.Determiner) ? 3 : 1;
        if (before.Is(Sense.Determiner))
            return reading.German ? first + 1 < tokens.Count && IsModelNumber(reading, first + 1) ? 3 : 0 : 3;
        if (before.Is(Sense.NameBefore))
            return 3;
        if (first > 1 && before.Senses == Sense.None && before.Capital == reading.German && tokens[first - 2].Is(Sense.Determiner) && tokens[first].Senses == Sense.None && reading.InSentence(first - 2, first))
            return reading.German ? 4 : 3;
        return before.Capital ? 0 : before.Is(Sense.VersionBefore | Sense.Use | Sense.Update) ? 2 : reading.German ? 0 : 1;
    }

    private static int After(Reading reading, int last)
    {
        var next = last + 1;
        var tokens = reading.Tokens;
        if (next < tokens.Count && tokens[next].Kind == TokenKind.Symbol && tokens[next].First == '+' && reading.Touches(next))
            return 4;
        if (!reading.InSentence(next, last) || tokens[next].Before > Gap.Space)
            return 1;
        ref var after = ref tokens[next];
        if (after.Kind == TokenKind.Number)
            return IsModelNumber(reading, next) || Versions.IsDotted(tokens.TextOf(next), out _) ? 2 : 0;
        if (after.Kind == TokenKind.Code)
            return Versions.IsDotted(tokens.TextOf(next), out _) ? 3 : 0;
        if (after.Is(Sense.NameAfter))
            return 2;
        if (after.Is(Sense.Program | Sense.Device | Sense.Plan | Sense.Goods | Sense.Account | Sense.Licence | Sense.Interface) && !reading.German)
            return 2;
        return after.Kind == TokenKind.Symbol || !after.Capital ? 1 : 0;
    }

    private static int Form(Reading reading, int first, int last)
    {
        var tokens = reading.Tokens;
        ref var token = ref tokens[first];
        var evidence = 0;
        if (token.Mixed)
            evidence += reading.German ? 3 : 2;
        if (last > first)
            evidence += tokens[last].Is(Sense.Tier | Sense.Program | Sense.Plan | Sense.Device | Sense.Interface) ? 2 : 1;
        if (IsMentioned(reading, first))
            evidence++;
        if ((reading.Message & About) == Sense.None)
            evidence--;
        if (!token.Mixed && IsOrdinary(tokens.TextOf(first), reading.German))
            evidence -= reading.German ? 3 : 1;
        return evidence;
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
