using System.Globalization;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>Weights that turn features into a probability for each of some classes: softmax over sums.</summary>
internal sealed class LinearModel
{
    /// <summary>Weights in files are whole numbers, this many to one.</summary>
    public const float Scale = 10;

    private readonly Dictionary<ulong, (byte Class, float Weight)[]> _rows;

    public LinearModel(int classes, Dictionary<ulong, (byte Class, float Weight)[]> rows)
    {
        Classes = classes;
        _rows = rows;
    }

    public int Classes { get; }

    /// <summary>Reads lines such as <c>word refund	V34H-5</c>: a feature, then the letter of a class and its weight, for each that has one.</summary>
    public static LinearModel Read(PackNode node, int classes)
    {
        var rows = new Dictionary<ulong, (byte, float)[]>();
        var number = 0;
        foreach (var line in node.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            var parts = line.Split('\t');
            if (parts.Length != 2)
                throw Error(node, number, line);
            var row = Row(parts[1], classes);
            if (row is null)
                throw Error(node, number, line);

            if (parts[0].Split(' ').Length is not (2 or 3))
                throw Error(node, number, line);
            rows[FeatureList.KeyOf(parts[0])] = row;
        }

        return new LinearModel(classes, rows);
    }

    /// <summary>The letter of a class in a file: A to Z, then a to z.</summary>
    public static char LetterOf(int label) => (char)(label < 26 ? 'A' + label : 'a' + label - 26);

    /// <summary>Weights such as <c>V34H-5</c>; null if they are none.</summary>
    private static (byte Class, float Weight)[]? Row(ReadOnlySpan<char> text, int classes)
    {
        var row = new List<(byte, float)>();
        while (text.Length > 0)
        {
            var label = char.IsAsciiLetterUpper(text[0]) ? text[0] - 'A' : char.IsAsciiLetterLower(text[0]) ? text[0] - 'a' + 26 : classes;
            var end = 1;
            while (end < text.Length && !char.IsAsciiLetter(text[end]))
                end++;
            if (label >= classes || !int.TryParse(text[1..end], CultureInfo.InvariantCulture, out var weight))
                return null;
            row.Add(((byte)label, weight / Scale));
            text = text[end..];
        }

        return [.. row];
    }

    /// <summary>One model that holds several: their classes follow each other, and each feature is looked up once.</summary>
    public static LinearModel Join(params ReadOnlySpan<LinearModel> models)
    {
        var rows = new Dictionary<ulong, (byte, float)[]>();
        var before = 0;
        foreach (var model in models)
        {
            foreach (var (key, row) in model._rows)
            {
                var moved = Array.ConvertAll(row, w => ((byte)(w.Class + before), w.Weight));
                rows[key] = rows.TryGetValue(key, out var known) ? [.. known, .. moved] : moved;
            }

            before += model.Classes;
        }

        return new LinearModel(before, rows);
    }

    /// <summary>Of a model with two classes, how much each feature adds to the log odds of the second.</summary>
    public Dictionary<ulong, float> ToOdds() =>
        _rows.ToDictionary(row => row.Key, row => row.Value.Sum(w => w.Class == 1 ? w.Weight : -w.Weight));

    /// <summary>Adds to the score of each class.</summary>
    public void Score(FeatureList features, Span<double> scores)
    {
        foreach (var (key, value) in features.Span)
        {
            if (!_rows.TryGetValue(key, out var row))
                continue;
            foreach (var (label, weight) in row)
                scores[label] += value * weight;
        }
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

    private static PackException Error(PackNode node, int number, string line) =>
        new(node.File, node.Line + number, $"'{line[..Math.Min(40, line.Length)]}' is no line of weights.", "Write 'kind name', a tab, then the letter and weight of each class; the training command makes the file.");
}
