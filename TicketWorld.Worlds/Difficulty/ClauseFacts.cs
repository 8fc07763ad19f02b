using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Difficulty;

/// <summary>Which facts a clause reads.</summary>
internal static class ClauseFacts
{
    /// <returns>Bits of the facts in the clause's <c>applies</c>, the conditions of its rules, and the values of its rules.</returns>
    public static ulong Of(Clause clause)
    {
        ulong read = 0;
        clause.Applies.Visit(See);
        foreach (var rule in clause.Rules)
        {
            rule.When.Visit(See);
            if (rule.Value.Amount == Amount.Fact)
                read |= 1UL << rule.Value.Source;
        }

        return read;

        void See(Operand operand) => read |= operand.Fact >= 0 ? 1UL << operand.Fact : 0;
    }
}
