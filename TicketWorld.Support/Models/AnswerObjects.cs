using System.Text.Json;

namespace TicketWorld.Support.Models;

/// <summary>The JSON objects in a model's answer, which may stand in a code fence or among chatter.</summary>
internal static class AnswerObjects
{
    /// <summary>Longest answer that is looked through, in UTF-16 code units.</summary>
    public const int LongestAnswer = 128 * 1024;

    private const int MostObjects = 8;
    private const int MostStarts = 200;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>The outermost objects in the order of appearance, at most eight.</summary>
    public static IReadOnlyList<JsonElement> In(string answer)
    {
        var found = new List<JsonElement>();
        if (answer.Length > LongestAnswer)
            return found;
        var at = 0;
        for (var starts = 0; starts < MostStarts && found.Count < MostObjects && answer.IndexOf('{', at) is >= 0 and var start; starts++)
        {
            var end = EndOf(answer, start);
            if (end < 0)
            {
                at = start + 1;
                continue;
            }

            at = end;
            if (Parse(answer.AsMemory(start, end - start)) is { } value)
                found.Add(value);
            else
                at = start + 1;
        }

        return found;
    }

    /// <summary>Index after the brace that closes the one at the start; -1 when none does.</summary>
    private static int EndOf(string text, int start)
    {
        var depth = 0;
        var quoted = false;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '{' when !quoted:
                    depth++;
                    break;
                case '}' when !quoted && --depth == 0:
                    return i + 1;
            }
        }

        return -1;
    }

    private static JsonElement? Parse(ReadOnlyMemory<char> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
