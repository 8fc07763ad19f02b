using System.Numerics;
using System.Runtime.InteropServices;
using TicketWorld.Support.Analysis.Weighing;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>An example to learn from.</summary>
/// <param name="More">Further features; none is among the others.</param>
internal readonly record struct Example(NumberedFeature[] Features, NumberedFeature[] More, int Label, float Weight);

/// <summary>How a linear model is learnt.</summary>
/// <param name="Epochs">How often each example is seen; the weights are the mean of those of the second half.</param>
/// <param name="Rate">Size of a step.</param>
/// <param name="Decay">How strongly weights are drawn to 0.</param>
/// <param name="Least">Smaller weights, in parts of <see cref="LinearModel.Scale"/>, are left out.</param>
/// <param name="LeastOfWeak">The same for weak features.</param>
/// <param name="LeastExamples">Features of fewer examples are not learnt from.</param>
internal sealed record Recipe(int Epochs, float Rate, float Decay, int Least, int LeastOfWeak, int LeastExamples);

/// <summary>A feature, by its number, with its learnt weights by class in parts of <see cref="LinearModel.Scale"/>.</summary>
internal readonly record struct LearntRow(int Feature, (byte Class, short Weight)[] Weights);

/// <summary>
/// Learns a linear model by stochastic gradient descent with one step size per weight (AdaGrad), decay towards 0 and averaging. The order is that of the
/// examples, shuffled by a fixed sequence, and every operation is by element: the same examples give the same weights.
/// </summary>
/// <param name="isWeak">Whether a feature, by its number, is weak.</param>
internal sealed class LinearTrainer(int classes, Recipe recipe, Predicate<int> isWeak)
{
    /// <summary>Rows are padded to whole vectors of any machine up to 8 numbers wide.</summary>
    private readonly int _width = (classes + 7) / 8 * 8;

    /// <summary>The weights as they stand in a file, in the order of the features' numbers.</summary>
    /// <param name="features">How many features are numbered.</param>
    public List<LearntRow> Rows(IReadOnlyList<Example> examples, int features)
    {
        var places = Places(examples, features);
        var known = examples.Select(example => Known(example, places)).ToArray();
        var weights = new float[(places.Max() + 1) * _width];
        var squares = new float[weights.Length];
        var sums = new float[weights.Length];
        var scores = new float[_width];
        var order = Enumerable.Range(0, examples.Count).ToArray();
        ulong state = 0x9e3779b97f4a7c15;
        for (var epoch = 0; epoch < recipe.Epochs; epoch++)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                state = state * 6364136223846793005 + 1442695040888963407;
                var j = (int)((state >> 33) % (ulong)(i + 1));
                (order[i], order[j]) = (order[j], order[i]);
            }

            foreach (var number in order)
                Step(known[number], examples[number], weights, squares, scores);
            if (epoch >= recipe.Epochs / 2)
                Add(weights, sums);
        }

        return Rounded(places, sums, recipe.Epochs - recipe.Epochs / 2);
    }

    private List<LearntRow> Rounded(int[] places, float[] sums, int epochs)
    {
        var rows = new List<LearntRow>();
        var ordered = new float[classes];
        for (var feature = 0; feature < places.Length; feature++)
        {
            if (places[feature] < 0)
                continue;

            // Only differences between classes count; taken from the middle one, most are next to nothing.
            var row = new List<(byte, short)>();
            var own = sums.AsSpan(places[feature] * _width, classes);
            own.CopyTo(ordered);
            Array.Sort(ordered);
            var middle = ordered[classes / 2];
            var least = isWeak(feature) ? recipe.LeastOfWeak : recipe.Least;
            for (var c = 0; c < classes; c++)
            {
                if ((int)MathF.Round((own[c] - middle) / epochs * LinearModel.Scale) is var weight && Math.Abs(weight) >= least)
                    row.Add(((byte)c, (short)weight));
            }

            if (row.Count > 0)
                rows.Add(new LearntRow(feature, [.. row]));
        }

        return rows;
    }

    private void Step((int At, float Value)[] features, Example example, float[] weights, float[] squares, float[] scores)
    {
        Array.Clear(scores);
        var sum = MemoryMarshal.Cast<float, Vector<float>>(scores.AsSpan());
        foreach (var (at, value) in features)
        {
            var row = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(at, _width));
            for (var c = 0; c < sum.Length && c < row.Length; c++)
                sum[c] += row[c] * value;
        }

        Errors(scores, example);
        var rate = new Vector<float>(recipe.Rate);
        var least = new Vector<float>(1e-6f);
        foreach (var (at, value) in features)
        {
            var part = example.Weight * value;
            var row = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(at, _width));
            var known = MemoryMarshal.Cast<float, Vector<float>>(squares.AsSpan(at, _width));
            for (var c = 0; c < sum.Length && c < row.Length && c < known.Length; c++)
            {
                var gradient = sum[c] * part + row[c] * recipe.Decay;
                var square = known[c] + gradient * gradient;
                known[c] = square;
                row[c] -= gradient * rate / Vector.SquareRoot(square + least);
            }
        }
    }

    /// <summary>Turns scores into probabilities less what they should be.</summary>
    private void Errors(float[] scores, Example example)
    {
        Span<double> exact = stackalloc double[classes];
        for (var c = 0; c < classes; c++)
            exact[c] = scores[c];
        LinearModel.Softmax(exact);
        Array.Clear(scores);
        for (var c = 0; c < classes; c++)
            scores[c] = (float)exact[c] - (c == example.Label ? 1 : 0);
    }

    private (int At, float Value)[] Known(Example example, int[] places)
    {
        var known = new List<(int, float)>(example.Features.Length + example.More.Length);
        foreach (var (number, value) in example.Features)
        {
            if (places[number] >= 0)
                known.Add((places[number] * _width, value));
        }

        foreach (var (number, value) in example.More)
        {
            if (places[number] >= 0)
                known.Add((places[number] * _width, value));
        }

        return [.. known];
    }

    private static void Add(float[] weights, float[] sums)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += weights[i];
    }

    /// <summary>By the number of a feature, which row of weights is its own; -1 for one of too few examples.</summary>
    private int[] Places(IReadOnlyList<Example> examples, int features)
    {
        var counts = new int[features];
        foreach (var example in examples)
        {
            foreach (var feature in example.Features)
                counts[feature.Number]++;
            foreach (var feature in example.More)
                counts[feature.Number]++;
        }

        var places = new int[features];
        var next = 0;
        for (var i = 0; i < places.Length; i++)
            places[i] = counts[i] >= recipe.LeastExamples ? next++ : -1;
        return places;
    }
}
