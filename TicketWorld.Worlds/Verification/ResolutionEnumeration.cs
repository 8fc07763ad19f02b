using System.Numerics;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification;

/// <summary>The resolutions that every clause allows: how many classes, and the last one's actions and values.</summary>
internal readonly record struct Compliance(int Classes, ulong Actions);

/// <summary>
/// Tries sets of actions, every value and both escalation flags against the standing effects, one by one. A resolution is
/// compliant when each action in it is demanded, each demand is met with its value, and nothing that stands refuses an action. A set
/// with an action that nothing demands fails at once, so only sets of demanded actions are gone through.
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

        if (BitOperations.PopCount(demanded) > RequestProgram.MostActions)
            return default;
        var classes = 0;
        ulong actions = 0;
        for (ulong set = 0; ;)
        {
            foreach (var escalated in (ReadOnlySpan<bool>)[false, true])
            {
                if (escalated != escalations > 0 || !IsAllowed(standing, set))
                    continue;
                var assignments = CountValues(program, standing, set, values);
                classes += assignments;
                actions = assignments > 0 ? set : actions;
            }

            set = (set - demanded) & demanded;
            if (set == 0)
                return new Compliance(classes, actions);
        }
    }

    /// <summary>Every demand is met, and no two verdicts on one question contradict each other.</summary>
    private static bool IsAllowed(in StandingEffects standing, ulong set)
    {
        for (var i = 0; i < standing.Count; i++)
        {
            var rule = standing[i];
            if (rule.Source.Action < 0)
                continue;
            if ((set >> rule.Source.Action & 1) == 0)
                return false;
            for (var j = 0; StandingEffects.IsVerdict(rule) && j < i; j++)
            {
                var other = standing[j];
                if (StandingEffects.IsVerdict(other) && other.Decision == rule.Decision && other.Source.Action != rule.Source.Action)
                    return false;
            }
        }

        return true;
    }

    /// <summary>In how many ways the actions can have values that every demand accepts; writes the last one.</summary>
    private static int CountValues(RequestProgram program, in StandingEffects standing, ulong set, Span<long> values)
    {
        var ways = 1;
        var position = 0;
        for (var rest = set; rest != 0 && ways > 0; rest &= rest - 1, position++)
            ways *= CountValues(program, standing, BitOperations.TrailingZeroCount(rest), out values[position]);
        return ways;
    }

    /// <summary>Every amount of the case, less what every set of the fees keeps of a unit or of the line.</summary>
    private static int CountValues(RequestProgram program, in StandingEffects standing, int action, out long value)
    {
        var accepted = 0;
        value = 0;
        var all = FeeMask(standing);
        foreach (var kind in program.Amounts)
        {
            if (standing.AmountOf(kind) is not { } amount)
                continue;
            for (ulong fees = 0; ;)
            {
                foreach (var ofUnit in (ReadOnlySpan<bool>)[false, true])
                {
                    if (Less(standing, amount, fees, ofUnit) is { } candidate && (accepted == 0 || candidate != value) && IsAccepted(standing, action, candidate))
                    {
                        accepted++;
                        value = candidate;
                    }
                }

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

    private static long? Less(in StandingEffects standing, long amount, ulong fees, bool ofUnit)
    {
        if (fees == 0)
            return ofUnit ? null : amount;
        long percent = 0;
        for (; fees != 0; fees &= fees - 1)
            percent += standing.FeePercent(standing[BitOperations.TrailingZeroCount(fees)]);
        return amount - standing.FeeAmount(percent, ofUnit);
    }
}
