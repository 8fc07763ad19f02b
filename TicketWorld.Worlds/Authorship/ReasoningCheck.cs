using System.Globalization;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Authorship;

/// <summary>
/// Whether a reasoning says what the program's says: every number of it (amounts, days, per cents; those in clause ids apart) and none that
/// neither it nor the actions have. Which clauses it names is the comparison's to judge.
/// </summary>
internal static class ReasoningCheck
{
    private const int Longest = 4000;

    public static List<string> Problems(string text, ResolutionPlan plan)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest || text.Any(c => char.IsControl(c) && c != '\n'))
            problems.Add($"It must be plain text of 1 to {Longest} characters.");
        foreach (var id in plan.PolicyReferences)
        {
            if (!text.Contains(id, StringComparison.Ordinal))
                problems.Add($"It must cite the clause {id}.");
        }

        var told = Numbers(plan.PolicyReasoning, plan.PolicyReferences);
        var known = new HashSet<decimal>(told);
        foreach (var action in plan.Actions)
        {
            known.UnionWith(Numbers(action.Value.ToString() + " " + action.Reason, plan.PolicyReferences));
            foreach (var (_, value) in action.Details)
                known.UnionWith(Numbers(value, plan.PolicyReferences));
        }

        known.UnionWith(Numbers(plan.TotalValue.ToString(), plan.PolicyReferences));
        var found = Numbers(text, plan.PolicyReferences);
        problems.AddRange(told.Except(found).Select(n => $"It leaves out the number {n.ToString(CultureInfo.InvariantCulture)}."));
        problems.AddRange(found.Except(known).Select(n => $"It holds the number {n.ToString(CultureInfo.InvariantCulture)}, which the facts do not have."));
        return problems;
    }

    private static HashSet<decimal> Numbers(string text, string[] clauses)
    {
        foreach (var id in clauses.OrderByDescending(c => c.Length))
            text = text.Replace(id, " ", StringComparison.Ordinal);
        var numbers = new HashSet<decimal>();
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                i++;
                continue;
            }

            var end = i;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
                end++;
            if (decimal.TryParse(text.AsSpan(i, Math.Min(end - i, 28)), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
                numbers.Add(Math.Abs(number));
            i = end;
        }

        return numbers;
    }
}
