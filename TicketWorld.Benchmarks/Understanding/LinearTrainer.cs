using TicketWorld.Support.Analysis.Weighing;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>An example to learn from.</summary>
internal readonly record struct Example(FeatureList Features, int Label, float Weight);

/// <summary>
/// Learns a linear model by stochastic gradient descent with one step size per weight (AdaGrad) and decay towards 0. Features of fewer than four examples are not
/// learnt from, and weights below <paramref name="least"/> (in parts of <see cref="LinearModel.Scale"/>) are left out. The order is that of the examples, shuffled by a fixed sequence: the same examples give the same weights.
/// </summary>
internal sealed class LinearTrainer(int classes, int epochs, double rate, double decay, int least)
{
    private const int LeastExamples = 4;

    public LinearModel Train(IReadOnlyList<Example> examples) => new(classes, Rows(examples).ToDictionary(row => row.Key, row => row.Value.Select(w => (w.Class, w.Weight / LinearModel.Scale)).ToArray()));

    /// <summary>Weights in whole numbers of a file, by feature.</summary>
    public Dictionary<ulong, List<(byte Class, int Weight)>> Rows(IReadOnlyList<Example> examples)
    {
        var index = Index(examples);
        var weights = new double[index.Count * classes];
        var squares = new double[index.Count * classes];
        var scores = new double[classes];
        var order = Enumerable.Range(0, examples.Count).ToArray();
        ulong state = 0x9e3779b97f4a7c15;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                state = state * 6364136223846793005 + 1442695040888963407;
                var j = (int)((state >> 33) % (ulong)(i + 1));
                (order[i], order[j]) = (order[j], order[i]);
            }

            foreach (var number in order)
                Step(examples[number], index, weights, squares, scores);
        }

        var rows = new Dictionary<ulong, List<(byte, int)>>();
        foreach (var (key, at) in index)
        {
            // Only differences between classes count; taken from the middle one, most are next to nothing.
            var row = new List<(byte, int)>();
            var own = weights.AsSpan(at * classes, classes);
            var middle = own.ToArray().Order().ElementAt(classes / 2);
            for (var c = 0; c < classes; c++)
            {
                if ((int)Math.Round((own[c] - middle) * LinearModel.Scale) is var weight && Math.Abs(weight) >= least)
                    row.Add(((byte)c, weight));
            }

            if (row.Count > 0)
                rows.Add(key, row);
        }

        return rows;
    }

    private void Step(Example example, Dictionary<ulong, int> index, double[] weights, double[] squares, double[] scores)
    {
        Array.Clear(scores);
        foreach (var (key, value) in example.Features.Items)
        {
            if (index.TryGetValue(key, out var at))
            {
                for (var c = 0; c < classes; c++)
                    scores[c] += value * weights[at * classes + c];
            }
        }

        LinearModel.Softmax(scores);
        scores[example.Label] -= 1;
        foreach (var (key, value) in example.Features.Items)
        {
            if (!index.TryGetValue(key, out var at))
                continue;
            for (var c = 0; c < classes; c++)
            {
                var w = at * classes + c;
                var gradient = example.Weight * value * scores[c] + decay * weights[w];
                squares[w] += gradient * gradient;
                weights[w] -= rate * gradient / Math.Sqrt(squares[w] + 1e-6);
            }
        }
    }

    private static Dictionary<ulong, int> Index(IReadOnlyList<Example> examples)
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
            if (count >= LeastExamples)
                index.Add(key, index.Count);
        }

        return index;
    }
}
