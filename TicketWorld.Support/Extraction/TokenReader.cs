using System.Globalization;

namespace TicketWorld.Support.Extraction;

/// <summary>
/// Cuts a text into tokens in one pass. Markup, control and format characters separate tokens and are none; the places of tokens are
/// those of the text as it came.
/// </summary>
internal sealed class TokenReader(WordBook words, Addresses addresses)
{
    /// <summary>Markup longer than this is text.</summary>
    private const int LongestTag = 400;

    /// <summary>A line this long was probably broken by the mail program, so that its sentence goes on in the next.</summary>
    private const int WrappedLine = 60;

    private const int LongestEntity = 8;

    /// <param name="left">Ranges that are left out, in order.</param>
    public void Read(string text, IReadOnlyList<Range> left, TokenList tokens)
    {
        tokens.Clear(text);
        var state = new State { Next = 0, LineStart = 0, Gap = Gap.Line };
        var mask = 0;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        while (state.Next < text.Length)
        {
            var i = state.Next;
            if (mask < left.Count && i >= left[mask].Start.Value)
            {
                state.Next = Math.Max(i, left[mask++].End.Value);
                state.Gap = Gap.Line;
                state.Sentence++;
                continue;
            }

            var c = text[i];
            if (c is '\n' or '\r' or '\u2028' or '\u2029' or '\v' or '\f')
            {
                EndLine(text, ref state);
                continue;
            }

            if (IsBlank(c))
            {
                state.Gap = state.Gap switch { Gap.None => Gap.Space, Gap.Space => Gap.Wide, var gap => gap };
                state.Next++;
                continue;
            }

            if (c == '<' && TagEnd(text, i) is var tagEnd and > 0)
            {
                if (BreaksLine(text.AsSpan(i, tagEnd - i)))
                {
                    state.Gap = Gap.Line;
                    state.Sentence++;
                }
                else if (state.Gap < Gap.Wide)
                {
                    state.Gap = Gap.Wide;
                }

                state.Next = tagEnd;
                continue;
            }

            if (c == '&' && EntityEnd(text, i) is var entityEnd and > 0)
            {
                state.Gap = state.Gap == Gap.None ? Gap.Space : state.Gap;
                state.Next = entityEnd;
                continue;
            }

            if (!IsInner(c))
            {
                AddSymbol(text, tokens, ref state);
                continue;
            }

            if (at >= 0 && at < i)
                at = text.IndexOf('@', i);
            if (scheme >= 0 && scheme < i)
                scheme = text.IndexOf("://", i, StringComparison.Ordinal);
            if (at >= 0 && Addresses.EmailEnd(text, i, at) is var emailEnd and > 0)
                Add(tokens, ref state, TokenKind.Email, emailEnd);
            else if (addresses.UrlEnd(text, i, scheme) is var urlEnd and > 0)
                Add(tokens, ref state, TokenKind.Url, urlEnd);
            else
                AddChunk(text, tokens, ref state);
        }
    }

