using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification;

/// <summary>What a condition is evaluated in: facts with a bit for each that is present, and the parameters as they are when a set of clauses fires.</summary>
/// <param name="program">Knows which clauses set which parameters; null where nothing does.</param>
/// <param name="firing">The clauses that fire, a bit for each local index.</param>
/// <param name="inForce">Values of the parameters on the day, before any modification.</param>
internal readonly ref struct Situation(ReadOnlySpan<long> facts, ulong present, RequestProgram? program, ulong firing, ReadOnlySpan<long> inForce)
{
    private readonly ReadOnlySpan<long> _facts = facts;
    private readonly ReadOnlySpan<long> _inForce = inForce;
    private readonly RequestProgram? _program = program;
    private readonly ulong _firing = firing;
    private readonly ulong _present = present;

    public bool IsPresent(int fact) => (_present >> fact & 1) != 0;

    public long Fact(int fact) => _facts[fact];

    /// <summary>The strongest firing clause that sets the parameter decides; where none does, the version of the day.</summary>
    public long Parameter(int parameter)
    {
        if (_program is not null)
        {
            foreach (var setter in _program.Setters[parameter])
            {
                if ((_firing >> setter.Clause & 1) != 0)
                    return setter.Value;
            }
        }

        return _inForce[parameter];
    }

    public bool TryValue(Operand operand, out long value)
    {
        if (operand.Fact >= 0)
        {
            value = _facts[operand.Fact];
            return IsPresent(operand.Fact);
        }

        value = operand.Parameter >= 0 ? Parameter(operand.Parameter) : operand.Constant;
        return true;
    }
}

/// <summary>A condition with the request filled in, so that what cannot hold for it is known before any ticket is seen.</summary>
internal abstract class Condition
{
    public static readonly Condition Always = new Fixed(true);
    public static readonly Condition Never = new Fixed(false);

    public abstract bool Holds(in Situation situation);

    /// <summary>Whether the condition is <see cref="Never"/>, whatever the facts.</summary>
    public bool CannotHold => this == Never;

    /// <param name="request">Index of the fact <c>request</c>, or -1 to fill nothing in.</param>
    /// <param name="symbol">Its value.</param>
    public static Condition Of(Expression expression, int request, long symbol)
    {
        switch (expression)
        {
            case Expression.Constant constant:
                return constant.Value ? Always : Never;
            case Expression.Not not:
                var part = Of(not.Part, request, symbol);
                return part == Always ? Never : part == Never ? Always : new Opposite(part);
            case Expression.All all:
                return Joined(all.Parts, request, symbol, neutral: Always, decisive: Never, parts => new Every(parts));
            case Expression.Any any:
                return Joined(any.Parts, request, symbol, neutral: Never, decisive: Always, parts => new Some(parts));
            case Expression.In member when member.Fact == request && request >= 0:
                return member.Values.Contains(symbol) ? Always : Never;
            case Expression.In member:
                return new Member(member.Fact, member.Values);
            case Expression.Compare compare:
                var comparison = new Comparing(Fill(compare.Left, request, symbol), compare.Operator, Fill(compare.Right, request, symbol));
                return !comparison.IsConstant ? comparison : comparison.Holds(default) ? Always : Never;
            default:
                throw new NotSupportedException($"The checker does not know conditions of the kind {expression.GetType().Name}.");
        }
    }

    private static Operand Fill(Operand operand, int request, long symbol) =>
        operand.Fact == request && request >= 0 ? Operand.Of(symbol) : operand;

    private static Condition Joined(Expression[] expressions, int request, long symbol, Condition neutral, Condition decisive, Func<Condition[], Condition> join)
    {
        var parts = new List<Condition>(expressions.Length);
        foreach (var expression in expressions)
        {
            var part = Of(expression, request, symbol);
            if (part == decisive)
                return decisive;
            if (part != neutral)
                parts.Add(part);
        }

        return parts.Count switch
        {
            0 => neutral,
            1 => parts[0],
            _ => join([.. parts]),
        };
    }

    private sealed class Fixed(bool value) : Condition
    {
        public override bool Holds(in Situation situation) => value;
    }

    private sealed class Opposite(Condition part) : Condition
    {
        public override bool Holds(in Situation situation) => !part.Holds(situation);
    }

    private sealed class Every(Condition[] parts) : Condition
    {
        public override bool Holds(in Situation situation)
        {
            foreach (var part in parts)
            {
                if (!part.Holds(situation))
                    return false;
            }

            return true;
        }
    }

    private sealed class Some(Condition[] parts) : Condition
    {
        public override bool Holds(in Situation situation)
        {
            foreach (var part in parts)
            {
                if (part.Holds(situation))
                    return true;
            }

            return false;
        }
    }

    private sealed class Member(int fact, long[] values) : Condition
    {
        public override bool Holds(in Situation situation) =>
            situation.IsPresent(fact) && Array.IndexOf(values, situation.Fact(fact)) >= 0;
    }

    private sealed class Comparing(Operand left, Comparison comparison, Operand right) : Condition
    {
        public bool IsConstant => left.Fact < 0 && left.Parameter < 0 && right.Fact < 0 && right.Parameter < 0;

        public override bool Holds(in Situation situation)
        {
            // Reading an absent fact makes every comparison false, "!=" included.
            if (!situation.TryValue(left, out var a) || !situation.TryValue(right, out var b))
                return false;
            return comparison switch
            {
                Comparison.Equal => a == b,
                Comparison.NotEqual => a != b,
                Comparison.Less => a < b,
                Comparison.LessOrEqual => a <= b,
                Comparison.Greater => a > b,
                _ => a >= b,
            };
        }
    }
}
