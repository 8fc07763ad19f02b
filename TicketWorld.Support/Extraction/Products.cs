namespace TicketWorld.Support.Extraction;

/// <summary>
/// Names of products, plans and devices. Nothing lists them, so each needs evidence beside it: a version, a word such as plan, app or
/// printer, "model", a change from one plan to another. Names of third parties are in the word lists and are never taken.
/// </summary>
internal static class Products
{
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
            if (token.Is(ProductWords.Kind))
                ProductKinds.AfterKind(reading, i);
            if (token.Is(Sense.Use | Sense.Licence))
                AfterUse(reading, i);
            if (token.Is(Sense.From))
                ProductPlans.PlanChange(reading, i);
            if (ProductWords.IsNameWord(reading, i) && !ProductWords.IsNameWord(reading, i - 1))
                i = Math.Max(i, At(reading, i));
            else if (token.Is(Sense.Tier) && token.Capital)
                ProductPlans.TierAlone(reading, i);
        }
    }

    /// <summary>A name with what stands behind it: a version, a number, a kind.</summary>
    private static int At(Reading reading, int first)
    {
        var tokens = reading.Tokens;
        if (first > 0 && reading.IsWord(first - 1, Sense.Person) && ProductWords.Follows(reading, first))
            return first;
        var last = ProductWords.LastWord(reading, first);
        var next = last + 1;
        if (!reading.InSentence(next, last))
            return Unnumbered(reading, first, last);
        if (WithVersion(reading, first, last))
            return last;
        if (ProductWords.Follows(reading, next) && ProductWords.IsModelNumber(reading, next))
            return Numbered(reading, first, last, next);
        if (reading.IsWord(next, Sense.Program) && tokens[next].Capital && ProductWords.Follows(reading, next) && reading.InSentence(next + 1, next) && WithVersion(reading, first, next))
            return next;
        var kind = next;
        while (kind < next + 2 && ProductWords.Follows(reading, kind) && reading.IsWord(kind, Sense.Attribute) && !tokens[kind].Is(ProductWords.Kind))
            kind++;
        if (ProductWords.Follows(reading, kind) && reading.IsWord(kind, ProductWords.Kind) && tokens[kind].Kind == TokenKind.Word && ProductWords.IsOwned(reading, first) && !ProductWords.IsTitle(reading, kind))
        {
            var plan = tokens[kind].Is(Sense.Plan) && kind == next;
            var part = plan || (tokens[kind].Capital && kind == next && !reading.German);
            if (!ProductWords.IsAllAttributes(tokens, first, last))
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
            if (tokens[i].Mixed && tokens[i].Kind == TokenKind.Word && !ProductWords.IsIdentifier(reading, i) && !ProductWords.IsFamilyName(tokens.TextOf(i)) && (senses & (ProductWords.Kind | Sense.Use | Sense.Possessive)) != Sense.None && !ProductWords.IsCompany(reading, first, last))
            {
                reading.Add(Field.ProductName, first, last, 52, Evidence.Weak);
                break;
            }
        }

        if (last == first && tokens[first].Is(Sense.Tier))
            ProductPlans.TierAlone(reading, first);
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
        if (!(Versions.IsDotted(text, out var parts) || (versioned && tokens[i].Length <= 6) || (text.Length > 1 && text[0] == 'v' && char.IsAsciiDigit(text[1]))) || ProductWords.IsCounted(reading, i + 1))
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
        var owned = ProductWords.IsOwned(reading, first);
        if (tokens[number].Kind == TokenKind.Code)
        {
            if ((senses & (ProductWords.Kind | Sense.Possessive | Sense.Use)) != Sense.None)
                reading.Add(Field.ProductName, first, number, owned ? 81 : 76, Evidence.Context);
            return number;
        }

        if ((senses & (ProductWords.Kind | Sense.Use | Sense.Possessive)) == Sense.None)
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

    private static void AfterModel(Reading reading, int model)
    {
        var tokens = reading.Tokens;
        var first = model + 1;
        if (reading.IsSymbol(first, ':'))
            first++;
        if (!reading.InSentence(first, model) || tokens[first].Kind is not (TokenKind.Word or TokenKind.Code) || !tokens[first].Capital || tokens[first].Is(Sense.NumberWord | Sense.Copula) || tokens[first].Is(Sense.Common))
            return;
        var last = first;
        while (last - first + 1 < ProductWords.MostWords && ProductWords.Follows(reading, last + 1) && tokens[last + 1].Kind is TokenKind.Word && tokens[last + 1].Capital && !tokens[last + 1].Is(Sense.Common))
            last++;
        if (ProductWords.IsModelNumber(reading, last + 1))
            last++;
        if (last > first || tokens[first].Lower || tokens[first].Digit)
            reading.Add(Field.ProductName, first, last, 86, Evidence.Label);
    }

    /// <summary>We use Fieldnote, uso o Vitrine 3, licences of Moorhen Pro.</summary>
    private static void AfterUse(Reading reading, int use)
    {
        var tokens = reading.Tokens;
        var first = use + 1;
        while (first < use + 4 && reading.InSentence(first, use) && tokens[first].Kind == TokenKind.Word && !tokens[first].Capital && tokens[first].Is(Sense.Filler | Sense.Possessive))
            first++;
        if (!reading.InSentence(first, use) || !ProductWords.IsNameWord(reading, first) || tokens[first].Before > Gap.Space)
            return;
        if (tokens[use].Length <= 4 && tokens[use].Is(Sense.Filler | Sense.VersionBefore) && first == use + 1)
            return;
        var last = ProductWords.LastWord(reading, first);
        if (reading.InSentence(last + 1, last) && reading.IsWord(last + 1, ProductWords.Kind) && tokens[last + 1].Before == Gap.Space)
            return;
        if (!ProductWords.IsModelNumber(reading, last + 1))
            reading.Add(Field.ProductName, first, last, 60, Evidence.Weak);
    }
}
