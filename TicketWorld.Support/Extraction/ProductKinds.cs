namespace TicketWorld.Support.Extraction;

/// <summary>Names behind a word that says what the thing is: the printer Signet 40, my thermostat (Warmly One), curtains "Nebelmeer".</summary>
internal static class ProductKinds
{
    private const int LongestQuoted = 60;

    /// <summary>The printer Signet 40, the plan Premium, my thermostat (Warmly One), curtains "Nebelmeer".</summary>
    internal static void AfterKind(Reading reading, int kind)
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

        if (!ProductWords.IsNameWord(reading, first) || (tokens[kind].Is(Sense.To | Sense.From) && !tokens[first].Mixed))
            return;
        var last = ProductWords.LastWord(reading, first);
        var plan = tokens[kind].Is(Sense.Plan) && !tokens[kind].Is(Sense.Device | Sense.Goods);
        if (plan && ProductWords.Follows(reading, last + 1) && tokens[last + 1].Kind == TokenKind.Word && tokens[last + 1].Length == 1 && tokens[last + 1].Upper)
            last++;
        if (tokens[kind].Is(Sense.Program) && !tokens[kind].Is(Sense.Device))
        {
            reading.Add(Field.ProductName, first, last, 78, Evidence.Context);
            if (ProductWords.IsModelNumber(reading, last + 1) && tokens[last + 1].Kind == TokenKind.Number)
                reading.Add(Field.ProductVersion, last + 1, last + 1, 78, Evidence.Context);
            return;
        }

        if (ProductWords.IsModelNumber(reading, last + 1))
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
        if (!reading.InSentence(first, kind) || !ProductWords.IsNameWord(reading, first))
            return;
        var last = ProductWords.LastWord(reading, first);
        if (ProductWords.IsModelNumber(reading, last + 1))
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
}
