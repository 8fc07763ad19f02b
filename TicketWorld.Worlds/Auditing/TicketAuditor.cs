using System.Text.Json;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Worlds.Auditing;

/// <summary>What the audit of one ticket gives.</summary>
/// <param name="Cited">Clauses that its resolution cites.</param>
/// <param name="Missed">Clauses that it ought to cite and does not.</param>
/// <param name="Misapplied">Clauses that it cites and ought not to.</param>
internal sealed record AuditedTicket(string TicketId, List<AuditFinding> Findings, string[] Cited, string[] Missed, string[] Misapplied)
{
    /// <summary>1 for a resolution without fault; each finding takes from it by its severity, down to 0.</summary>
    public decimal Compliance => Math.Max(0, 1 - Findings.Sum(f => f.Severity switch
    {
        AuditSeverity.Critical => 0.5m,
        AuditSeverity.Major => 0.2m,
        _ => 0.05m,
    }));
}

/// <summary>
/// Audits single tickets: the checker decides the message from the records, and the resolution is held against that. Debug keys are not
/// looked at. Immutable: one instance serves any number of threads.
/// </summary>
internal sealed class TicketAuditor
{
    private readonly TicketFormat _format;
    private readonly TicketRules _rules;
    private readonly Checker _checker;
    private readonly ResolutionComparison _comparison;
    private readonly StatementCheck _statements;
    private readonly OtherTimes _otherTimes;

    /// <exception cref="Packs.PackException">The policy is too entangled to enumerate.</exception>
    public TicketAuditor(DatasetPolicy dataset, RecordBook book, DateTime clock)
    {
        _format = TicketFormat.WithoutDebug(dataset.Policy);
        _rules = new TicketRules(dataset.Policy, book, clock);
        _checker = new Checker(dataset.Policy, dataset.Vocabulary, book);
        _comparison = new ResolutionComparison(dataset.Policy);
        _statements = new StatementCheck(dataset.Policy, _checker.Adjudicator);
        _otherTimes = new OtherTimes(_checker);
    }

    /// <param name="file">Name of the file, for findings.</param>
    public AuditedTicket Audit(RawTicket raw, string file)
    {
        var check = new RecordCheck(file, $"ticket {raw.Number}");
        try
        {
            using var document = JsonDocument.Parse(raw.Element);
            if (raw.Line is not null)
                check.Add(VerificationLayer.Files, "(record)", "the two ticket files differ", TicketSource.LinesName, TicketSource.ArrayName);
            return Audit(document.RootElement, check);
        }
        catch (JsonException e)
        {
            check.Add(VerificationLayer.Files, "(record)", $"this is not valid JSON: {e.Message}", "", "a JSON object");
            return Unreadable(check);
        }
    }

    private AuditedTicket Audit(JsonElement element, RecordCheck check)
    {
        if (_format.Read(element, check) is not { } ticket)
            return Unreadable(check);
        var reading = _checker.Reader.Read(ticket.Message);
        var verdict = _checker.Check(ticket.Message, reading);
        _rules.Check(ticket, reading, verdict, check);
        if (ticket.Plan is not { } plan)
            return Unreadable(check);

        var differences = _comparison.Compare(ticket.Message.TicketId, plan, verdict);
        foreach (var difference in differences)
            check.Add(VerificationLayer.Oracle, difference.Field, "the policy demands otherwise", difference.Found, difference.Expected);
        var findings = check.IsClean ? [] : check.Findings.Select(FindingRating.Rate).ToList();
        List<Difference>? statements = null;
        _statements.Check(check.Record, plan, verdict, ref statements);
        foreach (var statement in statements ?? [])
            findings.Add(new AuditFinding(check.Record, AuditSeverity.Minor, AuditErrorType.UnsupportedClaim, statement.Field, "the case does not bear this out", statement.Found, statement.Expected));
        if (findings.Exists(f => f.ErrorType == AuditErrorType.IncorrectAction && f.Severity == AuditSeverity.Critical))
            BlameTime(ticket.Message, reading, plan, verdict, findings);
        return new AuditedTicket(
            check.Record, findings, plan.PolicyReferences,
            differences.Count == 0 ? [] : [.. verdict.References.Except(plan.PolicyReferences, StringComparer.Ordinal)],
            differences.Count == 0 || !verdict.IsUnique ? [] : [.. plan.PolicyReferences.Except(verdict.References, StringComparer.Ordinal)]);
    }

    private void BlameTime(Message message, Reading reading, ResolutionPlan plan, Verdict verdict, List<AuditFinding> findings)
    {
        if (!verdict.IsUnique || _otherTimes.FindRight(message, reading, plan) is not { } right)
            return;
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].ErrorType == AuditErrorType.IncorrectAction)
                findings[i] = findings[i] with { ErrorType = AuditErrorType.WrongTimeline, Problem = $"the decision is right for a message {right}" };
        }
    }

    private static AuditedTicket Unreadable(RecordCheck check) => new(check.Record, [.. check.Findings.Select(FindingRating.Rate)], [], [], []);
}
