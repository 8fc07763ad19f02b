using System.Globalization;
using System.Text;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Auditing;

/// <summary>Writes <c>ticket_audit_report.txt</c>, for people.</summary>
internal static class AuditReportFile
{
    public const string FileName = "ticket_audit_report.txt";

    private const int Examples = 3;

    public static void Write(string folder, AuditSummary summary) =>
        ReplacedFile.Write(Path.Combine(folder, FileName), file => file.Write(Encoding.UTF8.GetBytes(Text(summary))));

    internal static string Text(AuditSummary summary)
    {
        var text = new StringBuilder();
        Line(text, $"TICKET AUDIT: {summary.Company}");
        Line(text, $"as of {summary.Timestamp:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        WriteSummary(text, summary);
        WriteTypes(text, summary);
        WriteFindings(text, summary);
        WriteUsage(text, summary);
        WriteRecommendations(text, summary);
        return text.ToString();
    }

    private static void WriteSummary(StringBuilder text, AuditSummary summary)
    {
        Section(text, "SUMMARY");
        Line(text, $"tickets               {summary.Tickets}");
        Line(text, $"tickets with errors   {summary.TicketsWithErrors} ({Share(summary.TicketsWithErrors, summary.Tickets)})");
        Line(text, $"mean compliance       {summary.MeanCompliance:0.0000}");
        Line(text, $"findings              {summary.FindingCount}");
        foreach (var severity in Enum.GetValues<AuditSeverity>())
            Line(text, $"  {Snake.Name(severity),-20}{summary.CountOf(severity)}");
        Line(text, $"of these on records   {summary.RecordFindings}");
    }

    private static void WriteTypes(StringBuilder text, AuditSummary summary)
    {
        Section(text, "ERROR TYPES");
        foreach (var type in Enum.GetValues<AuditErrorType>())
            Line(text, $"{Snake.Name(type),-22}{summary.CountOf(type)}");
        if (summary.IsClean)
            return;
        Line(text, $"");
        foreach (var (field, count) in summary.Fields)
            Line(text, $"{count,8}  {field}");
    }

    private static void WriteFindings(StringBuilder text, AuditSummary summary)
    {
        Section(text, "DETAILED FINDINGS");
        foreach (var finding in summary.OnRecords.Concat(summary.Findings))
        {
            Line(text, $"{finding.Record} {Snake.Name(finding.Severity)} {Snake.Name(finding.ErrorType)} {finding.Field}: {finding.Problem}");
            Line(text, $"    found    {finding.Found}");
            Line(text, $"    expected {finding.Expected}");
        }

        if (summary.FindingCount == 0)
            Line(text, $"none");
        else if (summary.FindingCount > summary.Findings.Count + summary.OnRecords.Count)
            Line(text, $"… and {summary.FindingCount - summary.Findings.Count - summary.OnRecords.Count} more; {AuditResultsFile.FileName} holds all on tickets");
    }

    private static void WriteUsage(StringBuilder text, AuditSummary summary)
    {
        Section(text, "POLICY USAGE");
        Line(text, $"{"clause",-24}{"cited",9}{"missed",9}{"misapplied",12}  title");
        foreach (var usage in summary.Usage)
            Line(text, $"{usage.Clause,-24}{usage.Cited,9}{usage.Missed,9}{usage.Misapplied,12}  {usage.Title}");
        var unused = summary.Usage.Where(u => u.Cited + u.Missed == 0).Select(u => u.Clause).ToArray();
        if (unused.Length > 0)
            Line(text, $"never cited: {string.Join(", ", unused)}");
    }

    private static void WriteRecommendations(StringBuilder text, AuditSummary summary)
    {
        Section(text, "RECOMMENDATIONS");
        if (summary.IsClean)
        {
            Line(text, $"Nothing to correct.");
            return;
        }

        foreach (var type in Enum.GetValues<AuditErrorType>().Where(t => summary.CountOf(t) > 0).OrderByDescending(summary.CountOf))
        {
            Line(text, $"- {Advice(type)} ({summary.CountOf(type)} findings)");
            var records = summary.OnRecords.Concat(summary.Findings).Where(f => f.ErrorType == type).Select(f => f.Record).Distinct(StringComparer.Ordinal).Take(Examples).ToArray();
            if (records.Length > 0)
                Line(text, $"  for example {string.Join(", ", records)}");
        }

        foreach (var usage in summary.Usage.Where(u => u.Missed + u.Misapplied > 0).OrderByDescending(u => u.Missed + u.Misapplied).Take(Examples))
            Line(text, $"- Look at {usage.Clause} ({usage.Title}): missed {usage.Missed} times, cited where it does not hold {usage.Misapplied} times.");
    }

    private static string Advice(AuditErrorType type) => type switch
    {
        AuditErrorType.MissedPolicy => "Cite the clauses that decide, and no other: go through overrides, requirements and precedence of the clauses named above.",
        AuditErrorType.IncorrectAction => "Take the actions that the cited clauses demand; check outcome, escalation and priority with them.",
        AuditErrorType.WrongTimeline => "Count windows in calendar days from delivery or order to the day of the message, and take the version of the clause of that day.",
        AuditErrorType.IncorrectValue => "Compute amounts again from the record: price paid, quantity, fee, share; the total is the sum of the actions.",
        AuditErrorType.WrongCustomer => "Look the customer up by the sender's address, then by order number and name.",
        AuditErrorType.WrongOrder => "Identify the order from number, product and date before deciding; where several fit, ask.",
        AuditErrorType.WrongProduct => "Identify the line of the order that the message is about; where several fit, ask.",
        AuditErrorType.MissedDiscrepancy => "Hold what the message states against the record, and list what differs.",
        AuditErrorType.UnsupportedClaim => "State in texts only what the case has, with the policy's own reasons.",
        _ => "Repair the records: run ticketworld verify on the set, or generate it again.",
    };

    private static void Section(StringBuilder text, string title) =>
        text.Append('\n').Append(title).Append('\n').Append('-', title.Length).Append('\n');

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Share(long part, long whole) =>
        whole == 0 ? "0.00 %" : (100m * part / whole).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
