using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Difficulty;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Generation.Twins;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Datasets;

/// <summary>
/// Writes what is behind a ticket: the keys that begin with an underscore. In a ticket with two requests, entries name the request that they belong to.
/// </summary>
internal sealed class DebugWriter
{
    private readonly PolicyDocument _policy;
    private readonly PackSettings _settings;
    private readonly JsonText _json;
    private readonly FactJson _facts;
    private readonly DifficultyMeter _difficulty;
    private readonly int[] _byStrength;
    private readonly (int A, int B)[] _interactions;

    public DebugWriter(Pack pack, RecordBook book, JsonText json)
    {
        _difficulty = new DifficultyMeter(pack.Policy, book);
        _policy = pack.Policy;
        _facts = new FactJson(pack.Policy);
        _settings = pack.Settings;
        _json = json;
        _byStrength = [.. _policy.Clauses.OrderBy(c => c.Precedence).ThenBy(c => c.Id, StringComparer.Ordinal).Select(c => c.Index)];
        _interactions = [.. _policy.Clauses.SelectMany(c => c.InteractsWith, (c, other) => (Math.Min(c.Index, other), Math.Max(c.Index, other))).Distinct()];
    }

    public void Write(TicketDraft draft)
    {
        _json.WriteString("_scenario_template"u8, draft.Scenario.Id);
        WriteDimensions(draft);
        WriteAnalysis(draft);
        WriteFacts(draft);
        WriteDisclosure(draft);
        WriteProof(draft);
        WriteDifficulty(draft);
        if (draft.Twin is { } twin)
            WriteTwin(twin);
    }

    private void WriteDimensions(TicketDraft draft)
    {
        _json.WriteStartObject("_scenario_dimensions"u8);
        _json.WriteString("group"u8, draft.Scenario.Group);
        _json.WriteString("ticket_type"u8, draft.Scenario.TicketType);
        _json.WriteString("complexity"u8, draft.Scenario.Complexity);
        _json.WriteString("customer_tier"u8, draft.Customer.Tier);
        _json.WriteString("completeness"u8, _settings.Completeness[draft.Completeness].Name);
        _json.WriteString("completeness_kind"u8, Snake.Name(draft.Kind));
        _json.WriteString("sentiment"u8, draft.Sentiment);
        _json.WriteString("persona"u8, draft.Persona);
        _json.WriteBoolean("what_if"u8, draft.IsWhatIf);
        _json.WriteEndObject();
    }

    private void WriteAnalysis(TicketDraft draft)
    {
        var applicable = draft.Asks ? 1UL << _policy.ClarificationClause : 0;
        ulong overridden = 0;
        ulong outranked = 0;
        foreach (var request in draft.Cases)
        {
            applicable |= request.Applicable;
            if (draft.Asks)
                continue;
            overridden |= With(request.Derivation, ClauseStatus.Overridden);
            outranked |= With(request.Derivation, ClauseStatus.Outranked);
        }

        _json.WriteStartObject("_policy_analysis"u8);
        WriteClauses("applicable_policies"u8, applicable);
        WriteClauses("overridden_policies"u8, overridden);
        WriteClauses("outranked_policies"u8, outranked);
        _json.WriteStartArray("modified_parameters"u8);
        if (!draft.Asks)
        {
            foreach (var request in draft.Cases)
                WriteModified(draft, request);
        }

        _json.WriteEndArray();
        WriteInteractions(draft);
        _json.WriteString("primary_policy"u8, draft.Plan.PolicyReferences[0]);
        _json.WriteEndObject();
    }

    private void WriteModified(TicketDraft draft, RequestCase request)
    {
        foreach (var parameter in _policy.Parameters)
        {
            var by = request.Derivation.ModifiedBy[parameter.Index];
            if (by < 0)
                continue;
            _json.WriteStartObject();
            WriteRequest(draft, request);
            _json.WriteString("clause"u8, _policy.Clauses[parameter.Clause].Id);
            _json.WriteString("parameter"u8, parameter.Name);
            _json.WriteString("value"u8, Values.Format(request.Derivation.Parameters[parameter.Index], parameter.Type, _policy.Symbols));
            _json.WriteString("modified_by"u8, _policy.Clauses[by].Id);
            _json.WriteEndObject();
        }
    }

