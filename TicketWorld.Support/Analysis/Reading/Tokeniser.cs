namespace TicketWorld.Support.Analysis.Reading;

/// <summary>Splits what is read of a message into tokens with their sentences, in one pass. What is no word of any language for its length is left out.</summary>
internal static class Tokeniser
{
    private const int LongestWord = 60;

    public static List<Token> Split(Message message)
    {
        var text = message.Read;
        var tokens = new List<Token>(text.Length / 5 + 4);
        int sentence = 0, clause = 0;
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) && at + 1 < text.Length && char.IsSurrogatePair(c, text[at + 1]) && char.IsLetter(message.Text, at))
            {
                var end = EndOf(text, at, out var kind);
                if (kind == TokenKind.Word && Elision(text, at, end) is > 0 and var elided)
                    end = at + elided;
                if (kind != TokenKind.Blob)
                    tokens.Add(new Token(new TextSpan(at, end - at), kind, sentence, clause));
                at = end;
                continue;
            }

            if (at == message.BodyStart - 1 || c is '!' or '?' or ';' or '•' || c == '.' && EndsSentence(text, at) || c == '\n' && EndsLine(text, at))
            {
                sentence++;
                clause++;
            }
            else if (c is ',' or ':' or '(' or ')' or '–' or '—' or '…' || c == '-' && at > 0 && text[at - 1] == ' ')
            {
                clause++;
            }

            at++;
        }

        return tokens;
    }

    private static int EndOf(ReadOnlySpan<char> text, int start, out TokenKind kind)
    {
        var end = start;
        bool digits = false, letters = false, at = false, slash = false, dot = false, joined = false;
        while (end < text.Length)
        {
            var c = text[end];
            if (char.IsDigit(c))
                digits = true;
            else if (char.IsLetter(c) || char.IsSurrogate(c))
                letters = true;
            else if (!Folding.IsPassedOver(c) && !Joins(text, start, end, ref at, ref slash, ref dot, ref joined))
                break;
            end++;
        }

        kind = at ? TokenKind.Mail
            : slash || dot && letters && !digits ? TokenKind.Url
            : end - start > LongestWord ? TokenKind.Blob
            : digits && letters ? TokenKind.Code
            : digits ? TokenKind.Number
            : TokenKind.Word;
        return end;
    }

    /// <summary>Whether a sign between two letters or digits keeps them together.</summary>
    private static bool Joins(ReadOnlySpan<char> text, int start, int at, ref bool mail, ref bool slash, ref bool dot, ref bool joined)
    {
        if (at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]) && !(text[at] == ':' && text[at + 1] == '/') && !(slash && text[at + 1] == '/'))
            return false;
        var (before, c, after) = (text[at - 1], text[at], text[at + 1]);
        switch (c)
        {
            case '@':
                return mail = true;
            case '.' when char.IsDigit(before) && char.IsDigit(after):
            case ',' when char.IsDigit(before) && char.IsDigit(after):
                return true;
            case '.' when mail || slash:
                return true;
            case '.' when char.IsLetter(before) && char.IsLower(after) && at - start > 2:
                return dot = true;
            case ':' when after == '/':
                return slash = true;
            case '/' or '?' or '=' or '&' or '#' or '%' or '-' or '_' or ':' when slash:
                return true;
            case '-' or '_' or '+' when mail:
                return true;
            case '_' or '-' when joined || char.IsDigit(after) || char.IsDigit(before) || c == '_':
                return joined = true;
            default:
                return false;
        }
    }

    /// <summary>French and Italian articles and pronouns before an apostrophe are words by themselves (l'appli, n'est).</summary>
    private static int Elision(ReadOnlySpan<char> text, int start, int end)
    {
        for (var i = 1; i <= 2 && start + i + 1 < end; i++)
        {
            if (text[start + i] is not ('\'' or '’'))
                continue;
            var first = char.ToLowerInvariant(text[start]);
            return i == 1 ? (first is 'l' or 'd' or 'j' or 'n' or 's' or 'c' or 'm' or 't' ? 1 : 0) : first == 'q' ? 2 : 0;
        }

        return 0;
    }

    private static bool EndsSentence(ReadOnlySpan<char> text, int at) => at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]);

    /// <summary>A line break ends a sentence where a blank line, a list mark or a capital after a short line follows.</summary>
    private static bool EndsLine(ReadOnlySpan<char> text, int at)
    {
        var next = at + 1;
        while (next < text.Length && text[next] is ' ' or '\t' or '\r')
            next++;
        return next >= text.Length || !char.IsLower(text[next]);
    }
}
