using System.Buffers;
using System.Text.Json;
using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Makes and writes tickets, one JSON object a line. Holds scratch: one for each thread.</summary>
internal sealed class TicketWriter : IDisposable
{
    private readonly World _world;
    private readonly PolicyDocument _policy;
    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(), Json.Options);
    private readonly int[] _byStrength;
    private readonly (int A, int B)[] _interactions;

    public TicketWriter(World world)
    {
        _world = world;
        _policy = world.Pack.Policy;
        Maker = new TicketMaker(world);
        _byStrength = [.. _policy.Clauses.OrderBy(c => c.Precedence).ThenBy(c => c.Id, StringComparer.Ordinal).Select(c => c.Index)];
        _interactions = [.. _policy.Clauses.SelectMany(c => c.InteractsWith, (c, other) => (Math.Min(c.Index, other), Math.Max(c.Index, other))).Distinct()];
    }

    public TicketMaker Maker { get; }

    public void Dispose() => _json.Dispose();

    /// <returns>Bytes written, with the line feed.</returns>
    public int Write(int index, IBufferWriter<byte> output, ChunkReport report)
    {
        var draft = Maker.Make(index, report);
        _json.Reset(output);
        _json.WriteStartObject();
        WriteMessage(draft);
        WritePlan(draft.Plan);
        if (_world.Options.Debug)
            WriteDebug(draft);
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
        return (int)_json.BytesCommitted + 1;
    }

    private void WriteMessage(TicketDraft draft)
    {
        var message = draft.Message;
        _json.WriteString("ticket_id"u8, message.TicketId);
        _json.WriteString("customer_email"u8, message.Sender);
        _json.WriteString("subject"u8, message.Subject);
        _json.WriteString("body"u8, message.Body);
        _json.WriteTime("timestamp"u8, message.Timestamp);
        _json.WriteString("customer_id"u8, draft.Customer.Id.ToString());
        _json.WriteId("order_id"u8, draft.Order?.Id);
        _json.WriteId("product_id"u8, draft.Scenario.Request.Subject is RequestSubject.Item or RequestSubject.Product ? draft.Product?.Id : null);
    }

    private void WritePlan(ResolutionPlan plan)
    {
        _json.WriteStartObject("resolution_plan"u8);
        _json.WriteId("order_id"u8, plan.Order);
        _json.WriteDate("order_date"u8, plan.OrderDate);
        _json.WriteId("product_id"u8, plan.Product);
        WriteLookup(plan.Lookup);
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
        _json.WriteString("customer_id"u8, lookup.Customer?.ToString());
        _json.WriteString("lookup_method"u8, lookup.Method);
        _json.WriteString("order_method"u8, lookup.OrderMethod);
        _json.WriteStartArray("candidate_orders"u8);
        foreach (var candidate in lookup.CandidateOrders)
            _json.WriteStringValue(candidate.ToString());
        _json.WriteEndArray();
        _json.WriteString("notes"u8, lookup.Notes);
        _json.WriteEndObject();
    }

    private void WriteDebug(TicketDraft draft)
    {
        _json.WriteString("_scenario_template"u8, draft.Scenario.Id);
        WriteDimensions(draft);
        WriteAnalysis(draft);
        WriteFacts(draft);
        WriteDisclosure(draft);
        WriteProof(draft);
    }

    private void WriteDimensions(TicketDraft draft)
    {
        _json.WriteStartObject("_scenario_dimensions"u8);
        _json.WriteString("group"u8, draft.Scenario.Group);
        _json.WriteString("ticket_type"u8, draft.Scenario.TicketType);
        _json.WriteString("complexity"u8, draft.Scenario.Complexity);
        _json.WriteString("customer_tier"u8, draft.Customer.Tier);
        _json.WriteString("completeness"u8, _world.Pack.Settings.Completeness[draft.Completeness].Name);
        _json.WriteString("completeness_kind"u8, Snake.Name(draft.Kind));
        _json.WriteString("sentiment"u8, draft.Sentiment);
        _json.WriteString("persona"u8, draft.Persona);
        _json.WriteBoolean("what_if"u8, draft.IsWhatIf);
        _json.WriteEndObject();
    }

    private void WriteAnalysis(TicketDraft draft)
    {
        var derivation = draft.Derivation;
        var decided = draft.Who.Missing is null;
        var clarification = draft.Asks ? 1UL << _policy.ClarificationClause : 0;
        _json.WriteStartObject("_policy_analysis"u8);
        WriteClauses("applicable_policies"u8, draft.Applicable | clarification);
        WriteClauses("overridden_policies"u8, decided && !draft.Asks ? With(derivation, ClauseStatus.Overridden) : 0);
        WriteClauses("outranked_policies"u8, decided && !draft.Asks ? With(derivation, ClauseStatus.Outranked) : 0);
        _json.WriteStartArray("modified_parameters"u8);
        if (decided && !draft.Asks)
        {
            foreach (var parameter in _policy.Parameters)
            {
                var by = derivation.ModifiedBy[parameter.Index];
                if (by < 0)
                    continue;
                _json.WriteStartObject();
                _json.WriteString("clause"u8, _policy.Clauses[parameter.Clause].Id);
                _json.WriteString("parameter"u8, parameter.Name);
                _json.WriteString("value"u8, Values.Format(derivation.Parameters[parameter.Index], parameter.Type, _policy.Symbols));
                _json.WriteString("modified_by"u8, _policy.Clauses[by].Id);
                _json.WriteEndObject();
            }
        }

        _json.WriteEndArray();
        _json.WriteStartArray("interactions"u8);
        if (decided && !draft.Asks)
        {
            foreach (var (a, b) in _interactions)
            {
                if (!Fired(derivation, a) || !Fired(derivation, b))
                    continue;
                _json.WriteStartArray();
                _json.WriteStringValue(_policy.Clauses[a].Id);
                _json.WriteStringValue(_policy.Clauses[b].Id);
                _json.WriteEndArray();
            }
        }

        _json.WriteEndArray();
        _json.WriteString("primary_policy"u8, draft.Plan.PolicyReferences[0]);
        _json.WriteEndObject();
    }

    private void WriteFacts(TicketDraft draft)
    {
        _json.WriteStartArray("_facts"u8);
        foreach (var fact in _policy.Facts)
        {
            if (fact.Source == FactSource.Decision || !draft.Facts.TryGet(fact.Index, out var value))
                continue;
            _json.WriteStartObject();
            _json.WriteString("name"u8, fact.Name);
            _json.WriteString("value"u8, Values.Format(value, fact.Type, _policy.Symbols));
            _json.WriteString("source"u8, Snake.Name(fact.Record >= 0 && draft.Facts.Has(fact.Record) ? FactSource.Database : fact.Source));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteDisclosure(TicketDraft draft)
    {
        var disclosure = draft.Disclosure;
        _json.WriteStartObject("_disclosure"u8);
        _json.WriteString("sender"u8, disclosure.Sender);
        _json.WriteString("order_number"u8, disclosure.OrderNumber);
        _json.WriteString("written_order_number"u8, disclosure.WrittenOrderNumber);
        _json.WriteString("product"u8, disclosure.Product);
        _json.WriteStartObject("states"u8);
        foreach (var fact in _policy.Facts)
        {
            if ((disclosure.States >> fact.Index & 1) != 0)
                _json.WriteString(fact.Name, Values.Format(draft.Truth[fact.Index], fact.Type, _policy.Symbols));
        }

        _json.WriteEndObject();
        _json.WriteStartArray("withholds"u8);
        foreach (var fact in _policy.Facts)
        {
            if ((disclosure.Withholds >> fact.Index & 1) != 0)
                _json.WriteStringValue(fact.Name);
        }

        _json.WriteEndArray();
        if (disclosure.DaysSinceOrder is { } days)
            _json.WriteNumber("days_since_order"u8, days);
        else
            _json.WriteNull("days_since_order"u8);
        _json.WriteEndObject();
    }

    private void WriteProof(TicketDraft draft)
    {
        var derivation = draft.Derivation;
        _json.WriteStartObject("_proof"u8);
        _json.WriteBoolean("unique"u8, true);
        _json.WriteNumber("completions"u8, draft.Completions);
        _json.WriteStartArray("clauses"u8);
        if (draft.Asks)
        {
            WriteStatus(_policy.ClarificationClause, ClauseStatus.Decisive, -1);
        }
        else
        {
            foreach (var index in _byStrength)
            {
                if (derivation.Status[index] != ClauseStatus.Silent)
                    WriteStatus(index, derivation.Status[index], derivation.OverriddenBy[index]);
            }
        }

        _json.WriteEndArray();
        WriteChanges(draft);
        _json.WriteEndObject();
    }

    private void WriteStatus(int clause, ClauseStatus status, int overriddenBy)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, _policy.Clauses[clause].Id);
        _json.WriteString("status"u8, Snake.Name(status));
        _json.WriteString("overridden_by"u8, status == ClauseStatus.Overridden ? _policy.Clauses[overriddenBy].Id : null);
        _json.WriteEndObject();
    }

    private void WriteChanges(TicketDraft draft)
    {
        _json.WriteStartArray("changes"u8);
        if (draft.Who.Order is { } order && !draft.Asks)
        {
            foreach (ref readonly var action in draft.Derivation.Actions)
            {
                foreach (var (field, to) in _policy.Actions[action.Action].Changes)
                {
                    var ofLine = field == "item_status" && draft.Who.Line >= 0;
                    _json.WriteStartObject();
                    _json.WriteString("order_id"u8, order.Id.ToString());
                    _json.WriteString("product_id"u8, ofLine ? order.Items[draft.Who.Line].Product.ToString() : null);
                    _json.WriteString("field"u8, field);
                    _json.WriteString("from"u8, ofLine ? Snake.Name(order.Items[draft.Who.Line].Status) : Snake.Name(order.Status));
                    _json.WriteString("to"u8, to);
                    _json.WriteEndObject();
                }
            }
        }

        _json.WriteEndArray();
    }

    private void WriteClauses(ReadOnlySpan<byte> name, ulong bits)
    {
        _json.WriteStartArray(name);
        foreach (var index in _byStrength)
        {
            if ((bits >> index & 1) != 0)
                _json.WriteStringValue(_policy.Clauses[index].Id);
        }

        _json.WriteEndArray();
    }

    private static ulong With(Derivation derivation, ClauseStatus status)
    {
        ulong bits = 0;
        for (var index = 0; index < derivation.Status.Length; index++)
            bits |= derivation.Status[index] == status ? 1UL << index : 0;
        return bits;
    }

    private static bool Fired(Derivation derivation, int clause) => derivation.Status[clause] is ClauseStatus.Decisive or ClauseStatus.Outranked;
}
