using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Messages;

/// <summary>A wording that states a value of a fact.</summary>
/// <param name="Fact">Index of the fact in the policy.</param>
/// <param name="Text">Lower case; matched at word boundaries.</param>
public sealed record Cue(int Fact, long Value, string Text);

/// <summary>A wording that says when the customer ordered.</summary>
/// <param name="Text">Lower case.</param>
/// <param name="From">Least number of calendar days from the order date to the message for which it is true.</param>
/// <param name="To">Largest such number.</param>
public sealed record TimingCue(string Text, int From, int To);

/// <summary>How customers of a company word what a decision depends on: what a reader of messages looks for.</summary>
/// <param name="TargetMarkers">Wordings that stand right before the product wanted in exchange.</param>
/// <param name="CurrencySymbol">What stands before an amount, such as <c>£</c>.</param>
public sealed record Vocabulary(Cue[] Cues, TimingCue[] Timing, string[] TargetMarkers, string CurrencySymbol)
{
    /// <summary>By month, January first: its names in lower case. Empty when dates are not read.</summary>
    public IReadOnlyList<string[]> Months { get; private init; } = [];

    /// <summary>Endings, in lower case, of the line that stands before what a message quotes with <c>></c>.</summary>
    public IReadOnlyList<string> QuoteMarkers { get; private init; } = [];

    /// <summary>Lines, in lower case, after which a message holds only an earlier one.</summary>
    public IReadOnlyList<string> ThreadMarkers { get; private init; } = [];

    /// <summary>Reads <c>vocabulary.yaml</c>, or the <c>vocabulary</c> section of <c>policy_graph.json</c>.</summary>
    /// <param name="currency">The company's currency: <c>code</c> and <c>symbol</c>.</param>
    /// <exception cref="PackException">The section is not well-formed.</exception>
    internal static Vocabulary Read(PackNode root, PolicyDocument policy, PackNode currency)
    {
        root.Only("cues", "timing", "target_markers", "months", "quote_markers", "thread_markers");
        currency.Only("code", "symbol");
        var symbol = currency["symbol"];
        if (symbol.Text.Length == 0 || symbol.Text.Any(c => char.IsWhiteSpace(c) || char.IsAsciiLetterOrDigit(c)))
            throw symbol.Error($"'{symbol.Text}' is no sign of a currency.", "Write a sign that is no letter, such as $, £ or €.");
        var cues = new List<Cue>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, values) in root["cues"].Entries)
        {
            if (!policy.FactsByName.TryGetValue(name, out var fact) || fact.Source != FactSource.Customer || fact.Type is not (FactType.Symbol or FactType.Boolean))
                throw values.Error($"'{name}' is no boolean or symbol fact of the customer.", "Name one that policy.yaml defines.");
            foreach (var (word, texts) in values.Entries)
            {
                if (!Values.TryParse(word, fact.Type, policy.SymbolNumbers, out var value) || (fact.Type == FactType.Symbol && !fact.Values.Contains((int)value)))
                    throw texts.Error($"'{word}' is no value of '{name}'.", "Name one that policy.yaml lists.");
                texts.Each((text, _) => seen.Add(Plain(text))
                    ? new Cue(fact.Index, value, text.Text)
                    : throw text.Error($"The cue '{text.Text}' stands twice.", "A wording states one value of one fact.")).ForEach(cues.Add);
            }
        }

        return new Vocabulary([.. cues], [.. root["timing"].Items.Select(ReadTiming)], Plains(root["target_markers"]), symbol.Text)
        {
            Months = root.Find("months") is { } months ? ReadMonths(months) : [],
            QuoteMarkers = root.Find("quote_markers") is { } quote ? Plains(quote) : [],
            ThreadMarkers = root.Find("thread_markers") is { } thread ? Plains(thread) : [],
        };
    }

    private static string[][] ReadMonths(PackNode node) => node.Items.Count == 12
        ? [.. node.Items.Select(Plains)]
        : throw node.Error($"There are {node.Items.Count} months.", "Write the names of all twelve, January first: [[january, jan], …].");

    private static string[] Plains(PackNode node) => [.. node.Items.Select(Plain)];

    /// <summary>Reads the vocabulary that a dataset carries.</summary>
    public static Vocabulary ReadGraph(string file, TextReader json, PolicyDocument policy)
    {
        var root = PackNode.Parse(file, json);
        return Read(root["vocabulary"], policy, root["currency"]);
    }

    private static TimingCue ReadTiming(PackNode node)
    {
        node.Only("text", "from", "to");
        return new TimingCue(Plain(node["text"]), node["from"].Integer(0), node["to"].Integer(0));
    }

    private static string Plain(PackNode node) => node.Text.Length > 0 && !node.Text.Any(char.IsUpper) && node.Text == node.Text.Trim()
        ? node.Text
        : throw node.Error($"'{node.Text}' has capitals, or space around it.", "Write it in lower case without space around it.");
}
