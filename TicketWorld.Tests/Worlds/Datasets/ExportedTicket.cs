using System.Text.Json;

namespace TicketWorld.Tests.Worlds.Datasets;

/// <summary>A ticket of an exported set, with the records that it names.</summary>
internal sealed class ExportedTicket(JsonElement json, ExportedSet set)
{
    public JsonElement Json { get; } = json;

    public ExportedSet Set { get; } = set;

    public string Id { get; } = json.Text("ticket_id");

    public string Sender { get; } = json.Text("customer_email");

    public string Subject { get; } = json.Text("subject");

    public string Body { get; } = json.Text("body");

    public DateTime At { get; } = json.Time("timestamp");

    public string CustomerId { get; } = json.Text("customer_id");

    public string OrderId { get; } = json.Text("order_id");

    public string ProductId { get; } = json.Text("product_id");

    public JsonElement Plan { get; } = json.GetProperty("resolution_plan");

    public JsonElement Lookup => Plan.GetProperty("customer_lookup");

    public string Outcome => Plan.Text("expected_outcome");

    public bool Escalates => Plan.GetProperty("escalation_required").GetBoolean();

    public IReadOnlyList<JsonElement> Actions => [.. Plan.GetProperty("actions").EnumerateArray()];

    public IReadOnlyList<string> ActionTypes => [.. Actions.Select(a => a.Text("type"))];

    public string[] References => Plan.GetProperty("policy_references").Texts();

    public JsonElement? Order => OrderId == "N/A" ? null : Set.Orders[OrderId];

    /// <summary>The line of the order that the ticket is about; null where it is about a whole order or none.</summary>
    public JsonElement? Line => Order is { } order && ProductId != "N/A"
        ? order.GetProperty("items").EnumerateArray().Single(i => i.Text("product_id") == ProductId)
        : null;

    /// <summary>The kinds of request in the message.</summary>
    public string[] Requests => Plan.GetProperty("requests").Texts();

    public IEnumerable<JsonElement> Payments => Set.Payments[OrderId];

    /// <summary>When what the ticket is about was delivered: the parcel of the line, or the whole order.</summary>
    public DateTime? DeliveredAt => Order is not { } order ? null
        : Line is not { } line || line.GetProperty("parcel").ValueKind == JsonValueKind.Null ? order.TimeOrNull("delivered_at")
        : order.GetProperty("parcels").EnumerateArray().Single(p => p.GetProperty("parcel").GetInt32() == line.GetProperty("parcel").GetInt32()).TimeOrNull("delivered_at");

    public JsonElement Customer => Set.Customers[CustomerId];

    public string Scenario => Json.Text("_scenario_template");

    public JsonElement Disclosure => Json.GetProperty("_disclosure");

    public string Dimension(string name) => Json.GetProperty("_scenario_dimensions").Text(name);

    /// <summary>The value of a fact that the decision on the first request could read; null when it was absent or unknown.</summary>
    public string? Fact(string name)
    {
        var facts = Json.GetProperty("_facts").EnumerateArray().ToArray();
        foreach (var fact in facts)
        {
            if (fact.Text("name") == name && Request(fact) == Request(facts[0]))
                return fact.Text("value");
        }

        return null;

        // Only facts of a ticket with two requests say whose they are.
        static string? Request(JsonElement fact) => fact.TryGetProperty("request", out var request) ? request.GetString() : null;
    }

    /// <summary>Calendar days from an event of the order to the message.</summary>
    public int? DaysSince(string orderEvent) => Order is not { } order ? null
        : DaysSince(orderEvent == "delivered_at" ? DeliveredAt : order.TimeOrNull(orderEvent));

    public int? DaysSince(DateTime? then) => then is { } day ? DateOnly.FromDateTime(At).DayNumber - DateOnly.FromDateTime(day).DayNumber : null;

    public override string ToString() => $"{Id} ({Scenario}, seed {Set.Options.Seed})";
}

/// <summary>Reading of exported JSON.</summary>
internal static class ExportedJson
{
    public static string Text(this JsonElement json, string key) => json.GetProperty(key).GetString()!;

    public static string[] Texts(this JsonElement json) => [.. json.EnumerateArray().Select(e => e.GetString()!)];

    public static decimal Money(this JsonElement json, string key) => json.GetProperty(key).GetDecimal();

    public static DateTime Time(this JsonElement json, string key) => json.GetProperty(key).GetDateTime().ToUniversalTime();

    public static DateTime? TimeOrNull(this JsonElement json, string key) =>
        json.GetProperty(key).ValueKind == JsonValueKind.Null ? null : json.Time(key);

    public static DateOnly Date(this JsonElement json, string key) => DateOnly.ParseExact(json.Text(key), "yyyy-MM-dd");
}
