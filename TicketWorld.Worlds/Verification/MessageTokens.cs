using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Verification;

/// <summary>Recognises what has a shape rather than a wording: amounts of money and order numbers.</summary>
internal static class MessageTokens
{
    /// <summary>Reads <c>1,299.00</c>, <c>1299</c> or <c>12.5</c>, the digits after the sign of a currency.</summary>
    public static bool TryAmount(ReadOnlySpan<char> text, int at, out Money amount, out int end)
    {
        amount = default;
        end = at;
        long units = 0;
        var digits = 0;
        while (end < text.Length && digits < 12)
        {
            if (char.IsAsciiDigit(text[end]))
            {
                units = units * 10 + (text[end] - '0');
                digits++;
                end++;
            }
            else if (text[end] == ',' && digits > 0 && IsGroup(text, end + 1))
            {
                end++;
            }
            else
            {
                break;
            }
        }

        if (digits == 0)
            return false;
        var cents = units * 100;
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            cents += (text[end + 1] - '0') * 10;
            end += 2;
            if (end < text.Length && char.IsAsciiDigit(text[end]))
                cents += text[end++] - '0';
        }

        amount = new Money(cents);
        return true;
    }

    /// <summary>Reads <c>61.90</c> or <c>1,299.00</c> without a sign of a currency: two decimals, not part of a date or a version, and no other sign before it.</summary>
    public static bool TryBareAmount(ReadOnlySpan<char> text, int at, out Money amount, out int end) =>
        TryAmount(text, at, out amount, out end) && end - at >= 4 && text[end - 3] == '.'
        && (at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is '(' or ':')
        && (end == text.Length || (!PhraseTrie.IsWord(text[end]) && !(text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))));

    /// <summary>
    /// Reads a token such as <c>ord-20260114-1001</c> (lower case) at a word start: <c>ord</c>, then a dash or a digit, then letters,
    /// digits and dashes with a digit among them. What is misspelled still has this shape; spaces for the dashes count where eight and
    /// four digits stand as they should.
    /// </summary>
    public static bool TryOrderNumber(ReadOnlySpan<char> lower, int at, out int end)
    {
        end = at;
        if (lower.Length - at < 5 || !lower[at..].StartsWith("ord"))
            return false;
        if (lower[at + 3] == ' ')
            return IsSpaced(lower, at + 4, out end);
        if ((lower[at + 3] != '-' && !char.IsAsciiDigit(lower[at + 3])))
            return false;
        end = at + 3;
        var hasDigit = false;
        while (end < lower.Length && (char.IsAsciiLetterOrDigit(lower[end]) || lower[end] == '-'))
            hasDigit |= char.IsAsciiDigit(lower[end++]);
        while (lower[end - 1] == '-')
            end--;
        return hasDigit;
    }

    private static bool IsSpaced(ReadOnlySpan<char> lower, int at, out int end)
    {
        end = at + 13;
        return lower.Length >= end && !lower.Slice(at, 8).ContainsAnyExceptInRange('0', '9') && lower[at + 8] is ' ' or '-'
            && !lower.Slice(at + 9, 4).ContainsAnyExceptInRange('0', '9') && PhraseTrie.IsBoundary(lower, end);
    }

    private static bool IsGroup(ReadOnlySpan<char> text, int at) =>
        at + 3 <= text.Length && char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2])
        && (at + 3 == text.Length || !char.IsAsciiDigit(text[at + 3]));
}
