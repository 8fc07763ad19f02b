using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Packs;

/// <summary>The tiers of customers stand in two files: as shares in people.yaml, and as the values of the fact <c>customer_tier</c>, by which the policy reads them.</summary>
internal static class TierCheck
{
    private const string Fact = "customer_tier";

    /// <param name="complaints">Collects every complaint; null to throw the first of a tier that the policy cannot read. One that no customer has does no harm to a set.</param>
    /// <exception cref="PackException">A tier stands in people.yaml alone.</exception>
    public static void Check(PackNode policyFile, PolicyDocument policy, People people, PackComplaints? complaints = null)
    {
        if (!policy.FactsByName.TryGetValue(Fact, out var fact) || fact.Type != FactType.Symbol)
            return;
        var read = Array.ConvertAll(fact.Values, v => policy.Symbols[v]);
        var had = Array.ConvertAll(people.Tiers, t => t.Name);
        var at = policyFile["facts"][Fact];
        foreach (var tier in complaints is null ? [] : read.Except(had, StringComparer.Ordinal))
            complaints.Note(at.Error($"'{tier}' is a value of {Fact}, and no tier of people.yaml, so no customer has it.", $"Use one of: {string.Join(", ", had)}; or give the tier a share under 'tiers' in people.yaml."));
        foreach (var tier in had.Except(read, StringComparer.Ordinal))
            complaints.Note(at.Error($"'{tier}' is a tier of people.yaml, and no value of {Fact}, so the policy cannot read it.", "Add it to the values."));
    }
}
