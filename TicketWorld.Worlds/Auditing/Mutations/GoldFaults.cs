using System.Globalization;
using System.Text.Json.Nodes;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>A bug of one ticket: in its resolution, its ids or its message.</summary>
/// <param name="Apply">Puts it into a ticket; false where it cannot be there.</param>
internal sealed record TicketFault(string Operator, string What, Func<JsonObject, bool> Apply);

/// <summary>Bugs of resolutions: for each field, and for each action, clause, particular and label that the set has.</summary>
internal static class GoldFaults
{
    private const string None = "N/A";

    /// <param name="tickets">The tickets of the set, for the labels in them.</param>
    /// <param name="clauses">Ids of the policy's clauses.</param>
    /// <param name="actions">Names of the policy's actions.</param>
    public static IEnumerable<TicketFault> Of(IReadOnlyList<JsonObject> tickets, string[] clauses, string[] actions)
    {
        foreach (var fault in Particular().Concat(OfLookup()).Concat(OfLists(clauses)))
            yield return fault;
        var plans = tickets.Select(t => t["resolution_plan"]!).ToArray();
        foreach (var type in Distinct(plans.SelectMany(Actions).Select(a => Text(a["type"]))))
        {
            yield return Fault("wrong action", $"{type} becomes another", plan => First(plan, type) is { } a && Set(a, "type", actions[(Array.IndexOf(actions, type) + 1) % actions.Length]));
            yield return Fault("action dropped", type, plan => First(plan, type) is { } a && plan["actions"]!.AsArray().Remove(a));
            yield return Fault("action twice", type, plan => First(plan, type) is { } a && Add(plan["actions"]!, a.DeepClone()));
            yield return Fault("wrong value", $"{type} one cent more", plan => First(plan, type) is { } a && SetMoney(a, "value", Money(a["value"]) + 0.01m));
            yield return Fault("clause of an action dropped", type, plan => First(plan, type) is { } a && Drop(a["details"]!["clauses"]!, 0));
        }

        foreach (var key in Distinct(plans.SelectMany(Actions).SelectMany(a => a["details"]!.AsObject()).Where(d => d.Key != "clauses").Select(d => d.Key)))
        {
            yield return Fault("wrong particular", key, plan => With(plan, key) is { } details && Set(details, key, "9" + Text(details[key])));
            yield return Fault("particular dropped", key, plan => With(plan, key) is { } details && details.AsObject().Remove(key));
        }

        foreach (var clause in Distinct(plans.SelectMany(p => p["policy_references"]!.AsArray()).Select(Text)))
        {
            yield return Fault("clause dropped", clause, plan => IndexOf(plan["policy_references"]!, clause) is var i and >= 0 && Drop(plan["policy_references"]!, i));
            yield return Fault("clause not named in the reasoning", clause, plan => Text(plan["policy_reasoning"]).Contains(clause, StringComparison.Ordinal) && Set(plan, "policy_reasoning", Text(plan["policy_reasoning"]).Replace(clause, "a clause", StringComparison.Ordinal)));
        }

        foreach (var (field, name) in ((string, string)[])[("expected_outcome", "wrong outcome"), ("priority", "wrong priority")])
        {
            var labels = Distinct(plans.Select(p => Text(p[field])));
            foreach (var label in labels)
                yield return Fault(name, $"{label} becomes another", plan => Text(plan[field]) == label && Set(plan, field, labels[(Array.IndexOf(labels, label) + 1) % labels.Length]));
        }

        foreach (var request in Distinct(plans.SelectMany(p => p["requests"]!.AsArray()).Select(Text)))
            yield return Fault("wrong request", $"{request} left out", plan => IndexOf(plan["requests"]!, request) is var i and >= 0 && Drop(plan["requests"]!, i));
    }

