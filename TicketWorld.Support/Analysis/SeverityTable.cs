using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Analysis;

/// <summary>What the severity of each topic is by its signals: the first row that holds.</summary>
internal sealed class SeverityTable
{
    private readonly Row[][] _rows;

    public SeverityTable(IReadOnlyList<string> signals, RuleFiles files)
    {
        var root = files.Read("severities.yaml");
        root.Only("topics");
        _rows = new Row[Names.Topics.Count][];
        foreach (var (name, node) in root["topics"].Entries)
        {
            var rows = node.Each((item, _) =>
            {
                item.Only("if", "is");
                return new Row(
                    [.. item["if"].Items.Where(i => i.Text[0] != '!').Select(i => Names.Index(signals, i.Text, i))],
                    [.. item["if"].Items.Where(i => i.Text[0] == '!').Select(i => Names.Index(signals, i.Text[1..], i))],
                    (Severity)Names.Index(Names.Severities, item["is"].Text, item["is"]));
            });
            if (rows.Count == 0 || rows[^1] is not { With: [], Without: [] })
                throw node.Error($"The last row of '{name}' does not hold for all messages.", "End with {if: [], is: ...}.");
            _rows[Names.Index(Names.Topics, name, node)] = [.. rows];
        }

        if (Array.IndexOf(_rows, null) is >= 0 and var missing)
            throw root["topics"].Error($"'{Names.Topics[missing]}' has no rows.", "Add it; every topic needs at least {if: [], is: ...}.");
    }

    public Severity Of(Topic topic, Observations seen)
    {
        foreach (var row in _rows[(int)topic])
        {
            if (Array.TrueForAll(row.With, signal => seen.Signals[signal] > 0) && Array.TrueForAll(row.Without, signal => seen.Signals[signal] == 0))
                return row.Is;
        }

        return Severity.Medium;
    }

    private sealed record Row(int[] With, int[] Without, Severity Is);
}
