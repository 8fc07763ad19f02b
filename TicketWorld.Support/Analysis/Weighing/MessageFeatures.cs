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
    private const float CaseConceptWeight = 2f;
    private const float CaseWordWeight = 2f;

    /// <summary>Shorter messages are weighed as if they were of so many words.</summary>
    private const int Least = 8;

    private const float EvidenceScale = 4f;
    private const float EvidenceMost = 2f;

    private static readonly NamedHash One = new("1");
    private static readonly NamedHash[] Topics = NamedHash.All(Names.Topics);
    private static readonly NamedHash[] Severities = NamedHash.All(Names.Severities);
    private static readonly NamedHash[] Tongues = NamedHash.All(Languages.All);

    private readonly NamedHash[] _concepts = NamedHash.All(Enumerable.Range(0, lexicon.Concepts).Select(lexicon.NameOf));
    private readonly NamedHash[] _signals = NamedHash.All(signals);

    /// <summary>What tells the topic, and with more the rest.</summary>
    public void Add(ReadMessage read, Observations seen, FeatureList features)
    {
        var weight = WordWeightOf(read);
        for (var i = 0; i < CountOf(read); i++)
        {
            if (read.Tokens.Tokens[i].Kind == TokenKind.Word)
                AddWord(read.Tokens.Word(i), weight, features);
        }

        AddBeyondWords(read, seen, features);
    }

    /// <summary>How many tokens are looked at.</summary>
    public static int CountOf(ReadMessage read) => Math.Min(MostTokens, read.Tokens.Count);

    /// <summary>What each word of a message counts.</summary>
    public static float WordWeightOf(ReadMessage read) => WordWeight / MathF.Sqrt(Math.Max(Least, CountOf(read)));

    /// <summary>What a word is by itself: the word, its parts and its start.</summary>
    public static void AddWord(Lexicon.Word word, float weight, FeatureList features)
    {
        features.Add(FeatureKinds.Word, word.Hash, word.Text, weight);
        for (var part = 0; part < word.Parts.Length; part++)
            features.Add(FeatureKinds.Part, word.Parts[part], features.Names is null ? default : word.Part(part), weight * PartWeight);
        if (word.Text.Length > Lexicon.Word.StemLength)
            features.Add(FeatureKinds.Stem, word.Stem, word.Text.AsSpan(0, Lexicon.Word.StemLength), weight);
        if (word.Text.Length > Lexicon.Word.RootLength)
            features.Add(FeatureKinds.Root, word.Root, word.Text.AsSpan(0, Lexicon.Word.RootLength), weight);
    }

    /// <summary>All that <see cref="Add"/> adds but what the words are by themselves.</summary>
    public void AddBeyondWords(ReadMessage read, Observations seen, FeatureList features)
    {
        features.Add(FeatureKinds.Bias, One, 1);
        AddNeighbours(read, features);
        AddConcepts(read, features);
        for (var topic = 0; topic < seen.Topics.Length; topic++)
        {
            if (seen.Topics[topic] > 0)
                features.Add(FeatureKinds.Topic, Topics[topic], Math.Min(EvidenceMost, seen.Topics[topic] / EvidenceScale));
        }

        for (var signal = 0; signal < seen.Signals.Length; signal++)
        {
            if (seen.Signals[signal] > 0)
                features.Add(FeatureKinds.Signal, _signals[signal], seen.Signals[signal] > 1 ? 1.3f : 1);
        }

        AddShape(read, features);
    }

    /// <summary>What more tells the severity once the topic is told: what the table of severities says, and signals, concepts and words of this topic alone.</summary>
    public void AddForSeverity(Topic topic, ReadMessage read, Observations seen, FeatureList features)
    {
        var name = Topics[(int)topic];
        var table = Severities[(int)severities.Of(topic, seen)];
        features.Add(FeatureKinds.Of, name, 1);
        features.Add(FeatureKinds.Table, table, 2);
        features.Add(FeatureKinds.Table, name, table, 1);
        for (var signal = 0; signal < seen.Signals.Length; signal++)
        {
            if (seen.Signals[signal] > 0)
                features.Add(FeatureKinds.Case, name, _signals[signal], 1);
        }

        AddConceptsOf(name, read, features);
        var count = CountOf(read);
        var weight = CaseWordWeight / MathF.Sqrt(Math.Max(Least, count));
        for (var i = 0; i < count; i++)
        {
            if (read.Tokens.Tokens[i].Kind == TokenKind.Word && read.Tokens.Word(i) is var word)
                features.Add(FeatureKinds.CaseWord, name.Hash, name.Name, word.Hash, word.Text, weight);
        }
    }

    /// <summary>The concepts of a message, each once, with its topic.</summary>
    private void AddConceptsOf(NamedHash topic, ReadMessage read, FeatureList features)
    {
        Span<bool> found = stackalloc bool[_concepts.Length];
        found.Clear();
        var different = 0;
        for (var i = 0; i < CountOf(read); i++)
        {
            foreach (var at in read.Tokens.SymbolsAt(i))
            {
                if (at.Symbol >= found.Length || found[at.Symbol])
                    continue;
                found[at.Symbol] = true;
                different++;
            }
        }

        var weight = CaseConceptWeight / MathF.Sqrt(Math.Max(Least, different));
        for (var symbol = 0; symbol < found.Length; symbol++)
        {
            if (found[symbol])
                features.Add(FeatureKinds.CaseConcept, topic, _concepts[symbol], weight);
        }
    }

    private static void AddNeighbours(ReadMessage read, FeatureList features)
    {
        var weight = WordWeightOf(read);
        for (var i = 1; i < CountOf(read); i++)
        {
            if (read.Tokens.Tokens[i - 1] is not { Kind: TokenKind.Word } before || read.Tokens.Tokens[i] is not { Kind: TokenKind.Word } token || before.Sentence != token.Sentence)
                continue;
            Lexicon.Word first = read.Tokens.Word(i - 1), second = read.Tokens.Word(i);
            features.Add(FeatureKinds.Two, first.Hash, first.Text, second.Hash, second.Text, weight);
        }
    }

    private void AddConcepts(ReadMessage read, FeatureList features)
    {
        var count = CountOf(read);
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            foreach (var at in read.Tokens.SymbolsAt(i))
                found += at.Symbol < lexicon.Concepts ? 1 : 0;
        }

        var length = MathF.Sqrt(Math.Max(Least, found));
        var pairs = 0;
        for (var i = 0; i < count; i++)
        {
            foreach (var at in read.Tokens.SymbolsAt(i))
            {
                if (at.Symbol >= lexicon.Concepts)
                    continue;
                features.Add(FeatureKinds.Means, _concepts[at.Symbol], ConceptWeight / length);
                if (read.Tokens.Tokens[i].Span.Start < read.Message.BodyStart)
                    features.Add(FeatureKinds.Subject, _concepts[at.Symbol], ConceptWeight / length);
                pairs = AddPairs(read, features, at.Symbol, i, pairs, PairWeight / length);
            }
        }
    }

    /// <summary>The pairs of a concept with those close behind it in its sentence; returns how many pairs there are now.</summary>
    private int AddPairs(ReadMessage read, FeatureList features, int symbol, int token, int pairs, float weight)
    {
        var tokens = read.Tokens.Tokens;
        for (var j = token + 1; j < CountOf(read) && j <= token + PairReach && tokens[j].Sentence == tokens[token].Sentence; j++)
        {
            foreach (var next in read.Tokens.SymbolsAt(j))
            {
                if (next.Symbol >= lexicon.Concepts || pairs == MostPairs)
                    continue;
                pairs++;
                features.Add(FeatureKinds.Both, _concepts[symbol], _concepts[next.Symbol], weight);
            }
        }

        return pairs;
    }

    private static void AddShape(ReadMessage read, FeatureList features)
    {
        var text = read.Message.Read;
        int questions = text.Count('?'), cries = text.Count('!');
        if (questions > 0)
            features.Add(FeatureKinds.Shape, Shapes.Question, 0.5f);
        if (cries > 0)
            features.Add(FeatureKinds.Shape, cries > 2 ? Shapes.Cries : Shapes.Cry, 0.5f);
        features.Add(FeatureKinds.Shape, Shapes.OfLength(read.Tokens.Count), 0.5f);
        features.Add(FeatureKinds.Shape, Tongues[read.Language], 0.3f);
        if (MostlyCapitals(read))
            features.Add(FeatureKinds.Shape, Shapes.Capitals, 0.5f);
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
