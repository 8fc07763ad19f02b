using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis;

/// <summary>
/// Rules between topics (<c>precedence.yaml</c>): a topic gives way to another where a signal is there (a fault that is named a bug is a bug report), and
/// a topic brings another along.
/// </summary>
internal sealed class Precedence
{
    private readonly List<Yield> _yields;
    private readonly List<Company> _companies;

    public Precedence(IReadOnlyList<string> signals, RuleFiles files)
    {
        var root = files.Read("precedence.yaml");
        root.Only("gives_way", "brings_along");
        _yields = root["gives_way"].Each((item, _) =>
        {
            item.Only("topics", "to", "if", "unless");
            return new Yield(
                [.. item["topics"].Items.Select(Topic)], Topic(item["to"]),
                [.. item["if"].Items.Select(i => Names.Index(signals, i.Text, i))], [.. item["unless"].Items.Select(i => Names.Index(signals, i.Text, i))]);
        });
        _companies = root["brings_along"].Each((item, _) =>
        {
            item.Only("topic", "also", "if", "evidence");
            return new Company(
                Topic(item["topic"]), Topic(item["also"]), [.. item["if"].Items.Select(i => Names.Index(signals, i.Text, i))], item["evidence"].Integer(0, 100));
        });
    }

    /// <summary>The topic that a found one gives way to; itself where no rule holds.</summary>
    public Topic Apply(Topic topic, Observations seen)
    {
        foreach (var rule in _yields)
        {
            if (rule.Topics.Contains(topic) && Array.TrueForAll(rule.If, signal => seen.Signals[signal] > 0) && Array.TrueForAll(rule.Unless, signal => seen.Signals[signal] == 0))
                return rule.To;
        }

        return topic;
    }

    /// <summary>The topics that a topic brings along.</summary>
    public IEnumerable<Topic> Along(Topic topic, Observations seen)
    {
        foreach (var rule in _companies)
        {
            if (rule.Topic == topic && seen.Topics[(int)rule.Also] >= rule.Evidence && Array.TrueForAll(rule.If, signal => seen.Signals[signal] > 0))
                yield return rule.Also;
        }
    }

    private static Topic Topic(PackNode node) => (Topic)Names.Index(Names.Topics, node.Text, node);

    private sealed record Yield(Topic[] Topics, Topic To, int[] If, int[] Unless);

    private sealed record Company(Topic Topic, Topic Also, int[] If, int Evidence);
}
