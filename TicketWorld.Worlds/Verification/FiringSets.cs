using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace TicketWorld.Worlds.Verification;

/// <summary>How many sets of clauses are stable for a case, and the last one found.</summary>
/// <param name="Set">Local clause indexes, a bit each.</param>
internal readonly record struct FiringSet(ulong Set, int Count);

/// <summary>
/// Finds the sets of clauses that fire, without deriving anything. A set is stable when each clause is in it exactly if, given the
/// set, it is effective, not overridden by a member, applies or is required by a member, and one of its rules holds under
/// the parameters as the members modify them. Each clause's answer depends on few others, so it is tabulated over them;
/// then all subsets are tried. A sound policy has exactly one stable set for every case.
/// </summary>
internal static class FiringSets
{
    /// <param name="facts">Values of all facts.</param>
    /// <param name="parameters">Room for the policy's parameters, holding their own values; changed here.</param>
    public static FiringSet Find(RequestProgram program, DateOnly day, ReadOnlySpan<long> facts, ulong present, Span<long> parameters)
    {
        var clauses = program.Clauses;
        ulong candidates = 0;
        ulong applying = 0;
        for (var i = 0; i < clauses.Length; i++)
        {
            var clause = clauses[i];
            if (!clause.Source.IsEffective(day))
                continue;
            var applies = clause.Applies.Holds(new Situation(facts, present, parameters));
            applying |= applies ? 1UL << i : 0;
            candidates |= applies || clause.RequiredBy != 0 ? 1UL << i : 0;
        }

        Span<ulong> tables = stackalloc ulong[RequestProgram.MostClauses];
        ulong always = 0;
        ulong free = 0;
        for (var rest = candidates; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            var influences = clauses[i].Influences & candidates;
            tables[i] = Tabulate(program, i, (applying >> i & 1) != 0, influences, facts, present, parameters);
            var rows = BitOperations.PopCount(influences);
            var full = rows == 6 ? ulong.MaxValue : (1UL << (1 << rows)) - 1;
            if (tables[i] == full)
                always |= 1UL << i;
            else if (tables[i] != 0)
                free |= 1UL << i;
        }

        ulong stable = 0;
        var count = 0;
        for (ulong part = 0; ;)
        {
            var set = always | part;
            if (IsStable(clauses, tables, candidates, set))
            {
                stable = set;
                count++;
            }

            part = (part - free) & free;
            if (part == 0)
                break;
        }

        return new FiringSet(stable, count);
    }

    /// <summary>Writes the parameters as a set of clauses modifies them; the strongest precedence wins.</summary>
    /// <returns>False when clauses of equal precedence set one parameter to different values.</returns>
    public static bool Modify(RequestProgram program, ulong set, Span<long> parameters)
    {
        var agreed = true;
        foreach (var parameter in program.Parameters)
        {
            var value = program.Policy.Parameters[parameter.Index].Value;
            var strongest = int.MaxValue;
            var clash = false;
            foreach (var setter in parameter.Setters)
            {
                if ((set >> setter.Clause & 1) == 0 || setter.Precedence > strongest)
                    continue;
                clash = setter.Precedence == strongest && (clash || setter.Value != value);
                (value, strongest) = (setter.Value, setter.Precedence);
            }

            agreed &= !clash;
            parameters[parameter.Index] = value;
        }

        return agreed;
    }

    /// <summary>For each subset of the clauses that matter to clause <paramref name="i"/>, whether it fires then.</summary>
    private static ulong Tabulate(RequestProgram program, int i, bool applies, ulong influences, ReadOnlySpan<long> facts, ulong present, Span<long> parameters)
    {
        var clause = program.Clauses[i];
        ulong table = 0;
        var row = 0;
        for (ulong given = 0; ; row++)
        {
            if ((given & clause.OverriddenBy) == 0 && (applies || (given & clause.RequiredBy) != 0))
            {
                Modify(program, given, parameters);
                var situation = new Situation(facts, present, parameters);
                foreach (var rule in clause.Rules)
                {
                    if (rule.When.Holds(situation))
                    {
                        table |= 1UL << row;
                        break;
                    }
                }
            }

            given = (given - influences) & influences;
            if (given == 0)
                return table;
        }
    }

    private static bool IsStable(ProgramClause[] clauses, ReadOnlySpan<ulong> tables, ulong candidates, ulong set)
    {
        for (var rest = candidates; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            var row = Extract(set, clauses[i].Influences & candidates);
            if ((tables[i] >> row & 1) != (set >> i & 1))
                return false;
        }

        return true;
    }

    /// <summary>The bits of <paramref name="value"/> that the mask selects, moved together.</summary>
    private static int Extract(ulong value, ulong mask)
    {
        if (Bmi2.X64.IsSupported)
            return (int)Bmi2.X64.ParallelBitExtract(value, mask);
        var result = 0;
        var bit = 0;
        for (; mask != 0; mask &= mask - 1, bit++)
            result |= (int)(value >> BitOperations.TrailingZeroCount(mask) & 1) << bit;
        return result;
    }
}
