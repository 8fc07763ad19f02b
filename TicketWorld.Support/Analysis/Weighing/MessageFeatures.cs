using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Analysis.Reading;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>
/// The features of a message: its words, their parts and neighbours, the concepts that they are and the pairs of those in a sentence, the evidence of each topic and the
/// signals. Words of a long message count less each, so that length alone decides nothing.
/// </summary>
internal sealed class MessageFeatures(Lexicon lexicon, IReadOnlyList<string> signals, SeverityTable severities)
{
    /// <summary>Words after which a longer message is not looked at for words; patterns and signals still are.</summary>
    private const int MostTokens = 600;

    private const int PairReach = 6;
    private const int MostPairs = 600;
    private const float WordWeight = 2f;
    private const float PartWeight = 0.5f;
    private const float PairWeight = 2f;
    private const float ConceptWeight = 3f;
    private const float EvidenceScale = 4f;
    private const float EvidenceMost = 2f;

    private readonly ulong[] _symbolHashes = [.. Enumerable.Range(0, lexicon.Concepts).Select(symbol => Hash.Of(lexicon.NameOf(symbol)))];
    private readonly string[] _symbolNames = [.. Enumerable.Range(0, lexicon.Concepts).Select(lexicon.NameOf)];

    public IReadOnlyList<string> Signals => signals;

    /// <summary>What tells the topic, and with more the rest.</summary>
    public FeatureList Of(ReadMessage read, Observations seen, Dictionary<ulong, string>? names = null)
    {
        var features = new FeatureList { Names = names };
        features.Add("bias", "1", 1);
        AddWords(read, features);
        AddConcepts(read, features);
        for (var topic = 0; topic < seen.Topics.Length; topic++)
        {
            if (seen.Topics[topic] > 0)
                features.Add("topic", Names.Topics[topic], Math.Min(EvidenceMost, seen.Topics[topic] / EvidenceScale));
        }

        for (var signal = 0; signal < seen.Signals.Length; signal++)
        {
            if (seen.Signals[signal] > 0)
                features.Add("signal", signals[signal], seen.Signals[signal] > 1 ? 1.3f : 1);
        }

        AddShape(read, features);
        return features;
    }

    /// <summary>What more tells the severity once the topic is told.</summary>
    public FeatureList ForSeverity(Topic topic, Observations seen, Dictionary<ulong, string>? names = null)
    {
        var all = new FeatureList { Names = names };
        var name = Names.Topics[(int)topic];
        var table = Names.Severities[(int)severities.Of(topic, seen)];
        all.Add("of", name, 1);
        all.Add("table", table, 2);
        all.Add("table", Hash.Of(name), name, Hash.Of(table), table, 1);
        for (var signal = 0; signal < seen.Signals.Length; signal++)
        {
            if (seen.Signals[signal] > 0)
                all.Add("case", Hash.Of(name), name, Hash.Of(signals[signal]), signals[signal], 1);
        }

        return all;
    }

    private static void AddWords(ReadMessage read, FeatureList features)
    {
        var names = features.Names;
        var count = Math.Min(MostTokens, read.Tokens.Count);
        var weight = WordWeight / MathF.Sqrt(Math.Max(8, count));
        for (var i = 0; i < count; i++)
        {
            var token = read.Tokens.Tokens[i];
            if (token.Kind != TokenKind.Word)
                continue;
            var word = read.Tokens.Word(i);
            features.Add("word", word.Hash, word.Text, weight);
            for (var part = 0; part < word.Parts.Length; part++)
                features.Add("part", word.Parts[part], names is null ? default : word.Part(part), weight * PartWeight);
            if (word.Text.Length > 5)
                features.Add("stem", word.Stem, word.Text.AsSpan(0, 5), weight);
            if (i > 0 && read.Tokens.Tokens[i - 1] is { Kind: TokenKind.Word } before && before.Sentence == token.Sentence)
            {
                var first = read.Tokens.Word(i - 1);
                features.Add("two", first.Hash, first.Text, word.Hash, word.Text, weight);
            }
        }
    }

    private void AddConcepts(ReadMessage read, FeatureList features)
    {
        var found = new List<(int Symbol, int Token)>();
        for (var i = 0; i < Math.Min(MostTokens, read.Tokens.Count); i++)
        {
            foreach (var at in read.Tokens.SymbolsAt(i))
            {
                if (at.Symbol < lexicon.Concepts)
                    found.Add((at.Symbol, i));
            }
        }

        var weight = ConceptWeight / MathF.Sqrt(Math.Max(8, found.Count));
        var pair = PairWeight / MathF.Sqrt(Math.Max(8, found.Count));
        var pairs = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var (symbol, token) = found[i];
            features.Add("means", _symbolHashes[symbol], _symbolNames[symbol], weight);
            if (read.Tokens.Tokens[token].Span.Start < read.Message.BodyStart)
                features.Add("subject", _symbolHashes[symbol], _symbolNames[symbol], weight);
            for (var j = i + 1; j < found.Count && found[j].Token <= token + PairReach && pairs < MostPairs; j++)
            {
                if (found[j].Token == token || read.Tokens.Tokens[found[j].Token].Sentence != read.Tokens.Tokens[token].Sentence)
                    continue;
                pairs++;
                features.Add("both", _symbolHashes[symbol], _symbolNames[symbol], _symbolHashes[found[j].Symbol], _symbolNames[found[j].Symbol], pair);
            }
        }
    }

    private static void AddShape(ReadMessage read, FeatureList features)
    {
        var text = read.Message.Read;
        int questions = text.Count('?'), cries = text.Count('!');
        if (questions > 0)
            features.Add("shape", "question", 0.5f);
        if (cries > 0)
            features.Add("shape", cries > 2 ? "cries" : "cry", 0.5f);
        features.Add("shape", read.Tokens.Count switch { < 4 => "tiny", < 15 => "short", < 60 => "middle", < 150 => "long", _ => "letter" }, 0.5f);
        features.Add("shape", Languages.All[read.Language], 0.3f);
        if (MostlyCapitals(read))
            features.Add("shape", "capitals", 0.5f);
    }

    private static bool MostlyCapitals(ReadMessage read)
    {
        int upper = 0, lower = 0;
        foreach (var c in read.Message.Read[..Math.Min(2000, read.Message.Read.Length)])
        {
            if (char.IsUpper(c))
                upper++;
            else if (char.IsLower(c))
                lower++;
        }

        return upper > 20 && upper > lower;
    }
}
