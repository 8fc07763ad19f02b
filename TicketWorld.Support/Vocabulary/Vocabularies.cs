using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Vocabulary;

/// <summary>The label sets, from <c>vocabularies.yaml</c>.</summary>
public sealed class Vocabularies
{
    private readonly Dictionary<string, LabelSet> _sets = new(StringComparer.Ordinal);

    /// <exception cref="Worlds.Packs.PackException">A topic has no label, or several, or the file is at fault otherwise; names file and line.</exception>
    public Vocabularies(RuleFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var root = files.Read("vocabularies.yaml");
        root.Only("vocabularies");
        foreach (var node in root["vocabularies"].Items)
        {
            var set = new LabelSet(node);
            if (!_sets.TryAdd(set.Id, set))
                throw node.Error($"The vocabulary '{set.Id}' stands twice.", "Remove one of them.");
        }

        foreach (var id in (ReadOnlySpan<string>)[WorkflowId, AgentsId, CommerceId, PaymentsId, WorldId])
        {
            if (!_sets.ContainsKey(id))
                throw root.Error($"The vocabulary '{id}' is missing.", "Add it to vocabularies.");
        }
    }

    private const string WorkflowId = "workflow";
    private const string AgentsId = "agents";
    private const string CommerceId = "commerce";
    private const string PaymentsId = "payments";
    private const string WorldId = "world";

    /// <summary>All sets, the user's own too.</summary>
    public IReadOnlyCollection<LabelSet> All => _sets.Values;

    public LabelSet Workflow => _sets[WorkflowId];

    public LabelSet Agents => _sets[AgentsId];

    public LabelSet Commerce => _sets[CommerceId];

    public LabelSet Payments => _sets[PaymentsId];

    public LabelSet World => _sets[WorldId];

    /// <summary>The set of an id; null if there is none.</summary>
    public LabelSet? Find(string id) => _sets.GetValueOrDefault(id);
}
