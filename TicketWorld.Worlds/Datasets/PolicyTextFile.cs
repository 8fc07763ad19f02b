using System.Globalization;
using System.Text;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Writes <c>company_policy.txt</c>: the clauses as customers and agents read them, and how they are applied.</summary>
internal static class PolicyTextFile
{
    /// <param name="day">The world's clock, whose versions of the clauses are in force.</param>
    public static void Write(PolicyDocument policy, string company, DateOnly day, Stream output)
    {
        var text = new StringBuilder();
        text.Append(company).Append(" customer service policy\n");
        foreach (var category in policy.Clauses.Select(c => c.Category).Distinct())
        {
            text.Append('\n').Append(char.ToUpperInvariant(category[0])).Append(category.AsSpan(1)).Append("\n\n");
            foreach (var clause in policy.Clauses.Where(c => c.Category == category))
            {
                text.Append(clause.Id).Append(' ').Append(clause.Title).Append('\n');
                text.Append(ClauseText(policy, clause, day)).Append("\n\n");
            }
        }

        text.Length--;
        new PolicyApplicationText(policy).Append(text);
        text.Length--;
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>A clause's text with its parameters filled in as they are on a day, the days on which it holds, and what it said before, the oldest first.</summary>
    public static string ClauseText(PolicyDocument policy, Clause clause, DateOnly day)
    {
        var past = clause.Versions.TakeWhile(v => v.From <= day).ToArray();
        var text = new StringBuilder(Filled(policy, clause, past));
        if (clause.EffectiveFrom != DateOnly.MinValue)
            text.Append($" For messages from {clause.EffectiveFrom:yyyy-MM-dd}.");
        if (clause.EffectiveTo is { } last)
            text.Append($" For messages until {last:yyyy-MM-dd}.");
        for (var version = 0; version < past.Length; version++)
        {
            text.Append(CultureInfo.InvariantCulture, $" For messages until {past[version].From.AddDays(-1):d MMMM yyyy}: ");
            text.Append(Filled(policy, clause, past.AsSpan(0, version)));
        }

        return text.ToString();
    }

    private static string Filled(PolicyDocument policy, Clause clause, ReadOnlySpan<ClauseVersion> versions)
    {
        var template = clause.Text;
        var values = clause.Parameters.ToDictionary(p => p.Index, p => p.Value);
        foreach (var version in versions)
        {
            template = version.Text ?? template;
            foreach (var setting in version.Settings)
                values[setting.Parameter] = setting.Value;
        }

        var text = new StringBuilder(template);
        foreach (var parameter in clause.Parameters)
            text.Replace($"{{{parameter.Name}}}", Values.Format(values[parameter.Index], parameter.Type, policy.Symbols));
        return text.ToString();
    }
}
