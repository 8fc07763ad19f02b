using System.Runtime.InteropServices;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Generation;

/// <summary>Counts the labels of tickets as they are made. One for each thread.</summary>
internal sealed class LabelCounts(PackSettings settings)
{
    private readonly Dictionary<(string Dimension, string Label), int> _counts = [];

    public void Count(TicketDraft draft)
    {
        One("ticket_type/", draft.Scenario.TicketType);
        One("complexity/", draft.Scenario.Complexity);
        One("completeness/", settings.Completeness[draft.Completeness].Name);
        One("customer_tier/", draft.Customer.Tier);
        One("group/", draft.Scenario.Group);
        One("outcome/", draft.Plan.Outcome);
    }

    /// <summary>Adds the labels counted since the last call to a report.</summary>
    public void Flush(ChunkReport report)
    {
        foreach (var ((dimension, label), count) in _counts)
            report.Labels[dimension + label] = report.Labels.GetValueOrDefault(dimension + label) + count;
        _counts.Clear();
    }

    private void One(string dimension, string label)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (dimension, label), out _);
        count++;
    }
}
