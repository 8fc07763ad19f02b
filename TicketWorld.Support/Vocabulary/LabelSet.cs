using TicketWorld.Support.Analysis;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Vocabulary;

/// <summary>One way to name topics, severities, sentiments and states: a projection of the canonical lists that leaves none of them out.</summary>
public sealed class LabelSet
{
    private readonly TopicLabel?[] _topics = new TopicLabel?[Names.Topics.Count];
    private readonly string[] _severities;
    private readonly string[] _sentiments;
    private readonly string[] _states;

    internal LabelSet(PackNode node)
    {
        node.Only("id", "labels", "none", "severities", "sentiments", "states");
        Id = node["id"].Text;
        var placed = new bool[Names.Topics.Count];
        var pairs = new List<TopicLabel>();
        foreach (var item in node["labels"].Items)
        {
            item.Only("label", "subcategory", "topics");
            var label = new TopicLabel(item["label"].Text, item.Find("subcategory")?.Text);
            if (pairs.Contains(label))
                throw item.Error($"'{label}' stands twice in '{Id}'.", "Put its topics into one row.");
            if (label.Subcategory is not null && pairs.Exists(pair => pair.Subcategory == label.Subcategory))
                throw item.Error($"The subcategory '{label.Subcategory}' already belongs to another label of '{Id}'.", "Bind it to one.");
            pairs.Add(label);
            foreach (var topic in item["topics"].Items)
                _topics[Place(topic, placed)] = label;
        }

        foreach (var topic in node["none"].Items)
            Place(topic, placed);
        if (Array.IndexOf(placed, false) is >= 0 and var missing)
            throw node.Error($"The topic '{Names.Topics[missing]}' has no label in '{Id}'.", "Add it to a label's topics, or to none.");
        Labels = pairs;
        _severities = Words(node["severities"], Names.Severities);
        _sentiments = Words(node["sentiments"], Names.Sentiments);
        _states = Words(node["states"], Names.States);
    }

    public string Id { get; }

    /// <summary>Every label, and pair of label and subcategory, in the order of the file.</summary>
    public IReadOnlyList<TopicLabel> Labels { get; }

    /// <summary>The topic's label; null where the set has none for it.</summary>
    public TopicLabel? Of(Topic topic) => _topics[(int)topic];

    public string Of(Severity severity) => _severities[(int)severity];

    public string Of(Sentiment sentiment) => _sentiments[(int)sentiment];

    public string Of(TicketState state) => _states[(int)state];

    /// <summary>The topics that a label stands for; none if the set does not have it.</summary>
    public IReadOnlyList<Topic> TopicsOf(TopicLabel label) => [.. Enum.GetValues<Topic>().Where(topic => Of(topic) == label)];

    /// <summary>The severities that a word stands for; none if the set does not have it.</summary>
    public IReadOnlyList<Severity> SeveritiesOf(string word) => [.. Enum.GetValues<Severity>().Where(severity => Of(severity) == word)];

    /// <summary>Whether a label is one of the set's, and a subcategory, if given, is bound to it.</summary>
    public bool Holds(string label, string? subcategory = null) =>
        subcategory is null ? Labels.Any(pair => pair.Label == label) : Labels.Contains(new TopicLabel(label, subcategory));

    private int Place(PackNode topic, bool[] placed)
    {
        var index = Names.Index(Names.Topics, topic.Text, topic);
        if (placed[index])
            throw topic.Error($"The topic '{topic.Text}' stands twice in '{Id}'.", "Keep it below one label.");
        placed[index] = true;
        return index;
    }

    private static string[] Words(PackNode node, IReadOnlyList<string> names)
    {
        node.Only([.. names]);
        return [.. names.Select(name => node[name].Text)];
    }
}
