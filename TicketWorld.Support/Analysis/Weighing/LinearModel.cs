using System.Runtime.CompilerServices;
using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Analysis.Reading;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>
/// Weights that turn features into a probability for each of some classes: softmax over sums. Rows are found by open addressing; a row is a run of entries.
/// </summary>
internal sealed class LinearModel
{
    /// <summary>Weights in files are whole numbers, this many to one.</summary>
    public const float Scale = 20;

    /// <summary>By place: the key, and where its entries begin and end. An empty place has no entries.</summary>
    private readonly Place[] _places;

    private readonly Entry[] _entries;
    private readonly int _mask;

    private LinearModel(Place[] places, Entry[] entries) => (_places, _entries, _mask) = (places, entries, places.Length - 1);

    /// <param name="rows">Rows of one key are taken together.</param>
    /// <param name="entries">The entries of all rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static LinearModel Of(List<(ulong Key, int Start, int Count)> rows, List<Entry> entries)
    {
        var size = 16;
        while (size < rows.Count * 2)
            size *= 2;
        var places = new Place[size];
        foreach (var (key, _, count) in rows)
        {
            ref var place = ref places[Find(places, key)];
            place.Key = key;
            place.End += count;
        }

        var start = 0;
        foreach (ref var place in places.AsSpan())
        {
            place.Start = start;
            start += place.End;
            place.End = place.Start;
        }

        var ordered = new Entry[start];
        foreach (var (key, first, count) in rows)
        {
            ref var place = ref places[Find(places, key)];
            entries.CopyTo(first, ordered, place.End, count);
            place.End += count;
        }

        return new LinearModel(places, ordered);
    }

    /// <summary>Adds to the score of each class.</summary>
    public void Score(FeatureList features, Span<double> scores)
    {
        foreach (var (key, value) in features.Span)
        {
            var at = (int)(key ^ (key >> 32)) & _mask;
            while (_places[at].Key != key && _places[at].Key != 0)
                at = (at + 1) & _mask;
            ref var place = ref _places[at];
            if (place.Start == place.End)
                continue;
            var part = value / Scale;
            foreach (var entry in _entries.AsSpan(place.Start, place.End - place.Start))
                scores[entry.Class] += part * entry.Weight;
        }
    }

    /// <summary>Adds what a message's words say by themselves, which is worked out once for each word.</summary>
    public void ScoreWords(ReadMessage read, Span<double> scores)
    {
        var weight = MessageFeatures.WordWeightOf(read);
        for (var i = 0; i < MessageFeatures.CountOf(read); i++)
        {
            if (read.Tokens.Tokens[i].Kind != TokenKind.Word)
                continue;
            var own = ScoresOf(read.Tokens.Word(i)).AsSpan();
            for (var c = 0; c < scores.Length && c < own.Length; c++)
                scores[c] += weight * own[c];
        }
    }

    private float[] ScoresOf(Lexicon.Word word)
    {
        if (word.Kept is WordScores known && known.Model == this)
            return known.Scores;
        using var features = new FeatureList();
        MessageFeatures.AddWord(word, 1, features);
        Span<double> exact = stackalloc double[Weights.Classes];
        exact.Clear();
        Score(features, exact);
        var scores = new float[exact.Length];
        for (var c = 0; c < scores.Length; c++)
            scores[c] = (float)exact[c];
        word.Kept = new WordScores(this, scores);
        return scores;
    }

    /// <summary>Turns scores into probabilities.</summary>
    public static void Softmax(Span<double> scores)
    {
        var most = double.MinValue;
        foreach (var score in scores)
            most = Math.Max(most, score);
        double sum = 0;
        foreach (ref var score in scores)
            sum += score = Exponential.Of(score - most);
        foreach (ref var score in scores)
            score /= sum;
    }

    private static int Find(Place[] places, ulong key)
    {
        var at = (int)(key ^ (key >> 32)) & (places.Length - 1);
        while (places[at].Key != key && places[at].Key != 0)
            at = (at + 1) & (places.Length - 1);
        return at;
    }

    /// <summary>A class and its weight in parts of <see cref="Scale"/>.</summary>
    internal readonly record struct Entry(byte Class, short Weight);

    /// <summary>What a word says by itself to each class.</summary>
    private sealed record WordScores(LinearModel Model, float[] Scores);

    private struct Place
    {
        public ulong Key;
        public int Start;
        public int End;
    }
}
