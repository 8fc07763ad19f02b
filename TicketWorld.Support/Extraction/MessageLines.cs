namespace TicketWorld.Support.Extraction;

/// <summary>Lines that are no sentences: signatures, heads of mails, addresses.</summary>
internal static class MessageLines
{
    private const int ShortLine = 12;

    /// <summary>The token at which a closing formula begins a line; what follows are names of persons and firms.</summary>
    public static int SignatureStart(Reading reading)
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

    /// <summary>Whether a token stands on a line that is a head of a mail, a name or an address: a label and a colon, strokes, or no word in small letters.</summary>
    public static bool IsCard(Reading reading, int token)
    {
        var tokens = reading.Tokens;
        var first = token;
        while (tokens[first].Before != Gap.Line)
        {
            if (first == 0 || token - first > ShortLine)
                return false;
            first--;
        }

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
}
