using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Decisions;

/// <summary>
/// The order in which clauses can be decided one after the other. Whether a clause fires depends on the clauses that
/// override or require it, and on those that modify a parameter that its rules' conditions read. That relation
/// must be free of cycles; then the set of firing clauses is unique and one pass finds it.
/// </summary>
internal static class EvaluationOrder
{
    /// <param name="complaints">Collects every cycle, each cut where it closes; null to throw the first.</param>
    /// <exception cref="PackException">The relations form a cycle; the message names it.</exception>
    public static Clause[] Of(PolicyDocument policy, string file, PackComplaints? complaints = null)
    {
        var before = Dependencies(policy);
        var order = new List<Clause>(policy.Clauses.Length);
        var state = new byte[policy.Clauses.Length];
        var path = new List<int>();
        foreach (var clause in policy.Clauses)
            Visit(clause.Index);
        return [.. order];

        void Visit(int clause)
        {
            if (state[clause] == 2)
                return;
            if (state[clause] == 1)
            {
                var cycle = path[path.IndexOf(clause)..].Append(clause).Select(c => policy.Clauses[c].Id);
                complaints.Note(new PackException(file, policy.Clauses[clause].Line, $"Clauses depend on each other in a cycle: {string.Join(" ← ", cycle)}.", "Remove one of the relations (overrides, modifies, requires) or parameter references."));
                return;
            }

            state[clause] = 1;
            path.Add(clause);
            foreach (var earlier in before[clause])
                Visit(earlier);
            path.RemoveAt(path.Count - 1);
            state[clause] = 2;
            order.Add(policy.Clauses[clause]);
        }
    }

    private static SortedSet<int>[] Dependencies(PolicyDocument policy)
    {
        var before = Array.ConvertAll(policy.Clauses, _ => new SortedSet<int>());
        var modifiers = policy.Clauses.SelectMany(c => c.Modifies).ToLookup(m => m.Parameter, m => m.Clause);
        foreach (var clause in policy.Clauses)
        {
            foreach (var weaker in clause.Overrides)
                before[weaker].Add(clause.Index);
            foreach (var required in clause.Requires)
                before[required].Add(clause.Index);
            foreach (var rule in clause.Rules)
            {
                rule.When.Visit(operand =>
                {
                    if (operand.Parameter >= 0)
                        before[clause.Index].UnionWith(modifiers[operand.Parameter]);
                });
            }
        }

        return before;
    }
}
