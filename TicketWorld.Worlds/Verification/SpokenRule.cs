using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification;

/// <summary>What a clause says in a case: the first of its rules that hold, and what that rule's condition reads.</summary>
/// <param name="Clause">Index in the policy.</param>
/// <param name="Facts">As the reasoning has it: <c> [name = value, source; name = value]</c>, or nothing.</param>
internal sealed record SpokenRule(int Clause, ClauseRule Rule, string Facts)
{
    /// <summary>What the clauses with a standing effect say, the strongest first.</summary>
    /// <param name="facts">Values of all facts, no claim of which is unknown.</param>
    /// <param name="told">Bits of the facts that are known, which alone are told.</param>
    /// <param name="inForce">Values of the parameters on the day of the message.</param>
    public static SpokenRule[] Of(RequestProgram program, Case @case, ReadOnlySpan<long> facts, ulong present, ulong told, ReadOnlySpan<long> inForce)
    {
        var firing = FiringSets.Find(program, @case.Day, facts, present, inForce).Set;
        var situation = new Situation(facts, present, program, firing, inForce);
        Span<int> room = stackalloc int[program.Rules.Length];
        var standing = new StandingEffects(program, @case, firing, situation, room);
        ulong cited = 0;
        for (var i = 0; i < standing.Count; i++)
            cited |= 1UL << standing[i].Clause;
        var spoken = new List<SpokenRule>();
        foreach (var local in program.ByRank)
        {
            if ((cited >> local & 1) == 0)
                continue;
            foreach (var rule in program.Clauses[local].Rules)
            {
                if (!rule.Holds(situation))
                    continue;
                spoken.Add(new SpokenRule(program.Clauses[local].Source.Index, rule.Source, Tell(program, @case, rule.Source, situation, told)));
                break;
            }
        }

        return [.. spoken];
    }

    private static string Tell(RequestProgram program, Case @case, ClauseRule rule, in Situation situation, ulong told)
    {
        var policy = program.Policy;
        var request = policy.FactsByName["request"].Index;
        var operands = new List<Operand>();
        rule.When.Visit(operands.Add);
        var parts = new List<string>();
        foreach (var operand in operands.Distinct())
        {
            if (operand.Parameter >= 0)
                parts.Add($"{policy.Parameters[operand.Parameter].Name} = {Values.Format(situation.Parameter(operand.Parameter), policy.Parameters[operand.Parameter].Type, policy.Symbols)}");
            else if (operand.Fact >= 0 && operand.Fact != request && (told >> operand.Fact & 1) != 0)
                parts.Add($"{policy.Facts[operand.Fact].Name} = {Values.Format(situation.Fact(operand.Fact), policy.Facts[operand.Fact].Type, policy.Symbols)}, {SourceOf(@case, policy.Facts[operand.Fact])}");
        }

        return parts.Count == 0 ? "" : $" [{string.Join("; ", parts)}]";
    }

    private static string SourceOf(Case @case, FactDefinition fact) => (@case.Answered >> fact.Index & 1) != 0 ? "database" : Snake.Name(fact.Source);
}
