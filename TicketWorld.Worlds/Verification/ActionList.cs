using System.Numerics;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Verification;

/// <summary>Writes the compliant set of actions out: in its order, with clauses and particulars.</summary>
internal static class ActionList
{
    /// <summary>The actions; null when two clauses demand one with different particulars.</summary>
    /// <param name="values">Values in cents in the order of the action indexes.</param>
    public static ExpectedAction[]? Build(RequestProgram program, in StandingEffects standing, ulong set, ReadOnlySpan<long> values)
    {
        var actions = new ExpectedAction[BitOperations.PopCount(set)];
        var next = 0;
        for (var decision = 0; decision < program.Decisions.Length; decision++)
        {
            for (var i = 0; i < standing.Count; i++)
            {
                if (StandingEffects.IsVerdict(standing[i]) && standing[i].Decision == decision && !Add(program, standing, i, ref set, values, actions, ref next))
                    return null;
            }
        }

        foreach (var effect in (ReadOnlySpan<EffectKind>)[EffectKind.Also, EffectKind.Escalate])
        {
            for (var i = 0; i < standing.Count; i++)
            {
                if (standing[i].Source.Effect == effect && !Add(program, standing, i, ref set, values, actions, ref next))
                    return null;
            }
        }

        return actions;
    }

    /// <summary>Ids of local clauses, strongest first, equal ones by id.</summary>
    public static string[] Ids(RequestProgram program, ulong clauses)
    {
        var ids = new string[BitOperations.PopCount(clauses)];
        var next = 0;
        foreach (var clause in program.ByRank)
        {
            if ((clauses >> clause & 1) != 0)
                ids[next++] = program.Clauses[clause].Source.Id;
        }

        return ids;
    }

    private static bool Add(RequestProgram program, in StandingEffects standing, int effect, ref ulong left, ReadOnlySpan<long> values, ExpectedAction[] actions, ref int next)
    {
        var action = standing[effect].Source.Action;
        if ((left >> action & 1) == 0)
            return true;

        ulong clauses = 0;
        KeyValuePair<string, string>[]? details = null;
        for (var i = 0; i < standing.Count; i++)
        {
            if (standing[i].Source.Action != action)
                continue;
            clauses |= 1UL << standing[i].Clause;
            var own = standing.Details(standing[i]);
            if (details is not null && !own.AsSpan().SequenceEqual(details))
                return false;
            details = own;
        }

        // Values stand in the order of the action indexes, so the place is the number of lower actions in the whole set.
        left &= ~(1UL << action);
        actions[next++] = new ExpectedAction(
            program.Policy.Actions[action].Name, new Money(values[Position(standing, action)]), Ids(program, clauses), details ?? [])
        {
            IsEscalation = standing[effect].Source.Effect == EffectKind.Escalate,
        };
        return true;
    }

    private static int Position(in StandingEffects standing, int action)
    {
        ulong lower = 0;
        for (var i = 0; i < standing.Count; i++)
        {
            var other = standing[i].Source.Action;
            lower |= other >= 0 && other < action ? 1UL << other : 0;
        }

        return BitOperations.PopCount(lower);
    }
}
