using TicketWorld.Support.Analysis.Weighing;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>A feature with its value in a message.</summary>
internal readonly record struct NumberedFeature(int Number, float Value);

/// <summary>Numbers features in the order in which they are first seen, and knows their names.</summary>
internal sealed class FeatureNumbers
{
    private readonly Dictionary<ulong, string> _names = [];
    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly List<ulong> _keys = [];

    /// <summary>The name of each key that was seen.</summary>
    public Dictionary<ulong, string> Names => _names;

    public int Count => _keys.Count;

    public ulong KeyOf(int number) => _keys[number];

    public string NameOf(int number) => _names[_keys[number]];

    /// <summary>What a message has of features, each once, in the order in which they are first there.</summary>
    public NumberedFeature[] Of(Action<FeatureList> add)
    {
        using var features = new FeatureList { Names = _names };
        add(features);
        return Of(features);
    }

    /// <summary>The same of a list that collected its names in <see cref="Names"/>.</summary>
    public NumberedFeature[] Of(FeatureList features)
    {
        var values = new OrderedDictionary<int, float>(features.Span.Length);
        foreach (var (key, value) in features.Span)
        {
            if (!_numbers.TryGetValue(key, out var number))
            {
                _numbers.Add(key, number = _keys.Count);
                _keys.Add(key);
            }

            values[number] = values.GetValueOrDefault(number) + value;
        }

        return [.. values.Select(pair => new NumberedFeature(pair.Key, pair.Value))];
    }
}
