namespace TicketWorld.Worlds.Policy;

public enum Comparison : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>One side of a comparison: a fact, a parameter, or a constant.</summary>
/// <param name="Fact">Index of the fact, or -1.</param>
/// <param name="Parameter">Index of the parameter, or -1.</param>
/// <param name="Constant">The value, when neither.</param>
public readonly record struct Operand(int Fact, int Parameter, long Constant)
{
    public static Operand OfFact(int index) => new(index, -1, 0);

    public static Operand OfParameter(int index) => new(-1, index, 0);

    public static Operand Of(long constant) => new(-1, -1, constant);
}

/// <summary>
/// A condition over facts and parameters. A comparison that reads an absent fact is false, whatever its
/// operator; so <c>defect != none</c> is false where no defect is known of, and <c>not (defect = none)</c> is true.
/// </summary>
public abstract record Expression
{
    private Expression()
    {
    }

    /// <summary>Shows every operand of the condition to <paramref name="see"/>.</summary>
    internal void Visit(Action<Operand> see)
    {
        switch (this)
        {
            case Compare compare:
                see(compare.Left);
                see(compare.Right);
                break;
            case In member:
                see(Operand.OfFact(member.Fact));
                break;
            case Not not:
                not.Part.Visit(see);
                break;
            case All all:
                Array.ForEach(all.Parts, part => part.Visit(see));
                break;
            case Any any:
                Array.ForEach(any.Parts, part => part.Visit(see));
                break;
        }
    }

    public sealed record Constant(bool Value) : Expression;

    public sealed record Compare(Operand Left, Comparison Operator, Operand Right) : Expression;

    /// <summary>The fact has one of the values.</summary>
    public sealed record In(int Fact, long[] Values) : Expression;

    public sealed record All(Expression[] Parts) : Expression;

    public sealed record Any(Expression[] Parts) : Expression;

    public sealed record Not(Expression Part) : Expression;
}
