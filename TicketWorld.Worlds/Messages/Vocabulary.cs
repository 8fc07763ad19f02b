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

/// <summary>A wording that may state a request, and counts as one only where nothing clearer does.</summary>
/// <param name="Request">Symbol of the request.</param>
/// <param name="Rank">Of several in a message the one of least rank counts.</param>
/// <param name="Otherwise">What it states where something else is asked for, and what is asked for takes such a claim; or null.</param>
public sealed record WeakCue(int Request, int Rank, string Text, Cue? Otherwise);

/// <summary>How customers of a company word what a decision depends on: what a reader of messages looks for.</summary>
/// <param name="TargetMarkers">Wordings that stand right before the product wanted in exchange.</param>
/// <param name="CurrencySymbol">What stands before an amount, such as <c>£</c>.</param>
public sealed record Vocabulary(Cue[] Cues, TimingCue[] Timing, string[] TargetMarkers, string CurrencySymbol)
{
    /// <summary>A reading keeps the groups found as a bit each.</summary>
    private const int MostWeak = 64;

    /// <summary>By month, January first: its names in lower case. Empty when dates are not read.</summary>
    public IReadOnlyList<string[]> Months { get; private init; } = [];

    /// <summary>Endings, in lower case, of the line that stands before what a message quotes with <c>></c>.</summary>
    public IReadOnlyList<string> QuoteMarkers { get; private init; } = [];

    /// <summary>Lines, in lower case, after which a message holds only an earlier one.</summary>
    public IReadOnlyList<string> ThreadMarkers { get; private init; } = [];

    /// <summary>Index of the fact that says what is asked for.</summary>
    internal int RequestFact { get; private init; } = -1;

    /// <summary>Wordings that state a request where no cue does.</summary>
    public IReadOnlyList<WeakCue> Weak { get; private init; } = [];

    /// <summary>Wordings right behind which a cue or a time states nothing (<c>don't want to</c>).</summary>
    public IReadOnlyList<string> Negations { get; private init; } = [];

    /// <summary>Wordings right behind which a second product is the one wanted in exchange.</summary>
    public IReadOnlyList<string> SecondTargetMarkers { get; private init; } = [];

    /// <summary>Wordings right behind which a second product is left aside.</summary>
    public IReadOnlyList<string> AsideMarkers { get; private init; } = [];

    /// <summary>Reads <c>vocabulary.yaml</c>, or the <c>vocabulary</c> section of <c>policy_graph.json</c>.</summary>
    /// <param name="currency">The company's currency: <c>code</c> and <c>symbol</c>.</param>
    /// <exception cref="PackException">The section is not well-formed.</exception>
    internal static Vocabulary Read(PackNode root, PolicyDocument policy, PackNode currency)
    {
        root.Only("cues", "weak", "negations", "timing", "target_markers", "second_target_markers", "aside_markers", "months", "quote_markers", "thread_markers");
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

        if (root.Find("weak") is { Items.Count: > MostWeak } tooMany)
            throw tooMany.Error($"There are {tooMany.Items.Count} groups of weak wordings.", $"Write at most {MostWeak}.");
        return new Vocabulary([.. cues], [.. root["timing"].Items.Select(ReadTiming)], Plains(root["target_markers"]), symbol.Text)
        {
            Months = root.Find("months") is { } months ? ReadMonths(months) : [],
            QuoteMarkers = root.Find("quote_markers") is { } quote ? Plains(quote) : [],
            ThreadMarkers = root.Find("thread_markers") is { } thread ? Plains(thread) : [],
            RequestFact = policy.FactsByName["request"].Index,
            Weak = root.Find("weak") is { } weak ? [.. weak.Items.SelectMany((node, rank) => ReadWeak(node, rank, policy))] : [],
            Negations = root.Find("negations") is { } negations ? Plains(negations) : [],
            SecondTargetMarkers = root.Find("second_target_markers") is { } targets ? Plains(targets) : [],
            AsideMarkers = root.Find("aside_markers") is { } asides ? Plains(asides) : [],
        };
    }

    private static IEnumerable<WeakCue> ReadWeak(PackNode node, int rank, PolicyDocument policy)
    {
        node.Only("request", "texts", "otherwise");
        if (!policy.RequestsByName.TryGetValue(node["request"].Text, out var request))
            throw node["request"].Error($"'{node["request"].Text}' is no request of the policy.", "Name one that policy.yaml lists under requests.");
        var claim = node.Find("otherwise") is { } otherwise ? ReadClaim(otherwise, policy) : null;
        return NonEmpty(node["texts"]).Select(text => new WeakCue(request.Symbol, rank, text, claim is null ? null : claim with { Text = text }));
    }

    private static string[] NonEmpty(PackNode node) => node.Items.Count > 0 ? Plains(node) : throw node.Error("No wording stands here.", "Write at least one.");

    private static Cue ReadClaim(PackNode node, PolicyDocument policy)
    {
        if (node.Entries is not [var (name, word)])
            throw node.Error("One claim is expected here.", "Write {FACT: VALUE}.");
        if (!policy.FactsByName.TryGetValue(name, out var fact) || fact.Source != FactSource.Customer || fact.Type is not (FactType.Symbol or FactType.Boolean)
            || !Values.TryParse(word.Text, fact.Type, policy.SymbolNumbers, out var value))
            throw word.Error($"'{name}: {word.Text}' is no claim of the customer.", "Name a boolean or symbol fact of the customer and one of its values.");
        return new Cue(fact.Index, value, "");
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