    private static IEnumerable<TicketFault> Particular() =>
    [
        Fault("wrong order", "another number", plan => Text(plan["order_id"]) != None && Set(plan, "order_id", Text(plan["order_id"])[..^1] + Other(Text(plan["order_id"])[^1]))),
        Fault("wrong order", "none", plan => Text(plan["order_id"]) != None && Set(plan, "order_id", None)),
        Fault("wrong date", "order a day later", plan => plan["order_date"] is not null && Set(plan, "order_date", Day(Text(plan["order_date"]), 1))),
        Fault("wrong date", "order a day earlier", plan => plan["order_date"] is not null && Set(plan, "order_date", Day(Text(plan["order_date"]), -1))),
        Fault("wrong product", "another", plan => Text(plan["product_id"]) != None && Set(plan, "product_id", Text(plan["product_id"])[..^1] + Other(Text(plan["product_id"])[^1]))),
        Fault("wrong product", "none", plan => Text(plan["product_id"]) != None && Set(plan, "product_id", None)),
        Fault("wrong escalation", "raised", plan => !plan["escalation_required"]!.GetValue<bool>() && Set(plan, "escalation_required", true) && Set(plan, "escalation_reason", "the value is high")),
        Fault("wrong escalation", "dropped", plan => plan["escalation_required"]!.GetValue<bool>() && Set(plan, "escalation_required", false) && SetNull(plan, "escalation_reason")),
        Fault("wrong escalation", "without a reason", plan => plan["escalation_reason"] is not null && SetNull(plan, "escalation_reason")),
        Fault("wrong escalation", "with a reason of nobody", plan => plan["escalation_reason"] is not null && Set(plan, "escalation_reason", "it seemed right")),
        Fault("wrong total", "one cent more", plan => SetMoney(plan, "total_resolution_value", Money(plan["total_resolution_value"]) + 0.01m)),
        Fault("wrong total", "nothing", plan => Money(plan["total_resolution_value"]) != 0 && SetMoney(plan, "total_resolution_value", 0)),
        Fault("wrong total", "negated", plan => Money(plan["total_resolution_value"]) != 0 && SetMoney(plan, "total_resolution_value", -Money(plan["total_resolution_value"]))),
        Fault("wrong value", "doubled with the total", plan => Actions(plan).FirstOrDefault(a => Money(a["value"]) != 0) is { } a
            && SetMoney(plan, "total_resolution_value", Money(plan["total_resolution_value"]) + Money(a["value"])) && SetMoney(a, "value", 2 * Money(a["value"]))),
        Fault("wrong value", "nothing, with the total", plan => Actions(plan).FirstOrDefault(a => Money(a["value"]) != 0) is { } a
            && SetMoney(plan, "total_resolution_value", Money(plan["total_resolution_value"]) - Money(a["value"])) && SetMoney(a, "value", 0)),
        Fault("wrong reason", "of an action", plan => Text(plan["expected_outcome"]) != "clarify" && Set(Actions(plan).First(), "reason", "it seemed right")),
        Fault("wrong fact in the reasoning", "a number", plan => Bracket(plan, " = ", " = 7")),
        Fault("wrong fact in the reasoning", "a truth value", plan => Bracket(plan, " = false", " = true") || Bracket(plan, " = true", " = false")),
        Fault("late window", "a refusal for lateness granted", plan => Actions(plan).FirstOrDefault(a => Text(a["type"]).StartsWith("deny_", StringComparison.Ordinal)) is { } a
            && Text(plan["policy_reasoning"]).Contains("window", StringComparison.Ordinal) && Set(a, "type", "process" + Text(a["type"])[4..]) && Set(plan, "expected_outcome", "approve")),
    ];

    private static IEnumerable<TicketFault> OfLookup() =>
    [
        Lookup("wrong customer", "another", l => l["customer_id"] is not null && Set(l, "customer_id", Text(l["customer_id"])[..^1] + Other(Text(l["customer_id"])[^1]))),
        Lookup("wrong customer", "none", l => l["customer_id"] is not null && SetNull(l, "customer_id")),
        Lookup("wrong customer", "not found", l => Text(l["status"]) == "found" && Set(l, "status", "not_found")),
        Lookup("wrong customer", "found", l => Text(l["status"]) == "not_found" && Set(l, "status", "found")),
        .. ((string[])["primary_email", "alternate_email", "order_number"]).Select(m => Lookup("wrong look-up", $"{m} becomes none", l => Text(l["lookup_method"]) == m && Set(l, "lookup_method", "none"))),
        .. ((string[])["order_number", "corrected_order_number", "product", "only_order", "order_date", "not_needed", "ambiguous", "not_found"]).Select(m =>
            Lookup("wrong look-up", $"order: {m} becomes another", l => Text(l["order_method"]) == m && Set(l, "order_method", m == "product" ? "only_order" : "product"))),
        .. ((string[])["named", "only_line", "corrected_product", "not_needed", "not_found"]).Select(m =>
            Lookup("wrong look-up", $"product: {m} becomes another", l => Text(l["product_method"]) == m && Set(l, "product_method", m == "named" ? "only_line" : "named"))),
        Lookup("wrong candidates", "the first dropped", l => Drop(l["candidate_orders"]!, 0)),
        Lookup("wrong candidates", "turned round", l => Reverse(l["candidate_orders"]!)),
        Lookup("wrong candidates", "one too many", l => Add(l["candidate_orders"]!, "ORD-20250101-9999")),
    ];

