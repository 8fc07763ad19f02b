using System.Numerics;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification;

/// <summary>What became of a clause that speaks about a case.</summary>
internal enum ClauseStatus
{
    /// <summary>It fired with an effect and is cited.</summary>
    Decisive,

    /// <summary>It fired, and stronger verdicts took its place.</summary>
    Outranked,

    /// <summary>A clause that fires removes it.</summary>
    Overridden,

    /// <summary>It applies, and none of its rules has an effect.</summary>
    Applicable,
}

/// <summary>A clause that speaks about a case.</summary>
/// <param name="OverriddenBy">Ids of the clauses that remove it; any of them explains it.</param>
internal sealed record AnalysedClause(string Id, ClauseStatus Status, string[] OverriddenBy);

/// <summary>A parameter that a firing clause set.</summary>
internal sealed record AnalysedParameter(string Clause, string Parameter, string Value, string ModifiedBy);

/// <summary>How a case without unknown claims was decided: the clauses strongest first, what was modified, what interacted.</summary>
internal sealed record CaseAnalysis(AnalysedClause[] Clauses, AnalysedParameter[] Modified, (string One, string Other)[] Interactions)
{
    /// <param name="facts">Values of all facts, no claim of which is unknown.</param>
    /// <param name="inForce">Values of the parameters on the day of the message.</param>
    public static CaseAnalysis Of(RequestProgram program, Case @case, ReadOnlySpan<long> facts, ulong present, ReadOnlySpan<long> inForce)
    {
        var firing = FiringSets.Find(program, @case.Day, facts, present, inForce).Set;
        var situation = new Situation(facts, present, program, firing, inForce);
        Span<int> room = stackalloc int[program.Rules.Length];
        var standing = new StandingEffects(program, @case, firing, situation, room);
        ulong cited = 0;
        for (var i = 0; i < standing.Count; i++)
            cited |= 1UL << standing[i].Clause;

        var clauses = new List<AnalysedClause>();
        foreach (var i in program.ByRank)
        {
            var clause = program.Clauses[i];
            var speaks = clause.Source.IsEffective(@case.Day) && (clause.Applies.Holds(situation) || (clause.RequiredBy & firing) != 0);
            if (!speaks)
                continue;
            var status = (cited >> i & 1) != 0 ? ClauseStatus.Decisive
                : (firing >> i & 1) != 0 ? ClauseStatus.Outranked
                : (clause.OverriddenBy & firing) != 0 && AnyHolds(clause, situation) ? ClauseStatus.Overridden
                : ClauseStatus.Applicable;
            clauses.Add(new AnalysedClause(clause.Source.Id, status, ActionList.Ids(program, clause.OverriddenBy & firing)));
        }

        return new CaseAnalysis([.. clauses], [.. FindModified(program, firing)], [.. Interacting(program, firing)]);
    }

    /// <summary>Analyses of the completions of one case, where a clause that decides in some of them and is not cited has no effect in any.</summary>
    public static CaseAnalysis[] Citing(CaseAnalysis[] analyses, IReadOnlyList<string> cited)
    {
        if (analyses.Length < 2)
            return analyses;
        return Array.ConvertAll(analyses, a => a with
        {
            Clauses = Array.ConvertAll(a.Clauses, c => c.Status == ClauseStatus.Decisive && !cited.Contains(c.Id) ? c with { Status = ClauseStatus.Applicable } : c),
        });
    }

    private static bool AnyHolds(ProgramClause clause, in Situation situation)
    {
        foreach (var rule in clause.Rules)
        {
            if (rule.Holds(situation))
                return true;
        }

        return false;
    }

    private static List<AnalysedParameter> FindModified(RequestProgram program, ulong firing)
    {
        var found = new List<AnalysedParameter>();
        for (var index = 0; index < program.Setters.Length; index++)
        {
            foreach (var setter in program.Setters[index])
            {
                if ((firing >> setter.Clause & 1) == 0)
                    continue;
                var definition = program.Policy.Parameters[index];
                found.Add(new AnalysedParameter(
                    program.Policy.Clauses[definition.Clause].Id,
                    definition.Name,
                    Values.Format(setter.Value, definition.Type, program.Policy.Symbols),
                    program.Clauses[setter.Clause].Source.Id));
                break;
            }
        }

        return found;
    }

    private static IEnumerable<(string One, string Other)> Interacting(RequestProgram program, ulong firing)
    {
        for (var rest = firing; rest != 0; rest &= rest - 1)
        {
            var one = program.Clauses[BitOperations.TrailingZeroCount(rest)].Source;
            for (var others = rest & (rest - 1); others != 0; others &= others - 1)
            {
                var other = program.Clauses[BitOperations.TrailingZeroCount(others)].Source;
                if (one.InteractsWith.Contains(other.Index) || other.InteractsWith.Contains(one.Index))
                    yield return (one.Id, other.Id);
            }
        }
    }
}
