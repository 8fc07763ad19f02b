namespace TicketWorld.Worlds.Messages;

/// <summary>How little punctuation some people use. Each method rewrites a text in place and returns its new length.</summary>
internal static class Punctuation
{
    /// <summary>Leaves out commas, and full stops before a new line.</summary>
    public static int Sparse(Span<char> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ',' || (text[i] == '.' && i + 1 < text.Length && text[i + 1] == '\n'))
                continue;
            text[length++] = text[i];
        }

        return length;
    }

    /// <summary>Leaves out all punctuation, and puts one space for line breaks, as dictation does.</summary>
    public static int Without(Span<char> text)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (c is '.' or ',' or '!' or '?' or ';' or ':' or '"' or '(' or ')')
                continue;
            if (c is not ('\n' or ' '))
                text[length++] = c;
            else if (length == 0 || text[length - 1] != ' ')
                text[length++] = ' ';
        }

        return length;
    }
}
