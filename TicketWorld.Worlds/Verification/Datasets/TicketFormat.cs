using System.Text.Json;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>A ticket as its file has it.</summary>
/// <param name="Order">The order that it is truly about, or null.</param>
/// <param name="Plan">The resolution; null when it cannot be read.</param>
/// <param name="Debug">The whole record when it carries debug keys, else null.</param>
internal sealed record TicketRecord(Message Message, CustomerId? Customer, OrderId? Order, ProductId? Product, ResolutionPlan? Plan, JsonRecord? Debug);

/// <summary>Reads tickets in the format of docs/datasets.md.</summary>
internal sealed class TicketFormat
{
    private const string NotAvailable = "N/A";

    private static readonly JsonKeys Keys = ["ticket_id", "customer_email", "subject", "body", "timestamp", "customer_id", "order_id", "product_id", "resolution_plan"];
    private static readonly string[] DebugKeys = ["_scenario_template", "_scenario_dimensions", "_policy_analysis", "_facts", "_disclosure", "_proof", "_difficulty"];
    private static readonly JsonKeys AllKeys = [.. Keys, .. DebugKeys];
    private static readonly JsonKeys AllKeysOfPair = [.. AllKeys, TwinRecord.Key];
    /// <summary>What a resolution may be filed under; a policy that reads the outcome may list fewer.</summary>
    private static readonly string[] Outcomes = ["approve", "approve_with_fee", "approve_with_payment", "deny", "mixed", "conditional", "investigate", "information", "escalate", "clarify"];

    private static readonly JsonKeys PlanKeys = ["order_id", "order_date", "product_id", "customer_lookup", "requests", "discrepancies", "expected_outcome", "policy_references", "policy_reasoning", "actions", "escalation_required", "escalation_reason", "priority", "total_resolution_value"];
    private static readonly JsonKeys LookupKeys = ["status", "customer_id", "lookup_method", "order_method", "product_method", "candidate_orders", "notes"];
    private static readonly JsonKeys DiscrepancyKeys = ["field", "stated", "record"];
    private static readonly JsonKeys ActionKeys = ["type", "reason", "value", "details"];
    private static readonly JsonKeys DetailKeys = ["clauses"];
    private static readonly string[] Methods = ["primary_email", "alternate_email", "order_number", "none"];
    private static readonly string[] OrderMethods = ["order_number", "corrected_order_number", "product", "only_order", "order_date", "not_needed", "ambiguous", "not_found"];
    private static readonly string[] ProductMethods = ["named", "only_line", "corrected_product", "not_needed", "not_found"];
    private static readonly string[] Statuses = ["found", "not_found"];
    private static readonly string[] Priorities = ["low", "medium", "high", "urgent"];

    private readonly string[] _outcomes;
    private readonly string[] _actions;
    private readonly bool _expectsDebug;
    private readonly bool _ignoresDebug;

    /// <param name="expectsDebug">Whether every ticket must have the debug keys, or none may.</param>
    public TicketFormat(PolicyDocument policy, bool expectsDebug)
        : this(policy, expectsDebug, ignoresDebug: false)
    {
    }

    private TicketFormat(PolicyDocument policy, bool expectsDebug, bool ignoresDebug)
    {
        _outcomes = policy.FactsByName.TryGetValue("outcome", out var outcome) ? [.. outcome.Values.Select(v => policy.Symbols[v])] : Outcomes;
        _actions = [.. policy.Actions.Select(a => a.Name)];
        _expectsDebug = expectsDebug;
        _ignoresDebug = ignoresDebug;
    }

    /// <summary>A reader that looks at no debug key, whether there are any or not.</summary>
    public static TicketFormat WithoutDebug(PolicyDocument policy) => new(policy, expectsDebug: false, ignoresDebug: true);

    public TicketRecord? Read(JsonElement element, RecordCheck check)
    {
        var hasDebug = _expectsDebug || (!_ignoresDebug && element.ValueKind == JsonValueKind.Object && (Array.Exists(DebugKeys, key => element.TryGetProperty(key, out _)) || TwinRecord.IsIn(element)));
        if (JsonRecord.Of(element, check, "", !hasDebug ? Keys : TwinRecord.IsIn(element) ? AllKeysOfPair : AllKeys, open: _ignoresDebug) is not { } record)
            return null;
        if (hasDebug && !_expectsDebug)
            check.Add(VerificationLayer.Schema, "(record)", "the dataset is without debug keys, this ticket has some", "debug keys", "none");
        var id = record.Text("ticket_id");
        check.Record = id ?? check.Record;
        var sender = record.Text("customer_email");
        var subject = record.Text("subject");
        var body = record.Text("body");
        var time = record.Time("timestamp");
        var customer = record.Id<CustomerId>("customer_id", CustomerId.TryParse, "CUST-0001");
        var order = record.Id<OrderId>("order_id", OrderId.TryParse, "ORD-20260114-1001", NotAvailable);
        var product = record.Id<ProductId>("product_id", ProductId.TryParse, "PROD-1001", NotAvailable);
        var plan = record.Object("resolution_plan", PlanKeys) is { } inner ? ReadPlan(inner) : null;
        return id is null || sender is null || subject is null || body is null || time is null
            ? null
            : new TicketRecord(new Message(id, sender, subject, body, time.Value), customer, order, product, plan, hasDebug ? record : null);
    }

