using System.Numerics;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification;

/// <summary>The resolutions that every clause allows: how many classes, and the last one's actions and values.</summary>
internal readonly record struct Compliance(int Classes, ulong Actions);

/// <summary>
/// Tries every set of actions, every value and both escalation flags against the standing effects, one by one. A resolution is
/// compliant when each action in it is demanded, each demand is met with its value, and nothing that stands refuses an action.
/// </summary>
internal static class ResolutionEnumeration
{
    /// <param name="values">Receives the value in cents of each action in the set, in the order of the action indexes.</param>
    public static Compliance Find(RequestProgram program, in StandingEffects standing, Span<long> values)
    {
        ulong demanded = 0;
        var escalations = 0;
        for (var i = 0; i < standing.Count; i++)
        {
            var rule = standing[i];
            demanded |= rule.Source.Action >= 0 ? 1UL << rule.Source.Action : 0;
            escalations += rule.Source.Effect == EffectKind.Escalate ? 1 : 0;
        }

        var classes = 0;
        ulong actions = 0;
        foreach (var set in program.ActionSets)
        {
            if ((set & ~demanded) != 0 || !IsAllowed(program, standing, set))
                continue;
            foreach (var escalated in (ReadOnlySpan<bool>)[false, true])
            {
                if (escalated != escalations > 0)
                    continue;
                var assignments = CountValues(standing, set, values);
                classes += assignments;
                actions = assignments > 0 ? set : actions;
            }
        }

        return new Compliance(classes, actions);
    }

    private static bool IsAllowed(RequestProgram program, in StandingEffects standing, ulong set)
    {
        for (var i = 0; i < standing.Count; i++)
        {
            var rule = standing[i];
            if (rule.Source.Action < 0)
                continue;
            if ((set >> rule.Source.Action & 1) == 0)
                return false;
            if (rule.Source.Effect == EffectKind.Deny && (set & program.Grants[rule.Decision]) != 0)
                return false;
            if (StandingEffects.IsVerdict(rule) && BitOperations.PopCount(set & program.VerdictActions[rule.Decision]) > 1)
                return false;
        }

        return true;
    }

    /// <summary>In how many ways the actions can have values that every demand accepts; writes the last one.</summary>
    private static int CountValues(in StandingEffects standing, ulong set, Span<long> values)
    {
        var ways = 1;
        var position = 0;
        for (var rest = set; rest != 0 && ways > 0; rest &= rest - 1, position++)
            ways *= CountValues(standing, BitOperations.TrailingZeroCount(rest), out values[position]);
        return ways;
    }

    private static int CountValues(in StandingEffects standing, int action, out long value)
    {
        var accepted = 0;
        value = 0;
        for (var kind = Amount.None; kind <= Amount.PriceMatchDifference; kind++)
        {
            if (standing.AmountOf(kind) is not { } amount)
                continue;
            for (ulong fees = 0; ;)
            {
                if (Less(standing, amount, fees) is { } candidate && (accepted == 0 || candidate != value) && IsAccepted(standing, action, candidate))
                {
                    accepted++;
                    value = candidate;
                }

                var all = FeeMask(standing);
                fees = (fees - all) & all;
                if (fees == 0)
                    break;
            }
        }

        return accepted;
    }

    private static bool IsAccepted(in StandingEffects standing, int action, long value)
    {
        for (var i = 0; i < standing.Count; i++)
        {
            if (standing[i].Source.Action == action && standing.DemandedValue(standing[i]) != value)
                return false;
        }

        return true;
    }

    private static ulong FeeMask(in StandingEffects standing)
    {
        ulong mask = 0;
        for (var i = 0; i < standing.Count; i++)
            mask |= standing[i].Source.Effect == EffectKind.Fee ? 1UL << i : 0;
        return mask;
    }

    private static long? Less(in StandingEffects standing, long amount, ulong fees)
    {
        long? left = amount;
        for (; fees != 0; fees &= fees - 1)
            left -= standing.FeeAmount(standing[BitOperations.TrailingZeroCount(fees)]);
        return left;
    }
}
