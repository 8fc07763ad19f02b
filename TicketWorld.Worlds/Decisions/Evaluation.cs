using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Decisions;

/// <summary>Evaluates conditions. A comparison that reads an absent fact is false.</summary>
internal static class Evaluation
{
    public static bool Holds(Expression expression, FactSet facts, long[] parameters)
    {
        switch (expression)
        {
            case Expression.Constant constant:
                return constant.Value;
            case Expression.Compare compare:
                return Read(compare.Left, facts, parameters, out var left)
                    && Read(compare.Right, facts, parameters, out var right)
                    && Compare(left, compare.Operator, right);
            case Expression.In member:
                return facts.TryGet(member.Fact, out var value) && Array.IndexOf(member.Values, value) >= 0;
            case Expression.Not not:
                return !Holds(not.Part, facts, parameters);
            case Expression.All all:
                foreach (var part in all.Parts)
                {
                    if (!Holds(part, facts, parameters))
                        return false;
                }

                return true;
            case Expression.Any any:
                foreach (var part in any.Parts)
                {
                    if (Holds(part, facts, parameters))
                        return true;
                }

                return false;
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} is no condition.");
        }
    }

    /// <summary>What can be said of a condition when only one fact is known: true, false, or null for open.</summary>
    public static bool? HoldsKnowingOnly(Expression expression, int fact, long value)
    {
        switch (expression)
        {
            case Expression.Constant constant:
                return constant.Value;
            case Expression.Compare { Right: { Fact: -1, Parameter: -1 } right } compare when compare.Left.Fact == fact:
                return Compare(value, compare.Operator, right.Constant);
            case Expression.In member when member.Fact == fact:
                return Array.IndexOf(member.Values, value) >= 0;
            case Expression.Not not:
                return !HoldsKnowingOnly(not.Part, fact, value);
            case Expression.All all:
                bool? everything = true;
                foreach (var part in all.Parts)
                {
                    var holds = HoldsKnowingOnly(part, fact, value);
                    if (holds == false)
                        return false;
                    everything = holds is null ? null : everything;
                }

                return everything;
            case Expression.Any any:
                bool? anything = false;
                foreach (var part in any.Parts)
                {
                    var holds = HoldsKnowingOnly(part, fact, value);
                    if (holds == true)
                        return true;
                    anything = holds is null ? null : anything;
                }

                return anything;
            default:
                return null;
        }
    }

    private static bool Read(Operand operand, FactSet facts, long[] parameters, out long value)
    {
        if (operand.Fact >= 0)
            return facts.TryGet(operand.Fact, out value);
        value = operand.Parameter >= 0 ? parameters[operand.Parameter] : operand.Constant;
        return true;
    }

    private static bool Compare(long left, Comparison comparison, long right) => comparison switch
    {
        Comparison.Equal => left == right,
        Comparison.NotEqual => left != right,
        Comparison.Less => left < right,
        Comparison.LessOrEqual => left <= right,
        Comparison.Greater => left > right,
        _ => left >= right,
    };
}
