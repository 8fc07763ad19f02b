using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>
/// Holds the sentences of a reasoning that have the form of the program, <c>ID (title): reason [facts]</c>, against what the clause says in the
/// case (docs/policy.md, "The reasoning"): the reason is that of the first rule that holds, and where facts and parameters are told, they
/// are those that its condition reads, all of them, with their values. Sentences in other words are passed over: a model may have written them.
/// Immutable: one instance serves any number of threads.
/// </summary>
internal sealed class ReasonCheck(PolicyDocument policy, Adjudicator adjudicator)
{
    private const string End = "): ";

    private readonly string[] _openings = Array.ConvertAll(policy.Clauses, c => $"{c.Id} ({c.Title}{End}");

    /// <summary>Adds what a sentence says and the case does not bear out; null stays where there is nothing.</summary>
    public void Check(string ticket, ResolutionPlan plan, Verdict verdict, ref List<Difference>? found)
    {
        if (!verdict.IsUnique || verdict.AskFor.Count > 0)
            return;
        var text = plan.PolicyReasoning.AsSpan();
        var spoken = new SpokenRule[verdict.Cases.Length][][];
        var second = verdict.Cases.Length == 2 ? text.IndexOf($" On {verdict.Cases[1].Request.Name}: ") : -1;
        for (var at = 0; text[at..].IndexOf(End) is var next and >= 0; at += next + End.Length)
        {
            var end = at + next + End.Length;
            var clause = ClauseBefore(text[..end], verdict);
            if (clause < 0)
                continue;
            var (first, last) = second < 0 ? (0, spoken.Length - 1) : end <= second ? (0, 0) : (1, 1);
            CheckSentence(ticket, policy.Clauses[clause], text[end..], Candidates(verdict, spoken, clause, first, last), ref found);
        }
    }

    private int ClauseBefore(ReadOnlySpan<char> text, Verdict verdict)
    {
        foreach (var id in verdict.References)
        {
            var clause = policy.ClausesById[id].Index;
            if (text.EndsWith(_openings[clause], StringComparison.Ordinal))
                return clause;
        }

        return -1;
    }

    private List<SpokenRule> Candidates(Verdict verdict, SpokenRule[][]?[] spoken, int clause, int first, int last)
    {
        var candidates = new List<SpokenRule>();
        for (var i = first; i <= last; i++)
        {
            foreach (var completion in spoken[i] ??= adjudicator.Speak(verdict.Cases[i]))
                candidates.AddRange(completion.Where(s => s.Clause == clause && !candidates.Contains(s)));
        }

        return candidates;
    }

    private static void CheckSentence(string ticket, Clause clause, ReadOnlySpan<char> sentence, List<SpokenRule> candidates, ref List<Difference>? found)
    {
        foreach (var candidate in candidates)
        {
            if (IsSaid(sentence, candidate.Rule.Reason, out var rest) && (rest[0] == '.' || (candidate.Facts.Length > 0 && rest.StartsWith(candidate.Facts, StringComparison.Ordinal) && rest[candidate.Facts.Length..] is ['.', ..])))
                return;
        }

        foreach (var rule in clause.Rules)
        {
            if (!IsSaid(sentence, rule.Reason, out var rest))
                continue;
            var length = sentence.Length - rest.Length + (rest[0] == '.' ? 0 : rest.IndexOf(']') + 1);
            var expected = candidates.Select(c => c.Rule.Reason + c.Facts).Distinct(StringComparer.Ordinal);
            (found ??= []).Add(new Difference(ticket, "resolution_plan.policy_reasoning", $"{clause.Id}: {sentence[..length]}", candidates.Count == 0 ? $"nothing of {clause.Id} on this request" : string.Join(" | ", expected)));
            return;
        }
    }

    /// <summary>Whether a sentence gives a reason and ends there, or goes on with facts in brackets.</summary>
    private static bool IsSaid(ReadOnlySpan<char> sentence, string reason, out ReadOnlySpan<char> rest)
    {
        rest = sentence.StartsWith(reason, StringComparison.Ordinal) ? sentence[reason.Length..] : [];
        return rest is ['.', ..] or [' ', '[', ..];
    }
}
