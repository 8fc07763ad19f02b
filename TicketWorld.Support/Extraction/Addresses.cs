using System.Buffers;

namespace TicketWorld.Support.Extraction;

/// <summary>Where e-mail addresses and web addresses end.</summary>
/// <param name="topLevelDomains">Endings by which an address without scheme is known, in small letters.</param>
internal sealed class Addresses(IReadOnlySet<string> topLevelDomains)
{
    /// <summary>RFC 5321, 4.5.3.1.1.</summary>
    private const int LongestLocalPart = 64;

    /// <summary>RFC 1035, 2.3.4.</summary>
    private const int LongestHost = 253;

    private const int LongestScheme = 10;
    private const int LongestUrl = 2048;

    private static readonly SearchValues<char> Outside = SearchValues.Create(" \t\r\n\u00a0\u202f\u2028\u2029<>\"“”„«»`{}|\\^\u0000");

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _endings =
        new HashSet<string>(topLevelDomains, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The end of an e-mail address that starts at a place; 0 if none does.</summary>
    /// <param name="at">Place of the next @.</param>
    public static int EmailEnd(string text, int start, int at)
    {
        if (at - start > LongestLocalPart)
            return 0;
        for (var i = start; i < at; i++)
        {
            if (!IsLocal(text[i]) || (text[i] == '.' && text[i + 1] == '.'))
                return 0;
        }

        if (at == start || text[at - 1] == '.')
            return 0;
        return HostEnd(text, at + 1) is var end && IsHost(text.AsSpan(at + 1, end - at - 1), out _) ? end : 0;
    }

    /// <summary>The end of a web address that starts at a place; 0 if none does.</summary>
    /// <param name="scheme">Place of the next ://, or -1.</param>
    public int UrlEnd(string text, int start, int scheme)
    {
        if (scheme > start && scheme - start <= LongestScheme && scheme + 3 < text.Length && text.AsSpan(start, scheme - start).IndexOfAnyExceptInRange('a', 'z') < 0)
            return Trimmed(text, start, scheme + 3);
        if (scheme > start && scheme - start <= 5 && text.AsSpan(start).StartsWith("http", StringComparison.OrdinalIgnoreCase))
            return Trimmed(text, start, scheme + 3);

        var end = HostEnd(text, start);
        if (end - start < 4 || (end < text.Length && text[end] == '@'))
            return 0;
        var host = text.AsSpan(start, end - start);
        if (!IsHost(host, out var dots))
            return 0;
        var www = host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) && dots >= 2;
        var ending = host[(host.LastIndexOf('.') + 1)..];
        var path = end < text.Length && text[end] == '/' && end + 1 < text.Length && (TokenReader.IsInner(text[end + 1]) || char.IsWhiteSpace(text[end + 1]));
        if (!www && (!_endings.Contains(ending) || (ending.Length < 3 && dots < 2 && !path && !IsAsciiLower(host))))
            return 0;
        return end < text.Length && text[end] is '/' or ':' or '?' or '#' ? Math.Max(end, Trimmed(text, start, end)) : end;
    }

    private static bool IsAsciiLower(ReadOnlySpan<char> host) => host.IndexOfAnyInRange('A', 'Z') < 0;

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-';

    private static int HostEnd(string text, int start)
    {
        var limit = Math.Min(text.Length, start + LongestHost);
        var i = start;
        while (i < limit && (char.IsLetterOrDigit(text[i]) || text[i] is '.' or '-'))
            i++;
        while (i > start && text[i - 1] is '.' or '-')
            i--;
        return i;
    }

    private static bool IsHost(ReadOnlySpan<char> host, out int dots)
    {
        dots = host.Count('.');
        if (dots == 0 || host.Contains("..", StringComparison.Ordinal) || host[0] is '.' or '-')
            return false;
        var ending = host[(host.LastIndexOf('.') + 1)..];
        if (ending.Length < 2)
            return false;
        foreach (var c in ending)
        {
            if (!char.IsLetter(c) && !(ending.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) && (char.IsAsciiLetterOrDigit(c) || c == '-')))
                return false;
        }

        return true;
    }

    private static int Trimmed(string text, int start, int from)
    {
        var limit = Math.Min(text.Length, start + LongestUrl);
        var length = text.AsSpan(from, limit - from).IndexOfAny(Outside);
        var end = length < 0 ? limit : from + length;
        while (end > from)
        {
            var last = text[end - 1];
            if (last is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '’' or '*' or '…'
                || (last == ')' && text.AsSpan(start, end - start).Count(')') > text.AsSpan(start, end - start).Count('('))
                || (last == ']' && text.AsSpan(start, end - start).Count(']') > text.AsSpan(start, end - start).Count('[')))
                end--;
            else
                break;
        }

        return end > from ? end : from < text.Length && text[from - 1] != '/' ? from : 0;
    }
}