    private void WriteInteractions(TicketDraft draft)
    {
        _json.WriteStartArray("interactions"u8);
        foreach (var (a, b) in _interactions)
        {
            if (draft.Asks || !BothFired(draft, a, b))
                continue;
            _json.WriteStartArray();
            _json.WriteStringValue(_policy.Clauses[a].Id);
            _json.WriteStringValue(_policy.Clauses[b].Id);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    private void WriteFacts(TicketDraft draft)
    {
        _json.WriteStartArray("_facts"u8);
        foreach (var request in draft.Cases)
        {
            foreach (var fact in _policy.Facts)
            {
                if (fact.Source == FactSource.Decision || !request.Facts.TryGet(fact.Index, out var value))
                    continue;
                _json.WriteStartObject();
                WriteRequest(draft, request);
                _facts.Write(_json, fact, value, request.Facts);
                _json.WriteEndObject();
            }
        }

        _json.WriteEndArray();
    }

    private void WriteDisclosure(TicketDraft draft)
    {
        var disclosure = draft.Disclosure;
        _json.WriteStartObject("_disclosure"u8);
        _json.WriteStrings("requests"u8, draft.Plan.Requests);
        _json.WriteString("sender"u8, disclosure.Sender);
        _json.WriteString("order_number"u8, disclosure.OrderNumber);
        _json.WriteString("written_order_number"u8, disclosure.WrittenOrderNumber);
        _json.WriteString("product"u8, disclosure.Product);
        if (disclosure.NamedProduct is { } named)
            _json.WriteId("named_product"u8, named.Id);
        else
            _json.WriteNull("named_product"u8);
        _json.WriteString("order_date"u8, disclosure.OrderDate(draft));
        if (disclosure.StatedDays is { } stated)
        {
            _json.WriteStartArray("stated_days"u8);
            _json.WriteNumberValue(stated.From);
            _json.WriteNumberValue(stated.To);
            _json.WriteEndArray();
        }
        else
        {
            _json.WriteNull("stated_days"u8);
        }

        _json.WriteStartObject("states"u8);
        foreach (var fact in _policy.Facts)
        {
            if ((disclosure.States >> fact.Index & 1) != 0)
                _json.WriteString(fact.Name, Values.Format(draft.Truth[fact.Index], fact.Type, _policy.Symbols));
        }

        _json.WriteEndObject();
        WriteFactNames("withholds"u8, disclosure.Withholds, Misstatement.None);
        WriteFactNames("misstates"u8, disclosure.States & Refuted(draft), disclosure.Misstates);
        _json.WriteBoolean("thread"u8, disclosure.Thread);
        _json.WriteNumber("days_since_order"u8, draft.DaysSinceOrder);
        _json.WriteEndObject();
    }

    private void WriteFactNames(ReadOnlySpan<byte> name, ulong bits, Misstatement first)
    {
        _json.WriteStartArray(name);
        if (first != Misstatement.None)
            _json.WriteStringValue(Snake.Name(first));
        foreach (var fact in _policy.Facts)
        {
            if ((bits >> fact.Index & 1) != 0)
                _json.WriteStringValue(fact.Name);
        }

        _json.WriteEndArray();
    }

    private void WriteProof(TicketDraft draft)
    {
        var completions = 0;
        foreach (var request in draft.Cases)
            completions += request.Completions;
        _json.WriteStartObject("_proof"u8);
        _json.WriteBoolean("unique"u8, true);
        _json.WriteNumber("completions"u8, completions);
        _json.WriteStartArray("clauses"u8);
        if (draft.Asks)
            WriteStatus(draft, null, _policy.ClarificationClause, ClauseStatus.Decisive, -1);
        else
            WriteStatuses(draft);
        _json.WriteEndArray();
        WriteChanges(draft);
        _json.WriteEndObject();
    }

    private void WriteTwin(TwinLink twin)
    {
        _json.WriteStartObject("_twin"u8);
        _json.WriteString(twin.IsTwin ? "of"u8 : "with"u8, twin.Other);
        _json.WriteString("fact"u8, twin.Fact);
        _json.WriteString("this"u8, twin.ThisValue);
        _json.WriteString("other"u8, twin.OtherValue);
        _json.WriteEndObject();
    }

    private void WriteDifficulty(TicketDraft draft)
    {
        var difficulty = _difficulty.Of(draft);
        _json.WriteStartObject("_difficulty"u8);
        _json.WriteNumber("level"u8, difficulty.Level);
        _json.WriteNumber("score"u8, difficulty.Score);
        _json.WriteNumber("lookups"u8, difficulty.Lookups);
        _json.WriteNumber("clauses"u8, difficulty.Clauses);
        _json.WriteNumber("distractor_clauses"u8, difficulty.DistractorClauses);
        _json.WriteNumber("distractor_orders"u8, difficulty.DistractorOrders);
        _json.WriteNumber("gaps"u8, difficulty.Gaps);
        _json.WriteEndObject();
    }

    private void WriteStatuses(TicketDraft draft)
    {
        foreach (var request in draft.Cases)
        {
            foreach (var index in _byStrength)
            {
                if (request.Derivation.Status[index] != ClauseStatus.Silent)
                    WriteStatus(draft, request, index, request.Derivation.Status[index], request.Derivation.OverriddenBy[index]);
            }
        }
    }

    private void WriteStatus(TicketDraft draft, RequestCase? request, int clause, ClauseStatus status, int overriddenBy)
    {
        _json.WriteStartObject();
        WriteRequest(draft, request);
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
            foreach (var request in draft.Cases)
            {
                var line = request.Request.Subject == RequestSubject.Item ? draft.Who.Line : -1;
                foreach (ref readonly var action in request.Derivation.Actions)
                {
                    foreach (var (field, to) in _policy.Actions[action.Action].Changes)
                    {
                        var ofLine = field == "item_status" && line >= 0;
                        _json.WriteStartObject();
                        WriteRequest(draft, request);
                        _json.WriteId("order_id"u8, order.Id);
                        _json.WriteString("product_id"u8, ofLine ? order.Items[line].Product.ToString() : null);
                        _json.WriteString("field"u8, field);
                        _json.WriteString("from"u8, ofLine ? Snake.Name(order.Items[line].Status) : Snake.Name(order.Status));
                        _json.WriteString("to"u8, to);
                        _json.WriteEndObject();
                    }
                }
            }
        }

        _json.WriteEndArray();
    }

    private void WriteRequest(TicketDraft draft, RequestCase? request)
    {
        if (draft.Cases.Length > 1)
            _json.WriteString("request"u8, request?.Request.Name);
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

    private static ulong Refuted(TicketDraft draft)
    {
        ulong bits = 0;
        foreach (var claim in draft.Scenario.Refuted)
            bits |= 1UL << claim.Fact;
        return bits;
    }

    private static ulong With(Derivation derivation, ClauseStatus status)
    {
        ulong bits = 0;
        for (var index = 0; index < derivation.Status.Length; index++)
            bits |= derivation.Status[index] == status ? 1UL << index : 0;
        return bits;
    }

    private static bool BothFired(TicketDraft draft, int a, int b)
    {
        foreach (var request in draft.Cases)
        {
            if (Fired(request.Derivation, a) && Fired(request.Derivation, b))
                return true;
        }

        return false;
    }

    private static bool Fired(Derivation derivation, int clause) => derivation.Status[clause] is ClauseStatus.Decisive or ClauseStatus.Outranked;
}