    private static bool IsBlank(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || c is '\u00ad' or '\ufeff' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u206f');

    /// <summary>Whether a character is part of words and codes.</summary>
    internal static bool IsInner(char c) =>
        c < 0x80 ? char.IsAsciiLetterOrDigit(c) || c == '_' : char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static void EndLine(string text, ref State state)
    {
        var i = state.Next;
        var width = i - state.LineStart;
        var next = i + 1;
        if (text[i] == '\r' && next < text.Length && text[next] == '\n')
            next++;
        var following = next;
        while (following < text.Length && text[following] is ' ' or '\t')
            following++;
        var goesOn = width >= WrappedLine && following < text.Length && char.IsLetterOrDigit(text[following]);
        if (!goesOn)
            state.Sentence++;
        state.Gap = Gap.Line;
        state.Next = next;
        state.LineStart = next;
    }

    private static int TagEnd(string text, int start)
    {
        if (start + 2 >= text.Length || !(char.IsAsciiLetter(text[start + 1]) || (text[start + 1] == '/' && char.IsAsciiLetter(text[start + 2]))))
            return 0;
        var length = Math.Min(LongestTag, text.Length - start);
        var end = text.AsSpan(start, length).IndexOf('>');
        if (end < 0)
            return 0;
        var tag = text.AsSpan(start + 1, end - 1);
        var name = tag.TrimStart('/');
        var letters = 0;
        while (letters < name.Length && char.IsAsciiLetterOrDigit(name[letters]))
            letters++;
        var rest = name[letters..];
        return rest.Length > 0 && !char.IsWhiteSpace(rest[0]) && rest[0] != '/' ? 0 : start + end + 1;
    }

    private static bool BreaksLine(ReadOnlySpan<char> tag)
    {
        var name = tag.Trim("</>");
        return name.StartsWith("br", StringComparison.OrdinalIgnoreCase) || name.StartsWith("div", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("li", StringComparison.OrdinalIgnoreCase) || name.StartsWith("tr", StringComparison.OrdinalIgnoreCase)
            || name is "p" || name.StartsWith("p ", StringComparison.OrdinalIgnoreCase);
    }

    private static int EntityEnd(string text, int start)
    {
        var length = Math.Min(LongestEntity, text.Length - start);
        var end = text.AsSpan(start, length).IndexOf(';');
        if (end < 2)
            return 0;
        foreach (var c in text.AsSpan(start + 1, end - 1))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '#')
                return 0;
        }

        return start + end + 1;
    }

    private static void AddSymbol(string text, TokenList tokens, ref State state)
    {
        var c = text[state.Next];
        var token = new Token { Start = state.Next, Length = 1, Kind = TokenKind.Symbol, Before = state.Gap, First = c, Sentence = state.Sentence };
        tokens.Add(token);
        state.Next++;
        state.Gap = Gap.None;
        if (c is '!' or '?' || (c == '.' && EndsSentence(text, tokens, state.Next)))
            state.Sentence++;
    }

    private static bool EndsSentence(string text, TokenList tokens, int next)
    {
        if (next < text.Length && !char.IsWhiteSpace(text[next]) && text[next] is not ('"' or '\'' or ')' or '”' or '»' or '<'))
            return false;
        if (tokens.Count < 2)
            return true;
        ref var before = ref tokens[tokens.Count - 2];
        if (tokens[tokens.Count - 1].Before != Gap.None)
            return true;
        if (before.Kind == TokenKind.Word && before.Length <= 6 && (before.Is(Sense.NumberWord | Sense.Reference | Sense.Phone | Sense.Person) || before.Month > 0))
            return false;
        if (before.Kind == TokenKind.Word && before.Length == 1)
            return false;
        var following = next;
        while (following < text.Length && text[following] == ' ')
            following++;
        if (before.Kind == TokenKind.Word && before.Length <= 3 && before.Currency > 0 && following < text.Length && char.IsAsciiDigit(text[following]))
            return false;
        if (before.Kind == TokenKind.Word && tokens.TextOf(tokens.Count - 2).EndsWith("nr", StringComparison.OrdinalIgnoreCase))
            return false;
        if (before.Kind == TokenKind.Word && before.Length <= 5 && before.Is(Sense.Order | Sense.Account | Sense.Transaction) && following < text.Length && char.IsLower(text[following]))
            return false;
        if (before.Kind == TokenKind.Word && before.Length <= 16 && before.Is(Sense.Order | Sense.Account | Sense.Transaction | Sense.OtherNumber | Sense.Version) && following < text.Length && char.IsAsciiDigit(text[following]))
            return false;
        return before.Kind != TokenKind.Number || following >= text.Length || !(char.IsLower(text[following]) || before.Length <= 2);
    }

    private void AddChunk(string text, TokenList tokens, ref State state)
    {
        var start = state.Next;
        var end = ChunkEnd(text, start);
        if (!IsSlashed(text.AsSpan(start, end - start)))
            end = Cut(text, start, end);
        Add(tokens, ref state, null, end);
    }

