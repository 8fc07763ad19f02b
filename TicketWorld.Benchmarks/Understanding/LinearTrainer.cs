using System.Numerics;
using System.Runtime.InteropServices;
using TicketWorld.Support.Analysis.Weighing;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>An example to learn from.</summary>
internal readonly record struct Example(FeatureList Features, int Label, float Weight);

/// <summary>How a linear model is learnt.</summary>
/// <param name="Epochs">How often each example is seen; the weights are the mean of those of the second half.</param>
/// <param name="Rate">Size of a step.</param>
/// <param name="Decay">How strongly weights are drawn to 0.</param>
/// <param name="Least">Smaller weights, in parts of <see cref="LinearModel.Scale"/>, are left out.</param>
/// <param name="LeastExamples">Features of fewer examples are not learnt from.</param>
/// <param name="Smoothing">The part of certainty that is kept from the label and spread over all classes.</param>
internal sealed record Recipe(int Epochs, float Rate, float Decay, int Least, int LeastExamples = 3, float Smoothing = 0);

/// <summary>
/// Learns a linear model by stochastic gradient descent with one step size per weight (AdaGrad), decay towards 0 and averaging. The order is that of the
/// examples, shuffled by a fixed sequence, and every operation is by element: the same examples give the same weights.
/// </summary>
internal sealed class LinearTrainer(int classes, Recipe recipe)
{
    /// <summary>Rows are padded to whole vectors of any machine.</summary>
    private readonly int _width = (classes + 15) / 16 * 16;

    /// <summary>The model that a file of these rows holds.</summary>
    public LinearModel Model(Dictionary<ulong, List<(byte Class, int Weight)>> rows) => new(classes, rows.ToDictionary(row => row.Key, row => row.Value.Select(w => (w.Class, w.Weight / LinearModel.Scale)).ToArray()));

    /// <summary>Weights in whole numbers of a file, by feature.</summary>
    public Dictionary<ulong, List<(byte Class, int Weight)>> Rows(IReadOnlyList<Example> examples)
    {
        var index = Index(examples);
        var known = examples.Select(example => Known(example, index)).ToArray();
        var weights = new float[index.Count * _width];
        var squares = new float[weights.Length];
        var sums = new double[weights.Length];
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
            if (epoch < recipe.Epochs / 2)
                continue;
            for (var i = 0; i < sums.Length; i++)
                sums[i] += weights[i];
        }

        var rows = new Dictionary<ulong, List<(byte, int)>>();
        var epochs = recipe.Epochs - recipe.Epochs / 2;
        foreach (var (key, at) in index)
        {
            // Only differences between classes count; taken from the middle one, most are next to nothing.
            var row = new List<(byte, int)>();
            var own = sums.AsSpan(at * _width, classes);
            var middle = own.ToArray().Order().ElementAt(classes / 2);
            for (var c = 0; c < classes; c++)
            {
                if ((int)Math.Round((own[c] - middle) / epochs * LinearModel.Scale) is var weight && Math.Abs(weight) >= recipe.Least)
                    row.Add(((byte)c, weight));
            }

            if (row.Count > 0)
                rows.Add(key, row);
        }

        return rows;
    }

    private void Step((int At, float Value)[] features, Example example, float[] weights, float[] squares, float[] scores)
    {
        Array.Clear(scores);
        foreach (var (at, value) in features)
        {
            var row = weights.AsSpan(at, _width);
            for (var c = 0; c < _width; c += Vector<float>.Count)
                (new Vector<float>(scores, c) + new Vector<float>(row[c..]) * value).CopyTo(scores, c);
        }

        Errors(scores, example);
        foreach (var (at, value) in features)
        {
            var part = example.Weight * value;
            for (var c = 0; c < _width; c += Vector<float>.Count)
            {
                var weight = new Vector<float>(weights, at + c);
                var gradient = new Vector<float>(scores, c) * part + weight * recipe.Decay;
                var square = new Vector<float>(squares, at + c) + gradient * gradient;
                square.CopyTo(squares, at + c);
                (weight - gradient * recipe.Rate / Vector.SquareRoot(square + new Vector<float>(1e-6f))).CopyTo(weights, at + c);
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
        for (var c = 0; c < classes; c++)
            scores[c] = (float)exact[c] - recipe.Smoothing / classes - (c == example.Label ? 1 - recipe.Smoothing : 0);
    }

    private (int At, float Value)[] Known(Example example, Dictionary<ulong, int> index)
    {
        var values = new Dictionary<int, float>();
        foreach (var (key, value) in example.Features.Items)
        {
            if (index.TryGetValue(key, out var at))
                CollectionsMarshal.GetValueRefOrAddDefault(values, at * _width, out _) += value;
        }

        return [.. values.Select(pair => (pair.Key, pair.Value))];
    }

    private Dictionary<ulong, int> Index(IReadOnlyList<Example> examples)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var example in examples)
        {
            foreach (var key in example.Features.Items.Select(item => item.Key).Distinct())
                counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        var index = new Dictionary<ulong, int>();
        foreach (var (key, count) in counts)
        {
            if (count >= recipe.LeastExamples)
                index.Add(key, index.Count);
        }

        return index;
    }
}
