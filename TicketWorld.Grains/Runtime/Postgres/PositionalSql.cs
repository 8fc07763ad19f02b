using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>A statement as the server wants it: <c>@name</c> has become <c>$1</c>, so that the client need not read the text again at each use.</summary>
internal sealed partial class PositionalSql
{
    private static readonly ConcurrentDictionary<string, PositionalSql> Known = new(StringComparer.Ordinal);

    private PositionalSql(string sql)
    {
        var names = new List<string>();
        Text = Parameter().Replace(sql, match =>
        {
            var name = match.Groups["name"].Value;
            if (!names.Contains(name))
                names.Add(name);
            return $"${names.IndexOf(name) + 1}";
        });
        Names = names;
    }

    public string Text { get; }

    /// <summary>The names in the order of their numbers.</summary>
    public IReadOnlyList<string> Names { get; }

    public static PositionalSql Of(string sql) => Known.GetOrAdd(sql, text => new(text));

    [GeneratedRegex("@(?<name>[a-z_]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
