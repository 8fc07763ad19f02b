using System.Text;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Writes <c>company_policy.txt</c>: the clauses as customers and agents read them.</summary>
internal static class PolicyTextFile
{
    public static void Write(PolicyDocument policy, string company, Stream output)
    {
        var text = new StringBuilder();
        text.Append(company).Append(" customer service policy\n");
        foreach (var category in policy.Clauses.Select(c => c.Category).Distinct())
        {
            text.Append('\n').Append(char.ToUpperInvariant(category[0])).Append(category.AsSpan(1)).Append("\n\n");
            foreach (var clause in policy.Clauses.Where(c => c.Category == category))
            {
                text.Append(clause.Id).Append(' ').Append(clause.Title).Append('\n');
                text.Append(ClauseText(policy, clause)).Append("\n\n");
            }
        }

        text.Length--;
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>A clause's text with its parameters filled in, and the days on which it holds.</summary>
    public static string ClauseText(PolicyDocument policy, Clause clause)
    {
        var text = new StringBuilder(clause.Text);
        foreach (var parameter in clause.Parameters)
            text.Replace($"{{{parameter.Name}}}", Values.Format(parameter.Value, parameter.Type, policy.Symbols));
        if (clause.EffectiveFrom != DateOnly.MinValue)
            text.Append($" Effective from {clause.EffectiveFrom:yyyy-MM-dd}.");
        if (clause.EffectiveTo is { } last)
            text.Append($" Effective until {last:yyyy-MM-dd}.");
        return text.ToString();
    }
}
