namespace TicketWorld.Support.Extraction;

/// <summary>Names of plans: around a change from one to another, and alone.</summary>
internal static class ProductPlans
{
    /// <summary>From Family Max to Single Lite.</summary>
    internal static void PlanChange(Reading reading, int from)
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
        ProductWords.IsNameWord(reading, i) || ((uint)i < (uint)reading.Tokens.Count && reading.Tokens[i].Capital && reading.Tokens[i].Is(Sense.Tier));

    private static int LastPlanWord(Reading reading, int first)
    {
        var last = first;
        while (last - first + 1 < ProductWords.MostWords && ProductWords.Follows(reading, last + 1) && IsPlanName(reading, last + 1))
            last++;
        if (ProductWords.Follows(reading, last + 1) && reading.IsWord(last + 1, Sense.Plan))
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

    internal static void TierAlone(Reading reading, int i)
    {
        if (reading.InSentence(i - 1, i) && reading.Tokens[i - 1].Capital && !reading.Tokens[i - 1].Is(Sense.Common))
            return;
        if (i > 0 && reading.InSentence(i - 1, i) && reading.Tokens[i - 1].Is(Sense.VersionBefore | Sense.To | Sense.From) && (reading.Message & (Sense.Plan | Sense.PlanChange)) != Sense.None && reading.Tokens[i].Lower)
            reading.Add(Field.ProductName, i, i, 58, Evidence.Weak);
    }
}
