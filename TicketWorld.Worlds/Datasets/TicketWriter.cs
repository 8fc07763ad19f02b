using System.Buffers;
using TicketWorld.Worlds.Authorship;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Makes and writes tickets, one JSON object a line. Holds scratch: one for each thread.</summary>
internal sealed class TicketWriter
{
    private readonly World _world;
    private readonly TextTrial _trial;
    private readonly JsonText _json = new();
    private readonly DebugWriter _debug;
    private readonly ArrayBufferWriter<byte> _compared = new();
    private readonly ChunkReport _unreported = new();

    public TicketWriter(World world)
    {
        _world = world;
        _trial = new TextTrial(world);
        Maker = new TicketMaker(world);
        _debug = new DebugWriter(world.Pack, world.Book, _json);
    }

    public TicketMaker Maker { get; }

    /// <returns>Bytes written, with the line feed.</returns>
    public int Write(int index, IBufferWriter<byte> output, ChunkReport report, AuthoredText? text = null)
    {
        var draft = Maker.Make(index, report);
        if (text?.Reasoning is { } reasoning)
            draft.Plan = draft.Plan with { PolicyReasoning = reasoning };
        if (text?.Message is { } message)
            draft.Message = _trial.Message(draft, message);
        return Write(draft, output, _world.Options.Debug);
    }

    /// <summary>Whether the ticket with an index is written as a line, whose text was read and whose resolution was proved before.</summary>
    public bool Writes(int index, ReadOnlySpan<byte> line, Reading reading)
    {
        _compared.ResetWrittenCount();
        if (Maker.MakeAsRead(index, reading) is { } draft)
        {
            Write(draft, _compared, _world.Options.Debug);
            if (Equals(line))
                return true;
            _compared.ResetWrittenCount();
        }

        Write(index, _compared, _unreported);
        return Equals(line);

        bool Equals(ReadOnlySpan<byte> wanted) => _compared.WrittenSpan[..^1].SequenceEqual(wanted);
    }

    /// <summary>Writes a ticket as its draft has it.</summary>
    public int Write(TicketDraft draft, IBufferWriter<byte> output, bool debug)
    {
        _json.Clear();
        _json.WriteStartObject();
        WriteMessage(draft);
        WritePlan(draft.Plan);
        if (debug)
            _debug.Write(draft);
        _json.WriteEndObject();
        _json.WriteBetween("\n"u8);
        output.Write(_json.Written);
        return _json.Length;
    }

    private void WriteMessage(TicketDraft draft)
    {
        var message = draft.Message;
        _json.WriteString("ticket_id"u8, message.TicketId);
        _json.WriteString("customer_email"u8, message.Sender);
        _json.WriteString("subject"u8, message.Subject);
        _json.WriteString("body"u8, message.Body);
        _json.WriteTime("timestamp"u8, message.Timestamp);
        _json.WriteId("customer_id"u8, draft.Customer.Id);
        WriteOrder(draft.Order?.Id);
        WriteProduct(draft.Scenario.Subject is RequestSubject.Item or RequestSubject.Product ? draft.Product?.Id : null);
    }

    private void WritePlan(ResolutionPlan plan)
    {
        _json.WriteStartObject("resolution_plan"u8);
        WriteOrder(plan.Order);
        _json.WriteDate("order_date"u8, plan.OrderDate);
        WriteProduct(plan.Product);
        WriteLookup(plan.Lookup);
        _json.WriteStrings("requests"u8, plan.Requests);
        _json.WriteStartArray("discrepancies"u8);
        foreach (var discrepancy in plan.Discrepancies)
        {
            _json.WriteStartObject();
            _json.WriteString("field"u8, discrepancy.Field);
            _json.WriteString("stated"u8, discrepancy.Stated);
            _json.WriteString("record"u8, discrepancy.Record);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteString("expected_outcome"u8, plan.Outcome);
        _json.WriteStrings("policy_references"u8, plan.PolicyReferences);
        _json.WriteString("policy_reasoning"u8, plan.PolicyReasoning);
        _json.WriteStartArray("actions"u8);
        foreach (var action in plan.Actions)
        {
            _json.WriteStartObject();
            _json.WriteString("type"u8, action.Type);
            _json.WriteString("reason"u8, action.Reason);
            _json.WriteMoney("value"u8, action.Value);
            _json.WriteStartObject("details"u8);
            _json.WriteStrings("clauses"u8, action.Clauses);
            foreach (var (name, value) in action.Details)
                _json.WriteString(name, value);
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteBoolean("escalation_required"u8, plan.EscalationRequired);
        _json.WriteString("escalation_reason"u8, plan.EscalationReason);
        _json.WriteString("priority"u8, plan.Priority);
        _json.WriteMoney("total_resolution_value"u8, plan.TotalValue);
        _json.WriteEndObject();
    }

    private void WriteLookup(CustomerLookup lookup)
    {
        _json.WriteStartObject("customer_lookup"u8);
        _json.WriteString("status"u8, lookup.Status);
        if (lookup.Customer is { } customer)
            _json.WriteId("customer_id"u8, customer);
        else
            _json.WriteNull("customer_id"u8);
        _json.WriteString("lookup_method"u8, lookup.Method);
        _json.WriteString("order_method"u8, lookup.OrderMethod);
        _json.WriteString("product_method"u8, lookup.ProductMethod);
        _json.WriteStartArray("candidate_orders"u8);
        foreach (var candidate in lookup.CandidateOrders)
            _json.WriteId(candidate);
        _json.WriteEndArray();
        _json.WriteString("notes"u8, lookup.Notes);
        _json.WriteEndObject();
    }

    private void WriteOrder(OrderId? order)
    {
        if (order is { } id)
            _json.WriteId("order_id"u8, id);
        else
            _json.WriteString("order_id"u8, "N/A"u8);
    }

    private void WriteProduct(ProductId? product)
    {
        if (product is { } id)
            _json.WriteId("product_id"u8, id);
        else
            _json.WriteString("product_id"u8, "N/A"u8);
    }
}
