using System.Text;
using Microsoft.Extensions.Configuration;

namespace TicketWorld.ServiceDefaults.Configuration;

/// <summary>
/// Reads a <c>.env</c> file: <c>NAME=value</c> a line, <c>export</c> in front allowed, <c>#</c> starts a comment,
/// single quotes keep a value as it is, double quotes understand <c>\n \t \" \\</c>. An error names the line
/// and never a value, because values may be secrets.
/// </summary>
public static class DotEnv
{
    /// <summary>The pairs of a file, with <c>__</c> in names as the section separator. A later line wins.</summary>
    /// <exception cref="StartFaultException">A line is not of the form described above.</exception>
    public static IReadOnlyDictionary<string, string?> Parse(string path, IEnumerable<string> lines)
    {
        var pairs = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var number = 0;
        foreach (var raw in lines)
        {
            number++;
            var line = raw.Trim().TrimStart('\uFEFF');
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith("export ", StringComparison.Ordinal))
                line = line[7..].TrimStart();
            var equals = line.IndexOf('=');
            var name = equals < 0 ? "" : line[..equals].Trim();
            if (!IsName(name))
                throw Fault(path, number, "is not NAME=value", "Write a name of letters, digits and _, then =, then the value, or start the line with #.");
            pairs[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] =
                Value(path, number, line[(equals + 1)..].Trim());
        }
        return pairs;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string Value(string path, int number, string text)
    {
        if (text.Length == 0 || text[0] is not ('"' or '\''))
        {
            var comment = text.StartsWith('#') ? 0 : text.IndexOf(" #", StringComparison.Ordinal);
            return comment < 0 ? text : text[..comment].TrimEnd();
        }

        var quote = text[0];
        var value = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                var rest = text[(i + 1)..].TrimStart();
                return rest.Length == 0 || rest[0] == '#'
                    ? value.ToString()
                    : throw Fault(path, number, "has text after the closing quote", "End the line there, or escape the quote.");
            }
            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
                value.Append(text[i] switch { 'n' => '\n', 't' => '\t', var other => other });
                continue;
            }
            value.Append(text[i]);
        }
        throw Fault(path, number, "opens a quote that is not closed", "Close the quote on the same line.");
    }

    private static StartFaultException Fault(string path, int number, string what, string remedy) =>
        new($"{path}:{number} {what}. {remedy}");
}
