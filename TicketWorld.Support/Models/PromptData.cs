using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace TicketWorld.Support.Models;

/// <summary>Writes what a prompt is about as JSON between marks that no text in it can close, since <c>&lt;</c> and <c>&gt;</c> are escaped.</summary>
public static class PromptData
{
    /// <summary>Longest subject or body that is looked at, in UTF-16 code units.</summary>
    public const int MostCharacters = 50_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static string Of<T>(string mark, T data) => $"<{mark}>\n{JsonSerializer.Serialize(data, Json)}\n</{mark}>";

    /// <summary>
    /// The text with its middle left out where it has more tokens than allowed: what a customer wants stands at the beginning or at the end. Tokens are
    /// counted from above: one for each three letters of ASCII, one for each other character.
    /// </summary>
    public static string Cut(string text, int maxTokens)
    {
        var whole = text.Length <= MostCharacters ? text : text[..MostCharacters];
        if (ThirdsOf(whole) <= 3L * maxTokens)
            return whole;
        var head = LengthWithin(whole, 2L * maxTokens, fromEnd: false);
        var tail = LengthWithin(whole, maxTokens, fromEnd: true);
        return $"{whole[..head]}\n[… {whole.Length - head - tail} characters left out …]\n{whole[^tail..]}";
    }

    /// <summary>In thirds of a token.</summary>
    private static long ThirdsOf(string text) => text.Sum(c => (long)ThirdsOf(c));

    private static int ThirdsOf(char c) => char.IsAsciiLetter(c) || c == ' ' ? 1 : 3;

    private static int LengthWithin(string text, long thirds, bool fromEnd)
    {
        var length = 0;
        while (length < text.Length && (thirds -= ThirdsOf(fromEnd ? text[^(length + 1)] : text[length])) >= 0)
            length++;

        // Half a surrogate pair is no character.
        if (length > 0 && length < text.Length && (fromEnd ? char.IsLowSurrogate(text[^length]) : char.IsHighSurrogate(text[length - 1])))
            length--;
        return length;
    }
}
