namespace TicketWorld.Support.Extraction;

/// <summary>Which word beside a number says what the number is.</summary>
internal static class ReferenceLabels
{
    internal const Sense Labels = Sense.Order | Sense.Account | Sense.Transaction | Sense.OtherNumber;

    /// <summary>How many words may stand between a label and its number.</summary>
    private const int MostBetween = 5;

    /// <summary>How far back a word may stand that says what a bare "reference" refers to.</summary>
    private const int ReferenceReach = 60;

    /// <summary>How far back a label may stand from a value that has the form of an id.</summary>
    private const int NearestReach = 9;

    /// <summary>A label before a number.</summary>
    /// <param name="Senses">Those of the word, none if there is no label.</param>
    /// <param name="Token">Its place.</param>
    /// <param name="Numbered">Whether "no.", "id", "#" or a colon stands between.</param>
    /// <param name="Between">How many words stand between.</param>
    internal readonly record struct Label(Sense Senses, int Token, bool Numbered, bool Colon, bool Copula, bool Reference, int Between);

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
                return new(copula && !numbered && PrintedOn(reading, i) is var printed and not Sense.None ? printed : before.Senses, i, numbered, colon, copula, reference, between);
            if (!before.Is(Sense.NumberWord | Sense.Reference | Sense.Copula | Sense.Filler) && !(colon && between == 0 && before.Is(Sense.Answer) && !before.Is(Sense.Interface | Sense.ErrorLabel)))
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

    /// <summary>What a number is that stands on the thing named last: the customer number printed on my bill is.</summary>
    private static Sense PrintedOn(Reading reading, int thing)
    {
        var tokens = reading.Tokens;
        var placed = false;
        for (var i = thing - 1; i > 0 && i >= thing - 8 && reading.InSentence(i, thing); i--)
        {
            placed |= tokens[i].Is(Sense.PlaceBefore | Sense.NameBefore | Sense.DateBefore);
            if (placed && tokens[i].Is(Sense.NumberWord) && tokens[i - 1].Is(Labels))
                return tokens[i - 1].Senses;
        }

        return Sense.None;
    }

    /// <summary>The nearest label before, past words that say nothing and past dates: die Rechnung vom 14.10.2026 (RG-5583).</summary>
    internal static Sense Nearest(Reading reading, int token)
    {
        for (var i = token - 1; i >= 0 && i >= token - NearestReach && reading.InSentence(i, token); i--)
        {
            ref var before = ref reading.Tokens[i];
            if (before.Kind == TokenKind.Code && before.Digit || before.Is(Sense.Fault) || before.IsSymbol(';'))
                return Sense.None;
            if (before.Kind == TokenKind.Word && before.Is(Labels))
                return before.Senses & Labels;
            if (before.Kind == TokenKind.Word && before.Is(Sense.Reference) && before.Length > 2 && reading.IsSymbol(token - 1, ':') && Referred(reading, token) is var referred and not Sense.None)
                return referred;
        }

        return Sense.None;
    }

    /// <summary>What "ref" and "id" refer to: the nearest order or transaction before.</summary>
    internal static Sense Referred(Reading reading, int token)
    {
        var tokens = reading.Tokens;
        for (var i = token - 1; i >= 0 && i >= token - ReferenceReach; i--)
        {
            var senses = tokens[i].Senses & (Sense.Order | Sense.Transaction);
            if (senses != Sense.None)
                return senses;
        }

        var after = reading.SentenceOf(token) & (Sense.Order | Sense.Transaction);
        if (after == Sense.None && (tokens[token].Kind == TokenKind.Code || tokens.TextOf(token).Contains('-')) && (reading.Message & Sense.Money) != Sense.None)
            return Sense.Transaction;
        return (after & Sense.Transaction) != Sense.None ? Sense.Transaction : after;
    }

    /// <summary>What a bare "no." counts: the nearest label before, in the sentence.</summary>
    internal static Sense Named(Reading reading, int token)
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
    internal static Label After(Reading reading, int last, Label none)
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
}
