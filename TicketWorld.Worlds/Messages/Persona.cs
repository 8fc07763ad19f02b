using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Messages;

/// <summary>A way of writing: tone, length, and how carefully somebody types.</summary>
public sealed class Persona
{
    internal const int MostAsides = 8;

    private Persona()
    {
    }

    public required string Name { get; init; }

    /// <summary>Share of the customers who write so, as a weight.</summary>
    public required int Share { get; init; }

    /// <summary>Typing errors in 1000 words that may have one.</summary>
    public required int TypingErrors { get; init; }

    /// <summary>Whether everything but names and numbers is written in lower case.</summary>
    public required bool LowerCase { get; init; }

    /// <summary>Whether commas, and the full stops at the end of paragraphs, are left out.</summary>
    public required bool SparsePunctuation { get; init; }

    /// <summary>Least and largest number of sentences beside the point.</summary>
    public required (int From, int To) Asides { get; init; }

    /// <summary>The moods that such a writer has; all when empty.</summary>
    public required Sentiment[] Moods { get; init; }

    /// <summary>Whether nothing ends a sentence or a line, as in dictated text.</summary>
    public required bool RunOn { get; init; }

    /// <summary>Words that sentences begin with, and in how many of 100 statements.</summary>
    public required string[] Fillers { get; init; }

    public required int FillerPercent { get; init; }

    /// <summary>How many of 100 articles are left out.</summary>
    public required int DroppedArticles { get; init; }

    /// <summary>How many of 100 words with a usual mix-up are mixed up.</summary>
    public required int Slips { get; init; }

    /// <summary>How many of 100 statements are written in capitals.</summary>
    public required int Shouted { get; init; }

    /// <summary>How many of 100 statements end with exclamation marks.</summary>
    public required int Exclaimed { get; init; }

    internal bool ChangesWords => TypingErrors + DroppedArticles + Slips > 0;

    internal string[] TagNames { get; private init; } = [];

    internal TagSet Tags { get; set; }

    /// <summary>Whether phrases are written as they stand.</summary>
    internal bool IsPlain { get; private init; }

    /// <summary>Whether such a writer may have a mood.</summary>
    public bool Feels(Sentiment mood) => Moods.Length == 0 || Array.IndexOf(Moods, mood) >= 0;

    internal static Persona Read(PackNode node)
    {
        node.Only("name", "share", "tags", "asides", "moods", "typing_errors", "lower_case", "sparse_punctuation", "run_on", "fillers", "filler_percent", "dropped_articles", "slips", "shouted", "exclaimed");
        var asides = node["asides"];
        if (asides.Items.Count != 2)
            throw asides.Error("The range of asides is not two numbers.", "Write for example 'asides: [0, 2]'.");
        var from = asides.Items[0].Integer(0, MostAsides);
        var moods = node.Find("moods");
        var persona = new Persona
        {
            Name = node["name"].Text,
            Share = node["share"].Integer(1, 10_000),
            TagNames = node["tags"].Texts(),
            TypingErrors = node.Find("typing_errors")?.Integer(0, 500) ?? 0,
            LowerCase = node.Find("lower_case")?.Boolean() ?? false,
            SparsePunctuation = node.Find("sparse_punctuation")?.Boolean() ?? false,
            Asides = (from, asides.Items[1].Integer(from, MostAsides)),
            Moods = moods is null ? [] : [.. moods.Items.Select(Mood)],
            RunOn = node.Find("run_on")?.Boolean() ?? false,
            Fillers = node.Find("fillers")?.Texts() ?? [],
            FillerPercent = Percent(node, "filler_percent"),
            DroppedArticles = Percent(node, "dropped_articles"),
            Slips = Percent(node, "slips"),
            Shouted = Percent(node, "shouted"),
            Exclaimed = Percent(node, "exclaimed"),
            IsPlain = node.Entries.All(e => e.Key is "name" or "share" or "tags" or "asides" or "moods"),
        };
        if (persona.FillerPercent > 0 == (persona.Fillers.Length == 0))
            throw node.Error($"The persona '{persona.Name}' has fillers without filler_percent, or the other way round.", "Write both or none.");
        return persona;
    }

    private static int Percent(PackNode node, string key) => node.Find(key)?.Integer(0, 100) ?? 0;

    private static Sentiment Mood(PackNode node)
    {
        foreach (var mood in Enum.GetValues<Sentiment>())
        {
            if (Policy.Snake.Name(mood) == node.Text)
                return mood;
        }

        throw node.Error($"'{node.Text}' is no mood.", $"Use one of: {string.Join(", ", Enum.GetValues<Sentiment>().Select(m => Policy.Snake.Name(m)))}.");
    }
}
