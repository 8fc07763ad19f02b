using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace TicketWorld.Support.Analysis.Reading;

/// <summary>Takes HTML out of what is read of a message: tags, comments, scripts and styles go, entities become their characters.</summary>
internal static class Markup
{
    /// <summary>Longer tags and entities are taken as text.</summary>
    private const int LongestTag = 2000;

    private const int LongestEntity = 10;

    private static readonly FrozenSet<string> Blocks = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "head", "body", "html", "title", "section", "pre");

    private static readonly FrozenSet<string> Inline = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "b", "i", "u", "a", "em", "strong", "span", "font", "img", "td", "th", "tbody", "thead", "code", "small", "big", "sub", "sup", "meta", "link", "style",
        "script", "center", "o:p", "input", "button", "form", "label", "iframe", "svg", "s", "del", "ins", "mark", "tt", "kbd");

    public static void LeaveOut(Message message)
    {
        var text = message.Text;
        var nextTag = text.IndexOf('<', message.BodyStart);
        while (nextTag >= 0)
        {
            var end = TagEnd(text, nextTag);
            if (end > nextTag)
            {
                message.LeaveOut(new TextSpan(nextTag, end - nextTag));
                if (Blocks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(NameOf(text, nextTag)))
                    message.Replace(nextTag, '\n');
            }

            nextTag = text.IndexOf('<', Math.Max(end, nextTag + 1));
        }

        for (var at = text.IndexOf('&'); at >= 0; at = text.IndexOf('&', at + 1))
            Decode(message, at);
    }

    /// <returns>Where the text goes on after the tag, comment, script or style that starts here; the start itself if none does.</returns>
    private static int TagEnd(string text, int start)
    {
        var window = text.AsSpan(start, Math.Min(LongestTag, text.Length - start));
        if (window.StartsWith("<!--", StringComparison.Ordinal))
        {
            var close = text.IndexOf("-->", start + 4, StringComparison.Ordinal);
            return close < 0 ? start : close + 3;
        }

        var name = NameOf(text, start);
        if (!Blocks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) && !Inline.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)
            && !name.StartsWith("!doctype", StringComparison.OrdinalIgnoreCase))
            return start;
        var end = window.IndexOf('>');
        if (end < 0)
            return start;
        if (window[1] != '/' && (name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase)))
        {
            var close = text.IndexOf($"</{name}>", start, StringComparison.OrdinalIgnoreCase);
            if (close >= 0)
                return close + name.Length + 3;
        }

        return start + end + 1;
    }

    private static ReadOnlySpan<char> NameOf(string text, int start)
    {
        var from = start + 1;
        if (from < text.Length && text[from] == '/')
            from++;
        var to = from;
        while (to < text.Length && to - from < LongestEntity && (char.IsAsciiLetterOrDigit(text[to]) || text[to] is ':' or '!'))
            to++;
        return text.AsSpan(from, to - from);
    }

    private static void Decode(Message message, int at)
    {
        var window = message.Text.AsSpan(at, Math.Min(LongestEntity, message.Text.Length - at));
        var end = window.IndexOf(';');
        if (end < 2)
            return;
        var entity = window[..(end + 1)].ToString();
        var decoded = WebUtility.HtmlDecode(entity);
        if (decoded.Length != 1 || decoded == entity)
            return;
        message.Replace(at, decoded[0] == '\u00a0' || CharUnicodeInfo.GetUnicodeCategory(decoded[0]) == UnicodeCategory.Control ? ' ' : decoded[0]);
        for (var i = 1; i <= end; i++)
            message.Replace(at + i, '\u00ad');
    }
}
