using System.Numerics;

namespace TicketWorld.Worlds.Verification;

/// <summary>How many sets of clauses are stable for a case, and the last one found.</summary>
/// <param name="Set">Local clause indexes, a bit each.</param>
internal readonly record struct FiringSet(ulong Set, int Count);

/// <summary>
/// Finds the sets of clauses that fire. A set is stable when each clause is in it exactly if, given the set, it is effective, not overridden
/// by a member, applies or is required by a member, and one of its rules holds under the parameters as the members modify them.
/// A clause's answer depends on few others. Where it is the same whatever the undecided ones of those do, every stable set agrees on it;
/// what stays open is enumerated, and each set that is left is held against the definition as a whole.
/// A sound policy has exactly one stable set for every case.
/// </summary>
internal static class FiringSets
{
    /// <summary>Undecided clauses over which one clause is tabulated.</summary>
    private const int MostTabulated = 6;

    /// <summary>Clauses that may stay open; more are a policy that cannot be decided.</summary>
    private const int MostOpen = 16;

    /// <param name="facts">Values of all facts.</param>
    /// <param name="inForce">Values of all parameters on the day, before any modification.</param>
    public static FiringSet Find(RequestProgram program, DateOnly day, ReadOnlySpan<long> facts, ulong present, ReadOnlySpan<long> inForce)
    {
        var clauses = program.Clauses;
        ulong candidates = 0;
        ulong applying = 0;
        var nothing = new Situation(facts, present, program, 0, inForce);
        for (var i = 0; i < clauses.Length; i++)
        {
            var clause = clauses[i];
            if (!clause.Source.IsEffective(day))
                continue;
            var applies = clause.Applies.Holds(nothing);
            applying |= applies ? 1UL << i : 0;
            candidates |= applies || clause.RequiredBy != 0 ? 1UL << i : 0;
        }

        var search = new Search(program, facts, present, inForce, candidates, applying);
        return search.Run();
    }

    /// <summary>Whether clauses of equal precedence set one parameter to different values.</summary>
    public static bool Clash(RequestProgram program, ulong set)
    {
        foreach (var setters in program.Setters)
        {
            if (setters.Length > 1 && Clash(setters, set))
                return true;
        }

        return false;
    }

    private static bool Clash(ParameterSetter[] setters, ulong set)
    {
        var first = Array.FindIndex(setters, s => (set >> s.Clause & 1) != 0);
        for (var i = first + 1; first >= 0 && i < setters.Length && setters[i].Precedence == setters[first].Precedence; i++)
        {
            if ((set >> setters[i].Clause & 1) != 0 && setters[i].Value != setters[first].Value)
                return true;
        }

        return false;
    }

    private ref struct Search(RequestProgram program, ReadOnlySpan<long> facts, ulong present, ReadOnlySpan<long> inForce, ulong candidates, ulong applying)
    {
        private readonly ReadOnlySpan<long> _facts = facts;
        private readonly ReadOnlySpan<long> _inForce = inForce;
        private ulong _open;
        private ulong _certain;

        public FiringSet Run()
        {
            _open = candidates;
            while (_open != 0 && (Settle(0) || Settle(MostTabulated)))
            {
            }

            if (BitOperations.PopCount(_open) > MostOpen)
                return new FiringSet(_certain, 0);
            ulong stable = 0;
            var count = 0;
            for (ulong part = 0; ;)
            {
                if (IsStable(_certain | part))
                {
                    stable = _certain | part;
                    count++;
                }

                part = (part - _open) & _open;
                if (part == 0)
                    return new FiringSet(stable, count);
            }
        }

        /// <summary>Decides the open clauses whose answer is the same under every choice of the open clauses that it depends on.</summary>
        private bool Settle(int most)
        {
            var before = _open;
            for (var rest = _open; rest != 0; rest &= rest - 1)
            {
                var i = BitOperations.TrailingZeroCount(rest);
                var undecided = program.Clauses[i].Influences & _open;
                if (BitOperations.PopCount(undecided) > most || !IsSettled(i, undecided, out var fires))
                    continue;
                _open &= ~(1UL << i);
                _certain |= fires ? 1UL << i : 0;
            }

            return _open != before;
        }

        private readonly bool IsSettled(int clause, ulong undecided, out bool fires)
        {
            fires = Fires(clause, _certain);
            for (var part = (0 - undecided) & undecided; part != 0; part = (part - undecided) & undecided)
            {
                if (Fires(clause, _certain | part) != fires)
                    return false;
            }

            return true;
        }

        private readonly bool IsStable(ulong set)
        {
            for (var rest = candidates; rest != 0; rest &= rest - 1)
            {
                var i = BitOperations.TrailingZeroCount(rest);
                if (Fires(i, set) != ((set >> i & 1) != 0))
                    return false;
            }

            return true;
        }

        /// <summary>Whether a clause fires by the definition, given which clauses fire.</summary>
        private readonly bool Fires(int i, ulong set)
        {
            var clause = program.Clauses[i];
            if ((set & clause.OverriddenBy) != 0 || ((applying >> i & 1) == 0 && (set & clause.RequiredBy) == 0))
                return false;
            var situation = new Situation(_facts, present, program, set, _inForce);
            foreach (var rule in clause.Rules)
            {
                if (rule.Holds(situation))
                    return true;
            }

            return false;
        }
    }
}
