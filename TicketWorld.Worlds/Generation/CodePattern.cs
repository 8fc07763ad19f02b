using System.Globalization;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// How a postal code or a telephone number is written: <c>{place}</c> is what the place gives, <c>{01-49}</c> a number of a range with as many
/// digits, <c>@</c> a letter; everything else stands as it is. For example <c>{place}{1-9} {1-9}@@</c>.
/// </summary>
internal sealed class CodePattern
{
    /// <summary>Letters that no country's codes leave out because they look like others.</summary>
    private const string Letters = "ABDEFGHJLNPQRSTUWXYZ";
    private const int LongestCode = 32;
    private readonly List<Part> _parts = [];

    private CodePattern()
    {
    }

    /// <param name="Text">Literal text; null for the place, a letter or a range.</param>
    private readonly record struct Part(string? Text, bool IsPlace, int From, int To, int Digits);

    /// <summary>How many different codes a place has.</summary>
    public long Count { get; private set; } = 1;

    /// <exception cref="PackException">The pattern cannot be read.</exception>
    public static CodePattern Read(PackNode node, int longestPlace)
    {
        var pattern = new CodePattern();
        var text = node.Text;
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            var part = ReadPart(node, text, ref at);
            pattern._parts.Add(part);
            pattern.Count *= part.Text is null && !part.IsPlace ? part.To - part.From + 1 : 1;
            length += part.Text?.Length ?? (part.IsPlace ? longestPlace : part.Digits);
        }

        return length is > 0 and <= LongestCode && pattern.Count < 1_000_000_000
            ? pattern
            : throw node.Error($"'{text}' makes codes of {length} characters.", $"Write a pattern of 1 to {LongestCode}, for example '{{place}}{{01-49}}'.");
    }

    public string Draw(string place, ref Draws draws) => Write(place, draws.Between(0L, Count - 1));

    /// <summary>The code of a place with a number below <see cref="Count"/>; different numbers give different codes.</summary>
    public string Write(string place, long number)
    {
        Span<char> space = stackalloc char[LongestCode];
        var writer = new SpanText(space);
        Span<char> digits = stackalloc char[12];
        foreach (var part in _parts)
        {
            if (part.Text is { } literal)
            {
                writer.Add(literal);
                continue;
            }

            if (part.IsPlace)
            {
                writer.Add(place);
                continue;
            }

            (number, var rest) = Math.DivRem(number, part.To - part.From + 1);
            var value = part.From + (int)rest;
            if (part.Digits == 0)
            {
                writer.Add(Letters[value]);
                continue;
            }

            value.TryFormat(digits, out var written, provider: CultureInfo.InvariantCulture);
            for (var zero = written; zero < part.Digits; zero++)
                writer.Add('0');
            writer.Add(digits[..written]);
        }

        return writer.ToString();
    }

    private static Part ReadPart(PackNode node, string text, ref int at)
    {
        if (text[at] == '@')
        {
            at++;
            return new Part(null, false, 0, Letters.Length - 1, 0);
        }

        if (text[at] != '{')
        {
            var end = text.AsSpan(at).IndexOfAny('{', '@');
            var literal = end < 0 ? text[at..] : text.Substring(at, end);
            at += literal.Length;
            return new Part(literal, false, 0, 0, 0);
        }

        var close = text.IndexOf('}', at);
        var inner = close < 0 ? "" : text[(at + 1)..close];
        at = close + 1;
        if (inner == "place")
            return new Part(null, true, 0, 0, 0);
        var dash = inner.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && int.TryParse(inner.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && int.TryParse(inner.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            && from <= to && inner.Length - dash - 1 <= 6
            ? new Part(null, false, from, to, dash)
            : throw node.Error($"'{text}' has a part that is neither {{place}} nor a range such as {{01-49}}.", "Close each brace, and write the lower end first.");
    }
}
