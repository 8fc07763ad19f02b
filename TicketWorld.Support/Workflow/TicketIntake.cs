using System.Text;
using TicketWorld.Support.Analysis;

namespace TicketWorld.Support.Workflow;

/// <summary>Makes what customers send fit to be kept and read: line breaks and spaces stay, nothing that can be seen is lost.</summary>
public static class TicketIntake
{
    /// <summary>Most characters of a subject.</summary>
    public const int LongestSubject = 500;

    /// <summary>Most characters of a body.</summary>
    public const int LongestBody = 50_000;

    /// <summary>The text without control characters, and with halves of characters replaced by U+FFFD.</summary>
    /// <param name="text">The text as it came.</param>
    /// <param name="warnings">Gets a sentence for each kind of change.</param>
    public static TicketText Clean(TicketText text, ICollection<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(warnings);
        var removed = 0;
        var halves = 0;
        var cleaned = text with { Subject = Cleaned(text.Subject), Body = Cleaned(text.Body) };
        if (removed > 0)
            warnings.Add($"{removed} control characters were taken out of the text.");
        if (halves > 0)
            warnings.Add($"{halves} halves of characters were replaced.");
        return cleaned;

        string Cleaned(string part)
        {
            if (!part.Any(c => IsControl(c) || char.IsSurrogate(c)))
                return part;
            var clean = new StringBuilder(part.Length);
            for (var i = 0; i < part.Length; i++)
            {
                var c = part[i];
                if (IsControl(c))
                {
                    removed++;
                }
                else if (char.IsHighSurrogate(c) && i + 1 < part.Length && char.IsLowSurrogate(part[i + 1]))
                {
                    clean.Append(c).Append(part[++i]);
                }
                else if (char.IsSurrogate(c))
                {
                    halves++;
                    clean.Append('\ufffd');
                }
                else
                {
                    clean.Append(c);
                }
            }

            return clean.ToString();
        }
    }

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
}
