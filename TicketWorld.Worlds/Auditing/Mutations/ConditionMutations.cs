using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>The conditions that differ from one in a single place, as a slip of a programmer's would make them.</summary>
internal static class ConditionMutations
{
    public static IEnumerable<(string Operator, string What, Expression Mutant)> Of(Expression condition)
    {
        switch (condition)
        {
            case Expression.Constant constant:
                yield return ("condition flipped", constant.Value ? "always → never" : "never → always", new Expression.Constant(!constant.Value));
                break;
            case Expression.Compare compare:
                foreach (var mutant in OfComparison(compare))
                    yield return mutant;
                break;
            case Expression.In member:
                for (var i = 0; i < member.Values.Length && member.Values.Length > 1; i++)
                    yield return ("value left out of a list", $"value {i + 1} of {member.Values.Length}", member with { Values = [.. member.Values[..i], .. member.Values[(i + 1)..]] });
                break;
            case Expression.Not not:
                yield return ("condition flipped", "a 'not' dropped", not.Part);
                foreach (var (name, what, part) in Of(not.Part))
                    yield return (name, $"in a not: {what}", new Expression.Not(part));
                break;
            case Expression.All all:
                foreach (var (name, what, parts) in OfParts(all.Parts))
                    yield return (name, what, new Expression.All(parts));
                yield return ("condition flipped", "and → or", new Expression.Any(all.Parts));
                break;
            case Expression.Any any:
                foreach (var (name, what, parts) in OfParts(any.Parts))
                    yield return (name, what, new Expression.Any(parts));
                yield return ("condition flipped", "or → and", new Expression.All(any.Parts));
                break;
        }
    }

    private static IEnumerable<(string, string, Expression)> OfComparison(Expression.Compare compare)
    {
        yield return ("comparison flipped", $"{compare.Operator} → {Opposite(compare.Operator)}", compare with { Operator = Opposite(compare.Operator) });
        if (Neighbour(compare.Operator) is { } neighbour)
            yield return ("bound taken in or left out", $"{compare.Operator} → {neighbour}", compare with { Operator = neighbour });
        if (compare.Operator is Comparison.Equal or Comparison.NotEqual || compare.Right is not { Fact: < 0, Parameter: < 0 })
            yield break;
        foreach (var step in (int[])[-1, 1])
            yield return ("bound off by one", $"{compare.Right.Constant} → {compare.Right.Constant + step}", compare with { Right = Operand.Of(compare.Right.Constant + step) });
    }

    private static IEnumerable<(string, string, Expression[])> OfParts(Expression[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            yield return ("part of a condition dropped", $"part {i + 1} of {parts.Length}", [.. parts[..i], .. parts[(i + 1)..]]);
            foreach (var (name, what, part) in Of(parts[i]))
                yield return (name, $"part {i + 1}: {what}", [.. parts[..i], part, .. parts[(i + 1)..]]);
        }
    }

    private static Comparison Opposite(Comparison comparison) => comparison switch
    {
        Comparison.Equal => Comparison.NotEqual,
        Comparison.NotEqual => Comparison.Equal,
        Comparison.Less => Comparison.GreaterOrEqual,
        Comparison.LessOrEqual => Comparison.Greater,
        Comparison.Greater => Comparison.LessOrEqual,
        _ => Comparison.Less,
    };

    private static Comparison? Neighbour(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.LessOrEqual,
        Comparison.LessOrEqual => Comparison.Less,
        Comparison.Greater => Comparison.GreaterOrEqual,
        Comparison.GreaterOrEqual => Comparison.Greater,
        _ => null,
    };
}
