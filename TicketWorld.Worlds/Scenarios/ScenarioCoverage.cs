using System.Numerics;
using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>Which clauses decide, and which actions are taken, at the corners of scenarios.</summary>
internal sealed class ScenarioCoverage(PolicyDocument policy)
{
    private readonly Dictionary<string, ulong> _clauses = new(StringComparer.Ordinal);
    private readonly HashSet<(int A, int B)> _together = [];

    /// <summary>Bits of the clauses that decide somewhere.</summary>
    public ulong Decisive { get; private set; }

    /// <summary>Bits of the actions that are taken somewhere.</summary>
    public ulong Actions { get; private set; }

    /// <summary>Pairs of clauses that decide one request together somewhere, the earlier of the file first.</summary>
    public IReadOnlyCollection<(int A, int B)> Together => _together;

    /// <summary>Bits of the clauses that decide somewhere in a scenario.</summary>
    public ulong Of(Scenario scenario) => _clauses.GetValueOrDefault(scenario.Id);

    /// <summary>Takes in what the resolver has just decided.</summary>
    public void See(Scenario scenario, Resolver resolver)
    {
        if (resolver.Asks)
        {
            Note(scenario, 1UL << policy.ClarificationClause);
            Actions |= 1UL << policy.ClarificationAction;
            return;
        }

        foreach (var request in resolver.Cases)
        {
            Note(scenario, request.Derivation.References);
            foreach (ref readonly var action in request.Derivation.Actions)
                Actions |= 1UL << action.Action;
        }
    }

    private void Note(Scenario scenario, ulong clauses)
    {
        var known = Of(scenario);
        _clauses[scenario.Id] = known | clauses;
        Decisive |= clauses;
        for (var a = clauses; a != 0; a &= a - 1)
        {
            for (var b = a & (a - 1); b != 0; b &= b - 1)
                _together.Add((BitOperations.TrailingZeroCount(a), BitOperations.TrailingZeroCount(b)));
        }
    }
}
