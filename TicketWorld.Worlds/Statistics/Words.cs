using System.Text;

namespace TicketWorld.Worlds.Statistics;

/// <summary>
/// The words of a text as the statistics count them: runs of letters and digits, with the apostrophes and hyphens inside them, in lower
/// case. Layout and punctuation make no difference.
/// </summary>
internal static class Words
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static List<string> Of(string text)
    {
        var words = new List<string>(text.Length / 5);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || (start >= 0 && text[i] is '\'' or '’' or '-' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]))))
            {
                if (start < 0)
                    start = i;
            }
            else if (start >= 0)
            {
                words.Add(text[start..i].ToLowerInvariant());
                start = -1;
            }
        }

        return words;
    }

    /// <summary>A number for each run of <paramref name="length"/> words, in order; FNV-1a over the words, then mixed.</summary>
    public static ulong[] Runs(List<string> words, int length)
    {
        if (words.Count < length)
            return [];
        var runs = new ulong[words.Count - length + 1];
        for (var i = 0; i < runs.Length; i++)
        {
            var hash = Offset;
            for (var j = i; j < i + length; j++)
            {
                foreach (var c in words[j])
                    hash = (hash ^ c) * Prime;
                hash = (hash ^ ' ') * Prime;
            }

            hash ^= hash >> 32;
            runs[i] = hash * 0x9E3779B97F4A7C15;
        }

        return runs;
    }

    /// <summary>The first line that says something, without the spaces around it.</summary>
    public static string OpeningLine(string body)
    {
        foreach (var line in body.AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace())
                return line.Trim().ToString();
        }

        return "";
    }

    public static string First(List<string> words, int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Math.Min(count, words.Count); i++)
            text.Append(i == 0 ? "" : " ").Append(words[i]);
        return text.ToString();
    }
}