    private static IEnumerable<TicketFault> OfLists(string[] clauses) =>
    [
        Fault("wrong clause", "one too many", plan => Add(plan["policy_references"]!, clauses.First(c => IndexOf(plan["policy_references"]!, c) < 0))),
        Fault("wrong clause", "turned round", plan => Reverse(plan["policy_references"]!)),
        Fault("wrong clause", "one too many in the reasoning", plan => Set(plan, "policy_reasoning", $"{Text(plan["policy_reasoning"])} {clauses.First(c => IndexOf(plan["policy_references"]!, c) < 0)} too.")),
        Fault("wrong clause", "one too many of an action", plan => Add(Actions(plan).First()["details"]!["clauses"]!, clauses.First(c => IndexOf(Actions(plan).First()["details"]!["clauses"]!, c) < 0))),
        Fault("wrong order of actions", "turned round", plan => Reverse(plan["actions"]!)),
        Fault("wrong discrepancy", "dropped", plan => Drop(plan["discrepancies"]!, 0)),
        Fault("wrong discrepancy", "one too many", plan => Add(plan["discrepancies"]!, JsonNode.Parse("""{"field":"order_date","stated":"1 to 2 days ago","record":"9 days ago"}""")!)),
        .. ((string[])["field", "stated", "record"]).Select(k => Fault("wrong discrepancy", k, plan => plan["discrepancies"]!.AsArray().FirstOrDefault() is { } d && Set(d, k, Text(d[k]) + "0"))),
    ];

    private static TicketFault Fault(string name, string what, Func<JsonNode, bool> apply) => new(name, what, ticket => apply(ticket["resolution_plan"]!));

    private static TicketFault Lookup(string name, string what, Func<JsonNode, bool> apply) => new(name, what, ticket => apply(ticket["resolution_plan"]!["customer_lookup"]!));

    private static string[] Distinct(IEnumerable<string> texts) => [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<JsonNode> Actions(JsonNode plan) => plan["actions"]!.AsArray().Select(a => a!);

    private static JsonNode? First(JsonNode plan, string type) => Actions(plan).FirstOrDefault(a => Text(a["type"]) == type);

    private static JsonNode? With(JsonNode plan, string detail) => Actions(plan).Select(a => a["details"]!).FirstOrDefault(d => d[detail] is not null);

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static decimal Money(JsonNode? node) => node!.GetValue<decimal>();

    private static char Other(char digit) => digit == '1' ? '2' : '1';

    private static string Day(string date, int days) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int IndexOf(JsonNode list, string text)
    {
        var items = list.AsArray();
        for (var i = 0; i < items.Count; i++)
        {
            if (Text(items[i]) == text)
                return i;
        }

        return -1;
    }

    private static bool Set(JsonNode owner, string key, JsonNode value)
    {
        owner[key] = value;
        return true;
    }

    private static bool SetNull(JsonNode owner, string key)
    {
        owner[key] = null;
        return true;
    }

    private static bool SetMoney(JsonNode owner, string key, decimal value) => Set(owner, key, JsonNode.Parse(value.ToString("0.00", CultureInfo.InvariantCulture))!);

    private static bool Add(JsonNode list, JsonNode item)
    {
        list.AsArray().Add(item);
        return true;
    }

    private static bool Drop(JsonNode list, int index)
    {
        if (list.AsArray().Count <= index)
            return false;
        list.AsArray().RemoveAt(index);
        return true;
    }

    private static bool Reverse(JsonNode list)
    {
        var items = list.AsArray();
        if (items.Count < 2 || JsonNode.DeepEquals(items[0], items[^1]))
            return false;
        var turned = items.Select(i => i!.DeepClone()).Reverse().ToArray();
        items.Clear();
        foreach (var item in turned)
            items.Add(item);
        return true;
    }

    /// <summary>Changes the first statement in brackets that holds a text.</summary>
    private static bool Bracket(JsonNode plan, string old, string changed)
    {
        var text = Text(plan["policy_reasoning"]);
        var open = text.IndexOf('[', StringComparison.Ordinal);
        var at = open < 0 ? -1 : text.IndexOf(old, open, StringComparison.Ordinal);
        return at >= 0 && Set(plan, "policy_reasoning", string.Concat(text.AsSpan(0, at), changed, text.AsSpan(at + old.Length)));
    }
}