    /// <summary>Where the run of letters and digits with single separators between them ends.</summary>
    private static int ChunkEnd(string text, int start)
    {
        var i = start;
        while (i < text.Length)
        {
            if (IsInner(text[i]))
            {
                i++;
                continue;
            }

            if (i + 1 >= text.Length || !IsInner(text[i + 1]))
                return i;
            var before = text[i - 1];
            var after = text[i + 1];
            var joins = text[i] switch
            {
                '-' or '\u2011' or '.' or '/' => true,
                ',' or ':' => char.IsAsciiDigit(before) && char.IsAsciiDigit(after),
                '\'' or '’' => (char.IsAsciiDigit(before) && char.IsAsciiDigit(after)) || (char.IsLetter(before) && char.IsLetter(after) && !Elides(text, start, i)),
                _ => false,
            };
            if (!joins)
                return i;
            i++;
        }

        return i;
    }

    /// <summary>Whether what stands before an apostrophe is a word of its own: l'appli, d'erreur, qu'il.</summary>
    private static bool Elides(string text, int start, int apostrophe) =>
        apostrophe - start == 1 ? "ldjnscmtLDJNSCMT".Contains(text[start], StringComparison.Ordinal)
        : apostrophe - start == 2 && text[start] is 'q' or 'Q' && text[start + 1] is 'u' or 'U';

    /// <summary>Cuts at a full stop or stroke between two words without digits: and/or, end.Next.</summary>
    private static int Cut(string text, int start, int end)
    {
        var segment = start;
        var plainBefore = false;
        for (var i = start; i <= end; i++)
        {
            if (i < end && text[i] is not ('.' or '/'))
                continue;
            var plain = IsPlain(text.AsSpan(segment, i - segment));
            if (segment > start && plainBefore && plain && (text[segment - 1] == '/' || i - segment > 1))
                return segment - 1;
            plainBefore = plain;
            segment = i + 1;
        }

        return end;
    }

    /// <summary>Whether strokes stand inside one id: OSP/R/118.</summary>
    private static bool IsSlashed(ReadOnlySpan<char> chunk)
    {
        if (!chunk.Contains('/') || chunk.IndexOfAnyInRange('0', '9') < 0 || !char.IsAsciiLetterUpper(chunk[0]))
            return false;
        foreach (var c in chunk)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c is not ('/' or '-'))
                return false;
        }

        return true;
    }

    private static bool IsPlain(ReadOnlySpan<char> segment)
    {
        foreach (var c in segment)
        {
            if (char.IsDigit(c) || c == '_')
                return false;
        }

        return true;
    }

    private void Add(TokenList tokens, ref State state, TokenKind? kind, int end)
    {
        var token = new Token { Start = state.Next, Length = end - state.Next, Before = state.Gap, First = tokens.Text[state.Next], Sentence = state.Sentence };
        var text = tokens.Text.AsSpan(token.Start, token.Length);
        var separator = false;
        var small = false;
        foreach (var c in text)
        {
            if (char.IsDigit(c))
            {
                token.Digit = true;
            }
            else if (char.IsUpper(c))
            {
                token.Upper = true;
                token.Mixed |= small;
            }
            else if (char.IsLetter(c))
            {
                token.Lower = true;
            }
            else if (c is '_' or '/' or '.')
            {
                separator = true;
            }

            small = char.IsLower(c);
        }

        token.Capital = char.IsUpper(text[0]);
        var letters = token.Upper || token.Lower;
        token.Kind = kind ?? (token.Digit ? letters || text.Contains('_') ? TokenKind.Code : TokenKind.Number : separator ? TokenKind.Code : TokenKind.Word);
        if (token.Kind is TokenKind.Word or TokenKind.Code && token.Length <= 64)
        {
            var entry = words.Find(text);
            if (entry == default && text.LastIndexOf('-') is var hyphen and > 0 && token.Kind == TokenKind.Word)
                entry = words.Find(text[(hyphen + 1)..]);
            if (text.Length > 2 && text[^1] is 's' or 'S' && text[^2] is '\'' or '’')
                entry = entry.With(words.Find(text[..^2]));
            token.Senses = entry.Senses;
            token.Month = entry.Month;
            token.Currency = entry.Currency;
        }

        tokens.Add(token);
        state.Next = end;
        state.Gap = Gap.None;
    }

    private struct State
    {
        public int Next;
        public int LineStart;
        public int Sentence;
        public Gap Gap;
    }
}
