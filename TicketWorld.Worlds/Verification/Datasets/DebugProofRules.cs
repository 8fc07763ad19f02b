using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks <c>_policy_analysis</c> and <c>_proof</c> against the clauses that the checker finds firing.</summary>
internal sealed class DebugProofRules(PolicyDocument policy, Adjudicator adjudicator)
{
    private static readonly JsonKeys AnalysisKeys = ["applicable_policies", "overridden_policies", "outranked_policies", "modified_parameters", "interactions", "primary_policy"];
    private static readonly JsonKeys ProofKeys = ["unique", "completions", "clauses", "changes"];

    private readonly ProofClauseRules _clauses = new(policy);
    private readonly ProofChangeRules _changes = new(policy);

    public void Check(JsonRecord record, Verdict verdict, RecordBook book)
    {
        var cases = verdict.Cases;
        var completions = 0L;
        var analyses = new CaseAnalysis[cases.Length][];
        for (var i = 0; i < cases.Length; i++)
        {
            completions += cases[i].IsIdentified ? adjudicator.CompletionsOf(cases[i]) : 0;
            analyses[i] = cases[i].IsIdentified ? CaseAnalysis.Citing(adjudicator.Analyse(cases[i]), verdict.References) : [];
        }

        var stories = verdict.AskFor.Count > 0 ? [] : DecisionStory.All(cases, analyses);
        if (record.Object("_policy_analysis", AnalysisKeys) is { } analysis)
        {
            Same(analysis, "primary_policy", analysis.Text("primary_policy"), verdict.References[0]);
            CheckApplicable(analysis, analyses, verdict);
            CheckTexts(analysis, "overridden_policies", stories, s => Ranked(s.With(ClauseStatus.Overridden)));
            CheckTexts(analysis, "outranked_policies", stories, s => Ranked(s.With(ClauseStatus.Outranked)));
            DebugRows.CheckModified(analysis, stories);
            DebugRows.CheckInteractions(analysis, stories);
        }

        if (record.Object("_proof", ProofKeys) is { } proof)
        {
            Same(proof, "unique", proof.Boolean("unique") == false ? "false" : "true", "true");
            Same(proof, "completions", proof.Integer("completions", 0, int.MaxValue)?.ToString(), $"{completions}");
            _clauses.Check(proof, stories, verdict);
            _changes.Check(proof, verdict, book);
        }
    }

    /// <summary>Between the clauses cited and all that speak under some completion; exactly those when nothing is unknown.</summary>
    private void CheckApplicable(JsonRecord record, CaseAnalysis[][] analyses, Verdict verdict)
    {
        var speaking = new List<string>(verdict.References);
        foreach (var analysis in analyses.SelectMany(a => a))
        {
            foreach (var clause in analysis.Clauses)
            {
                if (!speaking.Contains(clause.Id))
                    speaking.Add(clause.Id);
            }
        }

        var expected = Ranked(speaking);
        if (JsonRows.AreTexts(record, "applicable_policies", expected))
            return;
        var found = record.Texts("applicable_policies");
        if (Array.TrueForAll(analyses, a => a.Length <= 1))
            Same(record, "applicable_policies", string.Join(", ", found), string.Join(", ", expected));
        else if (verdict.References.Except(found, StringComparer.Ordinal).Any() || found.Except(expected, StringComparer.Ordinal).Any() || !found.SequenceEqual(Ranked([.. found]), StringComparer.Ordinal))
            record.Report(VerificationLayer.Debug, "applicable_policies", "they are the clauses that may apply, strongest first", string.Join(", ", found), string.Join(", ", expected));
    }

    /// <summary>A list of ids as one story of the decision has it; empty where the resolution asks.</summary>
    private static void CheckTexts(JsonRecord record, string name, IReadOnlyList<DecisionStory> stories, Func<DecisionStory, IReadOnlyList<string>> expected)
    {
        if (stories.Count == 0 ? JsonRows.AreTexts(record, name, []) : stories.Any(s => JsonRows.AreTexts(record, name, expected(s))))
            return;
        var possible = stories.Select(s => string.Join(", ", expected(s))).Distinct(StringComparer.Ordinal);
        var found = string.Join(", ", record.Texts(name));
        if (record.Member(name) is not null && !possible.Contains(found, StringComparer.Ordinal))
            record.Report(VerificationLayer.Debug, name, "the checker finds otherwise", found, string.Join(" | ", possible));
    }

    private List<string> Ranked(List<string> ids)
    {
        ids.Sort((a, b) => Rank(a) == Rank(b) ? string.CompareOrdinal(a, b) : Rank(a).CompareTo(Rank(b)));
        return ids;

        int Rank(string id) => policy.ClausesById.TryGetValue(id, out var clause) ? clause.Precedence : 0;
    }

    private static void Same(JsonRecord record, string name, string? found, string expected)
    {
        if (found is not null && found != expected)
            record.Report(VerificationLayer.Debug, name, "the checker finds otherwise", found, expected);
    }
}
