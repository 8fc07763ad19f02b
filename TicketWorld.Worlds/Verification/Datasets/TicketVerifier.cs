using System.Text.Json;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What the check of one ticket leaves for the checks across tickets.</summary>
/// <param name="Reading">What its text says; null when the ticket cannot be read.</param>
internal sealed record CheckedTicket(RecordCheck Check, bool Disagrees, TicketRecord? Ticket, DebugRecord? Debug, TwinRecord? Twin = null, Reading? Reading = null);

/// <summary>Verifies single tickets. Immutable: one instance serves any number of threads.</summary>
internal sealed class TicketVerifier
{
    private readonly TicketFormat _format;
    private readonly TicketRules _rules;
    private readonly DebugRules _debug;
    private readonly Checker _checker;
    private readonly ResolutionComparison _comparison;
    private readonly StatementCheck _statements;

    /// <exception cref="Packs.PackException">The policy is too entangled to enumerate.</exception>
    public TicketVerifier(DatasetPolicy dataset, RecordBook book, DateTime clock, bool expectsDebug)
    {
        _format = new TicketFormat(dataset.Policy, expectsDebug);
        _rules = new TicketRules(dataset.Policy, book, clock);
        _checker = new Checker(dataset.Policy, dataset.Vocabulary, book);
        _comparison = new ResolutionComparison(dataset.Policy);
        _statements = new StatementCheck(dataset.Policy, _checker.Adjudicator);
        _debug = new DebugRules(dataset.Policy, book, _checker.Adjudicator);
    }

    public CheckedTicket Check(RawTicket raw, string file)
    {
        var check = new RecordCheck(file, $"ticket {raw.Number}");
        try
        {
            using var document = JsonDocument.Parse(raw.Element);
            var result = Check(document.RootElement, check);
            if (raw.Line is { } line)
                CompareLine(document.RootElement, line, check);
            return result;
        }
        catch (JsonException e)
        {
            check.Add(VerificationLayer.Files, "(record)", $"this is not valid JSON: {e.Message}", "", "a JSON object");
            return new CheckedTicket(check, Disagrees: false, Ticket: null, Debug: null);
        }
    }

    private CheckedTicket Check(JsonElement element, RecordCheck check)
    {
        if (_format.Read(element, check) is not { } ticket)
            return new CheckedTicket(check, Disagrees: false, Ticket: null, Debug: null);

        var reading = _checker.Reader.Read(ticket.Message);
        var verdict = _checker.Check(ticket.Message, reading);
        _rules.Check(ticket, reading, verdict, check);
        var disagrees = false;
        if (ticket.Plan is { } plan)
        {
            foreach (var difference in _comparison.Compare(ticket.Message.TicketId, plan, verdict))
            {
                disagrees = true;
                check.Add(VerificationLayer.Oracle, difference.Field, "the second oracle disagrees", difference.Found, difference.Expected);
            }

            List<Difference>? statements = null;
            _statements.Check(ticket.Message.TicketId, plan, verdict, ref statements);
            foreach (var statement in statements ?? [])
                check.Add(VerificationLayer.Oracle, statement.Field, "the case does not bear this out", statement.Found, statement.Expected);
        }

        var debug = ticket.Debug is { } record ? _debug.Check(record, ticket, reading, verdict, check) : null;
        return new CheckedTicket(check, disagrees, ticket, debug, ticket.Debug is { } whole ? TwinRecord.Read(whole, ticket) : null, reading);
    }

    private static void CompareLine(JsonElement element, ReadOnlyMemory<byte> line, RecordCheck check)
    {
        try
        {
            using var other = JsonDocument.Parse(line);
            var differences = JsonDifference.Find(element, other.RootElement);
            foreach (var (path, left, right) in differences)
                check.Add(VerificationLayer.Files, path, $"{TicketSource.ArrayName} and {TicketSource.LinesName} differ", left, right);
            if (differences.Count == 0)
                check.Add(VerificationLayer.Files, "(record)", $"the bytes of {TicketSource.ArrayName} and {TicketSource.LinesName} differ", "the same values", "the same bytes");
        }
        catch (JsonException e)
        {
            check.Add(VerificationLayer.Files, "(record)", $"the line of {TicketSource.LinesName} is not valid JSON: {e.Message}", "", "the ticket");
        }
    }
}
