namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>How many statements of a kind there are, how many of them are found, and how many are found that are none.</summary>
public sealed class FieldScore
{
    public int Stated { get; set; }

    public int Found { get; set; }

    public int False { get; set; }

    public double Recall => Stated == 0 ? 1 : (double)Found / Stated;

    public double Precision => Found + False == 0 ? 1 : (double)Found / (Found + False);
}

/// <summary>Compares what a reader finds in messages with what they say.</summary>
public sealed class ReadingScore
{
    private readonly SortedDictionary<string, FieldScore> _fields = new(StringComparer.Ordinal);

    public int Messages { get; private set; }

    /// <summary>Messages of which all is found and nothing else.</summary>
    public int Exact { get; private set; }

    public double ExactShare => (double)Exact / Messages;

    public IReadOnlyDictionary<string, FieldScore> Fields => _fields;

    /// <param name="usable">Whether the reader takes the message for one that can be decided.</param>
    /// <returns>Whether all is found and nothing else.</returns>
    public bool Add(IReadOnlyList<(string Field, string Value)> said, IReadOnlyList<(string Field, string Value)> found, bool usable)
    {
        var right = 0;
        foreach (var (field, value) in said)
        {
            var score = Of(field);
            score.Stated++;
            if (!found.Any(f => f.Field == field && Agrees(field, f.Value, value)))
                continue;
            score.Found++;
            right++;
        }

        foreach (var (field, value) in found)
        {
            if (!said.Any(s => s.Field == field && Agrees(field, value, s.Value)))
                Of(field).False++;
        }

        Messages++;
        var exact = usable && right == said.Count && right == found.Count;
        Exact += exact ? 1 : 0;
        return exact;
    }

    public IEnumerable<string> Lines() =>
    [
        $"{Exact} of {Messages} messages read exactly ({ExactShare:P1})",
        .. _fields.Select(f => $"{f.Key,-15} {f.Value.Found,4} of {f.Value.Stated,4} found ({f.Value.Recall,6:P1}), {f.Value.False,3} false (precision {f.Value.Precision,6:P1})"),
    ];

    private FieldScore Of(string field) => _fields.TryGetValue(field, out var score) ? score : _fields[field] = new FieldScore();

    /// <summary>Days agree when what is found lies within what was meant.</summary>
    private static bool Agrees(string field, string found, string said)
    {
        if (field != "days")
            return found == said;
        var (f, s) = (found.Split('-'), said.Split('-'));
        return int.Parse(f[0]) >= int.Parse(s[0]) && int.Parse(f[1]) <= int.Parse(s[1]);
    }
}
