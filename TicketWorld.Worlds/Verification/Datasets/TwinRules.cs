using System.Text.Json;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// Checks pairs of twins: both are there and name each other, are about the same, differ in the fact that they name and in no other but
/// what the clock moves with it, and have different answers. Fed in the order of the file; keeps the tickets of pairs.
/// </summary>
internal sealed class TwinRules
{
    public const string FileName = "twins.jsonl";

    private static readonly string[] Keys = ["a", "b", "fact", "a_value", "b_value"];

    private readonly Dictionary<string, TwinRecord> _tickets = new(StringComparer.Ordinal);
    private readonly List<TwinRecord> _twins = [];

    public void Add(CheckedTicket ticket)
    {
        if (ticket.Twin is not { } record)
            return;
        _tickets.TryAdd(record.Ticket.Message.TicketId, record);
        if (record.IsTwin)
            _twins.Add(record);
    }

    /// <summary>Checks what was added; call it at the end.</summary>
    /// <param name="asked">Twins that the manifest's options ask for.</param>
    public void Check(string file, int asked, VerificationReport report)
    {
        if (_twins.Count > asked)
            report.Add(new Finding(VerificationLayer.Debug, file, "(file)", TwinRecord.Key, "there are more twins than the manifest's options ask for", $"{_twins.Count}", $"at most {asked}"));
        foreach (var (id, record) in _tickets)
        {
            var check = new RecordCheck(file, id);
            if (!_tickets.TryGetValue(record.Other, out var other) || other.IsTwin == record.IsTwin || other.Other != id)
                check.Add(VerificationLayer.Debug, TwinRecord.Key, "the counterpart is not there or does not name this ticket", record.Other, "a ticket that names this one");
            else
                Compare(record, other, check);
            report.Add(check);
        }
    }

    /// <summary>Checks the file of pairs against the tickets.</summary>
    public void CheckFile(IEnumerable<string> lines, VerificationReport report)
    {
        var number = 0;
        foreach (var line in lines)
        {
            var check = new RecordCheck(FileName, $"pair {++number}");
            CheckLine(line, number <= _twins.Count ? _twins[number - 1] : null, check);
            report.Add(check);
        }

        if (number < _twins.Count)
            report.Add(new Finding(VerificationLayer.Files, FileName, "(file)", "", "pairs are missing", $"{number}", $"{_twins.Count}"));
    }

    private static void CheckLine(string line, TwinRecord? twin, RecordCheck check)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (JsonRecord.Of(document.RootElement, check, "", Keys) is not { } pair)
                return;
            string?[] expected = [twin?.Other, twin?.Ticket.Message.TicketId, twin?.Fact, twin?.OtherValue, twin?.ThisValue];
            for (var i = 0; i < Keys.Length; i++)
            {
                if (pair.Text(Keys[i]) is { } found && found != expected[i])
                    pair.Report(VerificationLayer.Files, Keys[i], "the tickets say otherwise", found, expected[i] ?? "no such pair");
            }
        }
        catch (JsonException e)
        {
            check.Add(VerificationLayer.Files, "(record)", $"this is not valid JSON: {e.Message}", "", "a pair");
        }
    }

    private static void Compare(TwinRecord record, TwinRecord other, RecordCheck check)
    {
        check.Same(VerificationLayer.Debug, "_twin.fact", "the counterpart names another fact", record.Fact, other.Fact);
        check.Same(VerificationLayer.Debug, "_twin.other", "the counterpart has another value", record.OtherValue, other.ThisValue);
        if (record.ValueOf(record.Fact) is var value && value != record.ThisValue)
            check.Add(VerificationLayer.Debug, "_twin.this", "the fact has another value", record.ThisValue, value ?? "absent");
        if (record.ThisValue == record.OtherValue)
            check.Add(VerificationLayer.Debug, "_twin", "the fact is the same on both sides", record.ThisValue, "two values");
        if (record.SourceOf(record.Fact) is { } source && source != "clock" && record.Ticket.Message.Timestamp != other.Ticket.Message.Timestamp)
            check.Add(VerificationLayer.Debug, "_twin.fact", $"twins differ in one fact; '{record.Fact}' is no fact of the clock, and the time differs too", $"{record.Ticket.Message.Timestamp:s}", $"{other.Ticket.Message.Timestamp:s}");
        if (record.Answer == other.Answer)
            check.Add(VerificationLayer.Debug, "_twin", "twins have different answers", record.Answer, "another answer");
        if (record.Ticket.Customer != other.Ticket.Customer || record.Ticket.Order != other.Ticket.Order || record.Ticket.Product != other.Ticket.Product || record.Ticket.Message.Sender != other.Ticket.Message.Sender)
            check.Add(VerificationLayer.Debug, "_twin", "twins are about the same customer, order and product", $"{record.Ticket.Customer} {record.Ticket.Order} {record.Ticket.Product}", $"{other.Ticket.Customer} {other.Ticket.Order} {other.Ticket.Product}");
        foreach (var name in record.Facts.Keys.Union(other.Facts.Keys, StringComparer.Ordinal))
        {
            var here = record.Facts.TryGetValue(name, out var a) ? a : default;
            var there = other.Facts.TryGetValue(name, out var b) ? b : default;
            var isNamed = name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..] == record.Fact;
            var byClock = (here.Source ?? there.Source) == "clock" && record.Ticket.Message.Timestamp != other.Ticket.Message.Timestamp;
            if (here != there && !isNamed && !byClock)
                check.Add(VerificationLayer.Debug, "_twin", $"twins differ in one fact, and '{name}' differs too", here.Value ?? "absent", there.Value ?? "absent");
        }
    }
}