    private ResolutionPlan? ReadPlan(JsonRecord record)
    {
        var order = record.Id<OrderId>("order_id", OrderId.TryParse, "ORD-20260114-1001", NotAvailable);
        var date = record.Date("order_date", orNull: true);
        var product = record.Id<ProductId>("product_id", ProductId.TryParse, "PROD-1001", NotAvailable);
        var lookup = record.Object("customer_lookup", LookupKeys) is { } inner ? ReadLookup(inner) : null;
        var requests = record.Texts("requests");
        var discrepancies = ReadDiscrepancies(record);
        var outcome = record.OneOf("expected_outcome", _outcomes);
        var references = record.Texts("policy_references");
        var reasoning = record.Text("policy_reasoning");
        var elements = record.Array("actions");
        var actions = new List<ResolutionAction>(elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            if (ReadAction(elements[i], record.Check, record.Path($"actions[{i}]")) is { } action)
                actions.Add(action);
        }

        var escalates = record.Boolean("escalation_required");
        var reason = record.TextOrNull("escalation_reason");
        var priority = record.OneOf("priority", Priorities);
        var total = record.Money("total_resolution_value");
        return lookup is null || outcome is null || reasoning is null || actions.Count != elements.Length || escalates is null || priority is null || total is null
            ? null
            : new ResolutionPlan
            {
                Order = order,
                OrderDate = date,
                Product = product,
                Lookup = lookup,
                Requests = requests,
                Discrepancies = discrepancies,
                Outcome = outcome,
                PolicyReferences = references,
                PolicyReasoning = reasoning,
                Actions = [.. actions],
                EscalationRequired = escalates.Value,
                EscalationReason = reason,
                Priority = priority,
                TotalValue = total.Value,
            };
    }

    private static CustomerLookup? ReadLookup(JsonRecord record)
    {
        var status = record.OneOf("status", Statuses);
        var customer = record.Id<CustomerId>("customer_id", CustomerId.TryParse, "CUST-0001", orNull: true);
        var method = record.OneOf("lookup_method", Methods);
        var orderMethod = record.OneOf("order_method", OrderMethods);
        var productMethod = record.OneOf("product_method", ProductMethods);
        var texts = record.Texts("candidate_orders");
        var candidates = new List<OrderId>(texts.Length);
        foreach (var text in texts)
        {
            if (OrderId.TryParse(text, out var id))
                candidates.Add(id);
            else
                record.Report(VerificationLayer.Schema, "candidate_orders", "this is no such id", text, "an id such as ORD-20260114-1001");
        }

        var notes = record.Text("notes");
        return status is null || method is null || orderMethod is null || productMethod is null || candidates.Count != texts.Length || notes is null
            ? null
            : new CustomerLookup(status, customer, method, orderMethod, [.. candidates], notes)
            {
                ProductMethod = productMethod,
            };
    }

    private static Discrepancy[] ReadDiscrepancies(JsonRecord record)
    {
        var elements = record.Array("discrepancies");
        if (elements.Length == 0)
            return [];
        var found = new List<Discrepancy>(elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            if (JsonRecord.Of(elements[i], record.Check, record.Path($"discrepancies[{i}]"), DiscrepancyKeys) is { } row
                && row.Text("field") is { } field && row.Text("stated") is { } stated && row.Text("record") is { } known)
            {
                found.Add(new Discrepancy(field, stated, known));
            }
        }

        return [.. found];
    }

    private ResolutionAction? ReadAction(JsonElement element, RecordCheck check, string path)
    {
        if (JsonRecord.Of(element, check, path, ActionKeys) is not { } record)
            return null;
        var type = record.OneOf("type", _actions);
        var reason = record.Text("reason");
        var value = record.Money("value");
        if (record.Object("details", DetailKeys, open: true) is not { } details)
            return null;
        var clauses = details.Texts("clauses");
        var particulars = new List<KeyValuePair<string, string>>();
        foreach (var property in record.Member("details")!.Value.EnumerateObject())
        {
            if (property.NameEquals("clauses"))
                continue;
            if (JsonRecord.TryString(property.Value, out var text))
                particulars.Add(new(property.Name, text));
            else
                details.Report(VerificationLayer.Schema, property.Name, "particulars are texts", property.Value.ValueKind.ToString(), "a text");
        }

        return type is null || reason is null || value is null ? null : new ResolutionAction(type, reason, value.Value, clauses, [.. particulars]);
    }
}
