using System.Collections.Frozen;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Retrieval;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Guidance;

/// <summary>The guidance that the rule files carry, a file for each language. Within a topic articles are ordered by the words that they share with the message.</summary>
public sealed class RuleGuidance : IGuidance
{
    private const string Folder = "guidance/";

    /// <summary>A word of the title counts as much as so many of the text.</summary>
    private const int TitleWeight = 3;

    private readonly FrozenDictionary<string, FrozenDictionary<Topic, Entry[]>> _languages;

    /// <exception cref="PackException">The rules cannot be used; names file and line.</exception>
    public RuleGuidance(RuleFiles files)
    {
        _languages = RuleFiles.Names.Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(files.Read)
            .ToFrozenDictionary(root => root["language"].Text, Entries, StringComparer.Ordinal);
        Matters = RuleFiles.Names.Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(files.Read)
            .ToFrozenDictionary(root => root["language"].Text, ReadMatters, StringComparer.Ordinal);
    }

    /// <summary>By language: how a reply names the matter of a topic, to stand after "about".</summary>
    public IReadOnlyDictionary<string, FrozenDictionary<Topic, string>> Matters { get; }

    public ValueTask<IReadOnlyList<GuidancePassage>> FindAsync(string text, Topic topic, string language, int top, CancellationToken cancellationToken)
    {
        var entries = (_languages.GetValueOrDefault(language) ?? _languages["en"]).GetValueOrDefault(topic) ?? [];
        if (entries.Length == 0 || top < 1)
            return new([]);
        var words = Words.Of(text).ToHashSet(StringComparer.Ordinal);
        return new([.. entries.Select(entry => new GuidancePassage(entry.Article, Likeness(words, entry))).OrderByDescending(passage => passage.Score).Take(top)]);
    }

    /// <summary>The share of the article's words, weighted, that the message has.</summary>
    private static double Likeness(HashSet<string> words, Entry entry)
    {
        double common = 0;
        foreach (var (word, weight) in entry.Words)
        {
            if (words.Contains(word))
                common += weight;
        }

        return Math.Round(common / entry.Weight, 4);
    }

    private static FrozenDictionary<Topic, Entry[]> Entries(PackNode root)
    {
        root.Only("language", "topics", "articles");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var byTopic = Enum.GetValues<Topic>().ToDictionary(topic => topic, _ => new List<Entry>());
        foreach (var node in root["articles"].Items)
        {
            node.Only("id", "topics", "title", "text", "steps");
            var article = new GuidanceArticle(
                node["id"].Text, [.. node["topics"].Items.Select(RuleWords.Read<Topic>)], node["title"].Text, node["text"].Text.Trim(), [.. node["steps"].Items.Select(ReadStep)]);
            if (!ids.Add(article.Id))
                throw node["id"].Error($"There are two articles '{article.Id}'.", "Give each its own id.");
            foreach (var topic in article.Topics)
                byTopic[topic].Add(Entry.Of(article));
        }

        foreach (var (topic, entries) in byTopic)
        {
            if (entries.Count == 0)
                throw root["articles"].Error($"No article has the topic {RuleWords.Of(topic)}.", "Add one.");
        }

        return byTopic.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    /// <summary>A text, or <c>{text: …, unless: [field, …]}</c>.</summary>
    private static GuidanceStep ReadStep(PackNode node)
    {
        if (node.IsScalar)
            return new(node.Text, []);
        node.Only("text", "unless");
        var unless = node["unless"];
        foreach (var field in unless.Items.Where(field => !FieldNames.All.Contains(field.Text, StringComparer.Ordinal)))
            throw field.Error($"'{field.Text}' is no field.", $"Write one of {string.Join(", ", FieldNames.All)}.");
        return new(node["text"].Text, unless.Texts());
    }

    private static FrozenDictionary<Topic, string> ReadMatters(PackNode root)
    {
        var topics = root["topics"];
        topics.Only([.. RuleWords.All<Topic>()]);
        return Enum.GetValues<Topic>().ToFrozenDictionary(topic => topic, topic => topics[RuleWords.Of(topic)].Text);
    }

    private sealed record Entry(GuidanceArticle Article, IReadOnlyList<(string Word, double Weight)> Words, double Weight)
    {
        public static Entry Of(GuidanceArticle article)
        {
            var weights = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var word in Retrieval.Words.Of(article.Title))
                weights[word] = TitleWeight;
            foreach (var word in Retrieval.Words.Of(article.Text + " " + string.Join(' ', article.Steps.Select(step => step.Text))))
                weights.TryAdd(word, 1);
            return new(article, [.. weights.Select(pair => (pair.Key, pair.Value))], weights.Values.Sum());
        }
    }
}
