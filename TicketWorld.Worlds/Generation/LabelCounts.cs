using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Generation;

/// <summary>Counts the labels of tickets as they are made. One for each thread.</summary>
internal sealed class LabelCounts
{
    private readonly List<string> _labels = [];
    private readonly List<int> _counts = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly (int Type, int Complexity, int Group)[] _ofScenario;
    private readonly int[] _ofCompleteness;

    /// <summary>Tiers and outcomes by the string itself; the same words in another string are counted apart and added up.</summary>
    private readonly Dictionary<string, int> _ofTier = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _ofOutcome = new(ReferenceEqualityComparer.Instance);

    public LabelCounts(Pack pack)
    {
        _ofScenario = Array.ConvertAll(pack.Scenarios, s => (Number($"ticket_type/{s.TicketType}"), Number($"complexity/{s.Complexity}"), Number($"group/{s.Group}")));
        _ofCompleteness = Array.ConvertAll(pack.Settings.Completeness, share => Number($"completeness/{share.Name}"));
    }

    public void Count(TicketDraft draft)
    {
        var (type, complexity, group) = _ofScenario[draft.Scenario.Index];
        _counts[type]++;
        _counts[complexity]++;
        _counts[group]++;
        _counts[_ofCompleteness[draft.Completeness]]++;
        _counts[Number(_ofTier, "customer_tier/", draft.Customer.Tier)]++;
        _counts[Number(_ofOutcome, "outcome/", draft.Plan.Outcome)]++;
    }

    /// <summary>Adds the labels counted since the last call to a report.</summary>
    public void Flush(ChunkReport report)
    {
        for (var i = 0; i < _labels.Count; i++)
        {
            if (_counts[i] == 0)
                continue;
            report.Labels[_labels[i]] = report.Labels.GetValueOrDefault(_labels[i]) + _counts[i];
            _counts[i] = 0;
        }
    }

    private int Number(Dictionary<string, int> known, string dimension, string label)
    {
        if (!known.TryGetValue(label, out var number))
            known[label] = number = Number(dimension + label);
        return number;
    }

    private int Number(string label)
    {
        if (_numbers.TryGetValue(label, out var number))
            return number;
        _labels.Add(label);
        _counts.Add(0);
        return _numbers[label] = _counts.Count - 1;
    }
}
