namespace TicketWorld.Support.Extraction;

/// <summary>
/// Names of products, plans and devices. Nothing lists them, so each needs evidence beside it: a version, a word such as plan, app or
/// printer, "model", a change from one plan to another. Names of third parties are in the word lists and are never taken.
/// </summary>
internal static class Products
{
    private const int MostWords = 4;
    private const int LongestQuoted = 60;

    /// <summary>How many tokens are searched for another mention of a name.</summary>
    private const int MentionReach = 400;

    private const Sense Kind = Sense.Device | Sense.Program | Sense.Goods | Sense.Plan;

    /// <summary>What a word may mean besides and still be part of a name.</summary>
    private const Sense Harmless = Sense.Tier | Sense.Attribute | Sense.Use | Sense.PlanChange | Sense.Money | Sense.To | Sense.From | Sense.Time | Sense.Filler | Sense.Unit | Sense.VersionBefore | Sense.And | Sense.DateBefore | Sense.Copula | Sense.Answer | Sense.Determiner | Sense.NameBefore | Sense.NameAfter | Sense.PlaceBefore | Sense.Screen;

    public static void Find(Reading reading)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            ref var token = ref tokens[i];
            if (token.Kind is not (TokenKind.Word or TokenKind.Code))
                continue;
            if (token.Is(Sense.Model))
                AfterModel(reading, i);
            if (token.Is(Kind))
                AfterKind(reading, i);
            if (token.Is(Sense.Use | Sense.Licence))
                AfterUse(reading, i);
            if (token.Is(Sense.From))
                PlanChange(reading, i);
            if (IsNameWord(reading, i) && !IsNameWord(reading, i - 1))
                i = Math.Max(i, At(reading, i));
            else if (token.Is(Sense.Tier) && token.Capital)
                TierAlone(reading, i);
        }
    }

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

    private static bool Follows(Reading reading, int i) =>
        reading.InSentence(i, i - 1) && reading.Tokens[i].Before <= Gap.Space;

    /// <summary>The last word of the name that starts at a word.</summary>
    private static int LastWord(Reading reading, int first)
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

    private static bool IsModelNumber(Reading reading, int i)
    {
        if (!Follows(reading, i))
            return false;
        ref var token = ref reading.Tokens[i];
        var text = reading.Tokens.TextOf(i);
        if (token.Kind == TokenKind.Number)
            return token.Length <= 4 && text.IndexOfAnyExceptInRange('0', '9') < 0 && !IsCounted(reading, i + 1);
        return token.Kind == TokenKind.Code && token.Digit && token.Capital && token.Length <= 8 && !token.Lower && text.IndexOfAny("._/:") < 0;
    }

    private static bool IsCounted(Reading reading, int next) =>
        reading.InSentence(next, next - 1) && reading.Tokens[next].Before <= Gap.Space
        && (reading.Tokens[next].Is(Sense.Unit) || reading.Tokens[next].IsSymbol('%') || reading.Tokens[next].Currency > 0 || reading.Tokens[next].Month > 0 || reading.Tokens[next].First is '€' or '°');

    private static void AfterModel(Reading reading, int model)
    {
        var tokens = reading.Tokens;
        var first = model + 1;
        if (reading.IsSymbol(first, ':'))
            first++;
        if (!reading.InSentence(first, model) || tokens[first].Kind is not (TokenKind.Word or TokenKind.Code) || !tokens[first].Capital || tokens[first].Is(Sense.NumberWord | Sense.Copula) || tokens[first].Is(Sense.Common))
            return;
        var last = first;
        while (last - first + 1 < MostWords && Follows(reading, last + 1) && tokens[last + 1].Kind is TokenKind.Word && tokens[last + 1].Capital && !tokens[last + 1].Is(Sense.Common))
            last++;
        if (IsModelNumber(reading, last + 1))
            last++;
        if (last > first || tokens[first].Lower || tokens[first].Digit)
            reading.Add(Field.ProductName, first, last, 86, Evidence.Label);
    }

    /// <summary>The printer Signet 40, the plan Premium, my thermostat (Warmly One), curtains "Nebelmeer".</summary>
    private static void AfterKind(Reading reading, int kind)
    {
        var tokens = reading.Tokens;
        var first = kind + 1;
        if (!reading.InSentence(first, kind) || tokens[first].Before > Gap.Space || reading.IsWord(kind - 1, Sense.Person))
            return;
        if (tokens[first].Kind == TokenKind.Symbol && tokens[first].First is '"' or '“' or '„' or '«' or '\'' or '‘')
        {
            Quoted(reading, first);
            return;
        }

        var bracketed = tokens[first].IsSymbol('(');
        if (bracketed || (reading.IsSymbol(first, ',') && tokens[kind].Is(Sense.Device)))
            first++;
        if (bracketed && reading.InSentence(first, kind))
        {
            Bracketed(reading, first, kind);
            return;
        }

        if (first > kind + 1 || !(tokens[first].Before == Gap.Space))
            return;
        if (tokens[kind].Is(Sense.Plan) && !tokens[first].Capital && tokens.TextOf(kind).StartsWith("tarif", StringComparison.OrdinalIgnoreCase))
        {
            LowerPlan(reading, kind);
            return;
        }

        if (!IsNameWord(reading, first) || (tokens[kind].Is(Sense.To | Sense.From) && !tokens[first].Mixed))
            return;
        var last = LastWord(reading, first);
        var plan = tokens[kind].Is(Sense.Plan) && !tokens[kind].Is(Sense.Device | Sense.Goods);
        if (plan && Follows(reading, last + 1) && tokens[last + 1].Kind == TokenKind.Word && tokens[last + 1].Length == 1 && tokens[last + 1].Upper)
            last++;
        if (tokens[kind].Is(Sense.Program) && !tokens[kind].Is(Sense.Device))
        {
            reading.Add(Field.ProductName, first, last, 78, Evidence.Context);
            if (IsModelNumber(reading, last + 1) && tokens[last + 1].Kind == TokenKind.Number)
                reading.Add(Field.ProductVersion, last + 1, last + 1, 78, Evidence.Context);
            return;
        }

        if (IsModelNumber(reading, last + 1))
            last++;
        reading.Add(Field.ProductName, plan ? kind : first, last, 79, Evidence.Context);
    }

    /// <summary>tarif business l: a plan in small letters, up to the end of the line.</summary>
    private static void LowerPlan(Reading reading, int kind)
    {
        var tokens = reading.Tokens;
        var last = kind;
        while (last - kind < 3 && reading.InSentence(last + 1, kind) && tokens[last + 1].Kind == TokenKind.Word && tokens[last + 1].Before == Gap.Space)
            last++;
        if (last > kind && reading.IsWord(kind + 1, Sense.Tier) && !reading.InSentence(last + 1, kind))
            reading.Add(Field.ProductName, kind, last, 72, Evidence.Context);
    }

    private static void Bracketed(Reading reading, int first, int kind)
    {
        var tokens = reading.Tokens;
        while (first < kind + 5 && reading.InSentence(first, kind) && tokens[first].Is(Sense.Filler | Sense.Attribute | Sense.Possessive))
            first++;
        if (!reading.InSentence(first, kind) || !IsNameWord(reading, first))
            return;
        var last = LastWord(reading, first);
        if (IsModelNumber(reading, last + 1))
            last++;
        if (reading.IsSymbol(last + 1, ')') || reading.IsSymbol(last + 1, ','))
            reading.Add(Field.ProductName, first, last, 78, Evidence.Context);
    }

    private static void Quoted(Reading reading, int quote)
    {
        var tokens = reading.Tokens;
        var closing = tokens[quote].First switch { '“' => '”', '„' => '“', '«' => '»', '‘' => '’', var same => same };
        for (var i = quote + 1; i < tokens.Count && i < quote + 9; i++)
        {
            if (tokens[i].Kind == TokenKind.Symbol && (tokens[i].First == closing || tokens[i].First == '”'))
            {
                if (i > quote + 1 && tokens[quote + 1].Capital && tokens[quote + 1].Lower && tokens[i - 1].End - tokens[quote + 1].Start <= LongestQuoted)
                    reading.Add(Field.ProductName, quote + 1, i - 1, 77, Evidence.Context);
                return;
            }

            if (tokens[i].Kind == TokenKind.Symbol && tokens[i].First is '!' or '?' or '.' or ':' or ';')
                return;
        }
    }

    /// <summary>We use Fieldnote, uso o Vitrine 3, licences of Moorhen Pro.</summary>
    private static void AfterUse(Reading reading, int use)
    {
        var tokens = reading.Tokens;
        var first = use + 1;
        while (first < use + 4 && reading.InSentence(first, use) && tokens[first].Kind == TokenKind.Word && !tokens[first].Capital && tokens[first].Is(Sense.Filler | Sense.Possessive))
            first++;
        if (!reading.InSentence(first, use) || !IsNameWord(reading, first) || tokens[first].Before > Gap.Space)
            return;
        if (tokens[use].Length <= 4 && tokens[use].Is(Sense.Filler | Sense.VersionBefore) && first == use + 1)
            return;
        var last = LastWord(reading, first);
        if (reading.InSentence(last + 1, last) && reading.IsWord(last + 1, Kind) && tokens[last + 1].Before == Gap.Space)
            return;
        if (!IsModelNumber(reading, last + 1))
            reading.Add(Field.ProductName, first, last, 60, Evidence.Weak);
    }

    /// <summary>From Family Max to Single Lite.</summary>
    private static void PlanChange(Reading reading, int from)
    {
        var tokens = reading.Tokens;
        if (((reading.SentenceOf(from) & Sense.PlanChange) | (reading.Message & (Sense.Plan | Sense.Licence))) == Sense.None)
            return;
        var first = AfterArticle(reading, from + 1);
        if (!reading.InSentence(first, from) || !IsPlanName(reading, first))
            return;
        var last = LastPlanWord(reading, first);
        var to = last + 1;
        if (!reading.InSentence(to, from) || !tokens[to].Is(Sense.To))
            return;
        var second = AfterArticle(reading, to + 1);
        if (!reading.InSentence(second, from) || !IsPlanName(reading, second))
            return;
        var end = LastPlanWord(reading, second);
        if (!HasTier(tokens, first, last) && !HasTier(tokens, second, end) && (reading.Message & Sense.Plan) == Sense.None)
            return;
        reading.Add(Field.ProductName, first, last, 83, Evidence.Context);
        reading.Add(Field.ProductName, second, end, 83, Evidence.Context);
    }

    private static int AfterArticle(Reading reading, int i)
    {
        while (i < reading.Tokens.Count && reading.Tokens[i].Kind == TokenKind.Word && !reading.Tokens[i].Capital && reading.Tokens[i].Is(Sense.Filler | Sense.Possessive | Sense.Plan))
            i++;
        return i;
    }

    private static bool IsPlanName(Reading reading, int i) =>
        IsNameWord(reading, i) || ((uint)i < (uint)reading.Tokens.Count && reading.Tokens[i].Capital && reading.Tokens[i].Is(Sense.Tier));

    private static int LastPlanWord(Reading reading, int first)
    {
        var last = first;
        while (last - first + 1 < MostWords && Follows(reading, last + 1) && IsPlanName(reading, last + 1))
            last++;
        if (Follows(reading, last + 1) && reading.IsWord(last + 1, Sense.Plan))
            last++;
        return last;
    }

    private static bool HasTier(TokenList tokens, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (tokens[i].Is(Sense.Tier))
                return true;
        }

        return false;
    }

    private static void TierAlone(Reading reading, int i)
    {
        if (reading.InSentence(i - 1, i) && reading.Tokens[i - 1].Capital && !reading.Tokens[i - 1].Is(Sense.Common))
            return;
        if (i > 0 && reading.InSentence(i - 1, i) && reading.Tokens[i - 1].Is(Sense.VersionBefore | Sense.To | Sense.From) && (reading.Message & (Sense.Plan | Sense.PlanChange)) != Sense.None && reading.Tokens[i].Lower)
            reading.Add(Field.ProductName, i, i, 58, Evidence.Weak);
    }

    /// <summary>A name with what stands behind it: a version, a number, a kind.</summary>
    private static int At(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        if (first > 0 && reading.IsWord(first - 1, Sense.Person) && Follows(reading, first))
            return first;
        var last = LastWord(reading, first);
        var next = last + 1;
        if (!reading.InSentence(next, last))
            return Unnumbered(reading, first, last);
        if (WithVersion(reading, first, last))
            return last;
        if (Follows(reading, next) && IsModelNumber(reading, next))
            return Numbered(reading, first, last, next);
        if (reading.IsWord(next, Sense.Program) && tokens[next].Capital && Follows(reading, next) && reading.InSentence(next + 1, next) && WithVersion(reading, first, next))
            return next;
        var kind = next;
        while (kind < next + 2 && Follows(reading, kind) && reading.IsWord(kind, Sense.Attribute) && !tokens[kind].Is(Kind))
            kind++;
        if (Follows(reading, kind) && reading.IsWord(kind, Kind) && tokens[kind].Kind == TokenKind.Word && IsOwned(reading, first) && !IsTitle(reading, kind))
        {
            var plan = tokens[kind].Is(Sense.Plan) && kind == next;
            var part = plan || (tokens[kind].Capital && kind == next && !reading.German);
            if (!IsAllAttributes(tokens, first, last))
                reading.Add(Field.ProductName, first, part ? kind : last, 80, Evidence.Context);
            return last;
        }

        if (first == last && tokens[first].Is(Sense.Tier) && reading.IsWord(next, Sense.Account | Sense.Licence | Sense.Version) && first > 0 && reading.IsWord(first - 1, Sense.Possessive | Sense.Filler))
            reading.Add(Field.ProductName, first, first, 62, Evidence.Weak);
        return Unnumbered(reading, first, last);
    }

    private static int Unnumbered(Reading reading, int first, int last)
    {
        var tokens = reading.Tokens;
        var senses = reading.SentenceOf(first);
        if (last > first && tokens[last].Is(Sense.Tier) && (senses & (Sense.Licence | Sense.Plan | Sense.Use | Sense.PlanChange | Sense.Program)) != Sense.None)
        {
            reading.Add(Field.ProductName, first, last, 66, Evidence.Context);
            return last;
        }

        for (var i = first; i <= last; i++)
        {
            if (tokens[i].Mixed && tokens[i].Kind == TokenKind.Word && !IsIdentifier(reading, i) && !IsFamilyName(tokens.TextOf(i)) && (senses & (Kind | Sense.Use | Sense.Possessive)) != Sense.None && !IsCompany(reading, first, last))
            {
                reading.Add(Field.ProductName, first, last, 52, Evidence.Weak);
                break;
            }
        }

        if (last == first && tokens[first].Is(Sense.Tier))
            TierAlone(reading, first);
        return last;
    }

    private static bool WithVersion(Reading reading, int first, int last)
    {
        var tokens = reading.Tokens;
        var i = last + 1;
        if (tokens[i].Kind == TokenKind.Symbol && tokens[i].First is '(' or ',')
            i++;
        while (i < last + 4 && reading.InSentence(i, last) && tokens[i].Kind == TokenKind.Word && tokens[i].Is(Sense.Version))
            i++;
        if (!reading.InSentence(i, last) || tokens[i].Before > Gap.Space || tokens[i].Kind is not (TokenKind.Number or TokenKind.Code))
            return false;
        var versioned = i > last + 1 && tokens[i - 1].Is(Sense.Version);
        var text = tokens.TextOf(i);
        if (!(Versions.IsDotted(text, out var parts) || (versioned && tokens[i].Length <= 6) || (text.Length > 1 && text[0] == 'v' && char.IsAsciiDigit(text[1]))) || IsCounted(reading, i + 1))
            return false;
        if (parts == 2 && text.Length - text.IndexOf('.') > 3 && !versioned)
            return false;
        reading.Add(Field.ProductName, first, last, 84, Evidence.Context);
        if (!versioned)
            reading.Add(Field.ProductVersion, i, i, 84, Evidence.Context);
        return true;
    }

    private static int Numbered(Reading reading, int first, int last, int number)
    {
        var tokens = reading.Tokens;
        var senses = reading.SentenceOf(first) | reading.Tokens.SentenceSenses(tokens[first].Sentence - 1);
        var owned = IsOwned(reading, first);
        if (tokens[number].Kind == TokenKind.Code)
        {
            if ((senses & (Kind | Sense.Possessive | Sense.Use)) != Sense.None)
                reading.Add(Field.ProductName, first, number, owned ? 81 : 76, Evidence.Context);
            return number;
        }

        if ((senses & (Kind | Sense.Use | Sense.Possessive)) == Sense.None)
            return number;
        var value = tokens.TextOf(number);
        var sentence = reading.SentenceOf(first);
        var program = value.Length < 3 && (sentence & (Sense.Device | Sense.Goods)) == Sense.None
            && ((sentence & Sense.Program) != Sense.None || (value.Length == 1 && (reading.Message & (Sense.Device | Sense.Goods)) == Sense.None && (reading.Message & (Sense.Program | Sense.Screen | Sense.Update | Sense.ThirdParty)) != Sense.None));
        if (!program)
        {
            reading.Add(Field.ProductName, first, number, 77, Evidence.Context);
        }
        else
        {
            reading.Add(Field.ProductName, first, last, 75, Evidence.Context);
            reading.Add(Field.ProductVersion, number, number, 75, Evidence.Context);
        }

        return number;
    }

    /// <summary>Whether a name at the start of a sentence, which has its capital anyway, or after a word that names of things follow.</summary>
    private static bool IsOwned(Reading reading, int first)
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
    private static bool IsTitle(Reading reading, int kind) =>
        reading.Tokens[kind].Capital && Follows(reading, kind + 1) && reading.Tokens[kind + 1].Kind == TokenKind.Word && reading.Tokens[kind + 1].Capital;

    /// <summary>McSweeney, MacDonald, O'Malley, DeVries and double names have a second capital too.</summary>
    private static bool IsFamilyName(ReadOnlySpan<char> name) =>
        name.StartsWith("Mc", StringComparison.Ordinal) || name.StartsWith("Mac", StringComparison.Ordinal) || name.StartsWith("De", StringComparison.Ordinal) || name.IndexOfAny("'’-") >= 0;

    /// <summary>Names in programs and their logs: App.Core.Signer, OnSign(), WARN  FxClient.</summary>
    private static bool IsIdentifier(Reading reading, int i)
    {
        var text = reading.Tokens.Text;
        var start = reading.Tokens[i].Start;
        var end = reading.Tokens[i].End;
        return (start > 0 && text[start - 1] is '.' or '/' or '_' or ':' or '<') || (end + 1 < text.Length && text[end] is '(' or '.' or ':' or '/' or '=' && !char.IsWhiteSpace(text[end + 1]))
            || reading.Tokens[i].Before > Gap.Space || (i > 0 && reading.Tokens[i - 1].Upper && !reading.Tokens[i - 1].Lower && reading.Tokens[i - 1].Length > 2) || text.AsSpan(start, end - start).EndsWith("Exception", StringComparison.Ordinal) || text.AsSpan(start, end - start).EndsWith("Error", StringComparison.Ordinal);
    }

    private static bool IsAllAttributes(TokenList tokens, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (!tokens[i].Is(Sense.Attribute))
                return false;
        }

        return true;
    }

    private static bool IsCompany(Reading reading, int first, int last) =>
        (first > 0 && reading.IsWord(first - 1, Sense.Time | Sense.Person)) || reading.IsWord(last + 1, Sense.Person);
}
