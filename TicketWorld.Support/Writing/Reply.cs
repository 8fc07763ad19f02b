using System.Text.Json;

namespace TicketWorld.Support.Writing;

/// <summary>Takes named texts from a model's answer: one JSON object, which may stand in a code fence, with just those keys.</summary>
internal static class Reply
{
    /// <returns>The texts, or null with the problem.</returns>
    public static string[]? Parse(string answer, string[] keys, out string problem)
    {
        var start = answer.IndexOf('{', StringComparison.Ordinal);
        var end = answer.LastIndexOf('}');
        problem = "it holds no JSON object.";
        if (start < 0 || end < start)
            return null;
        try
        {
            using var document = JsonDocument.Parse(answer.AsMemory(start, end - start + 1), new JsonDocumentOptions { MaxDepth = 4 });
            var texts = new string[keys.Length];
            for (var i = 0; i < keys.Length; i++)
            {
                if (!document.RootElement.TryGetProperty(keys[i], out var value) || value.ValueKind != JsonValueKind.String)
                {
                    problem = $"\"{keys[i]}\" is missing or no text.";
                    return null;
                }

                texts[i] = value.GetString()!.ReplaceLineEndings("\n").Trim();
            }

            return texts;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = "it is not well-formed JSON.";
            return null;
        }
    }

    /// <summary>The traces of prompts, refusals or instructions in a text.</summary>
    public static IEnumerable<string> Traces(string text) => Prompts.Forbidden.Where(f => text.Contains(f, StringComparison.OrdinalIgnoreCase));
}
