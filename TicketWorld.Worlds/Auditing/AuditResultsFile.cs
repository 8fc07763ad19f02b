using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Auditing;

/// <summary>
/// Writes <c>ticket_audit_results.json</c>: one row a ticket. Rows go to a file of their own while the audit runs, as the totals that stand before
/// them are known at its end; the old results stay until the new ones are complete.
/// </summary>
internal sealed class AuditResultsFile : IDisposable
{
    public const string FileName = "ticket_audit_results.json";
    public const int SchemaVersion = 2;

    private readonly string _path;
    private readonly FileStream _rows;
    private readonly Utf8JsonWriter _json;
    private bool _hasRows;

    public AuditResultsFile(string folder)
    {
        _path = Path.Combine(folder, FileName);
        _rows = new FileStream(_path + ".rows", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        _json = new Utf8JsonWriter(_rows, Json.Options);
    }

    public void Write(AuditedTicket ticket)
    {
        _rows.Write(_hasRows ? ",\n"u8 : "\n"u8);
        _hasRows = true;
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("ticket_id"u8, ticket.TicketId);
        _json.WriteNumber("compliance_score"u8, ticket.Compliance);
        WriteFindings("findings"u8, ticket.Findings, withRecord: false);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Puts totals and rows together in the file's place.</summary>
    public void Finish(AuditSummary summary)
    {
        ReplacedFile.Write(_path, file =>
        {
            WriteHead(file, summary);
            _rows.Position = 0;
            _rows.CopyTo(file);
            file.Write("\n]}\n"u8);
        });
    }

    public void Dispose()
    {
        _json.Dispose();
        _rows.Dispose();
    }

    private void WriteHead(Stream file, AuditSummary summary)
    {
        using var buffer = new MemoryStream();
        _json.Reset(buffer);
        _json.WriteStartObject();
        _json.WriteNumber("schema_version"u8, SchemaVersion);
        _json.WriteStartObject("metadata"u8);
        _json.WriteTime("timestamp"u8, summary.Timestamp);
        _json.WriteString("company"u8, summary.Company);
        _json.WriteNumber("total_tickets"u8, summary.Tickets);
        _json.WriteNumber("tickets_with_errors"u8, summary.TicketsWithErrors);
        _json.WriteNumber("mean_compliance_score"u8, Math.Round(summary.MeanCompliance, 6));
        _json.WriteNumber("findings"u8, summary.FindingCount);
        _json.WriteStartObject("by_severity"u8);
        foreach (var severity in Enum.GetValues<AuditSeverity>())
            _json.WriteNumber(Snake.Name(severity), summary.CountOf(severity));
        _json.WriteEndObject();
        _json.WriteStartObject("by_error_type"u8);
        foreach (var type in Enum.GetValues<AuditErrorType>())
            _json.WriteNumber(Snake.Name(type), summary.CountOf(type));
        _json.WriteEndObject();
        _json.WriteEndObject();
        WriteFindings("record_findings"u8, summary.OnRecords, withRecord: true);
        _json.WriteStartArray("results"u8);
        _json.Flush();
        file.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private void WriteFindings(ReadOnlySpan<byte> name, IReadOnlyList<AuditFinding> findings, bool withRecord)
    {
        _json.WriteStartArray(name);
        foreach (var finding in findings)
        {
            _json.WriteStartObject();
            if (withRecord)
                _json.WriteString("record"u8, finding.Record);
            _json.WriteString("severity"u8, Snake.Name(finding.Severity));
            _json.WriteString("error_type"u8, Snake.Name(finding.ErrorType));
            _json.WriteString("field"u8, finding.Field);
            _json.WriteString("problem"u8, finding.Problem);
            _json.WriteString("found"u8, finding.Found);
            _json.WriteString("expected"u8, finding.Expected);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}
