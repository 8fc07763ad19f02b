using System.Text.Json;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Soaking;

/// <summary>A ticket of a set with the records that it names. Without debug keys it has no scenario, facts or proof to check.</summary>
internal readonly struct TicketView
{
    public TicketView(JsonElement json, SetRecords records, IReadOnlyDictionary<string, Scenario> scenarios)
    {
        Json = json;
        IsTwin = json.TryGetProperty("_twin", out var twin) && twin.TryGetProperty("of", out _);
        Scenario = json.TryGetProperty("_scenario_template", out var template) && !IsTwin ? scenarios[template.GetString()!] : null;
        Plan = json.GetProperty("resolution_plan");
        At = json.Time("timestamp");
        OrderId = json.Text("order_id");
        Order = OrderId == "N/A" ? null : records.Orders[OrderId];
        var product = json.Text("product_id");
        Product = product == "N/A" ? null : records.Products[product];
        if (Order is not { } order || product == "N/A")
            return;
        foreach (var item in order.GetProperty("items").EnumerateArray())
        {
            if (item.Text("product_id") == product)
                Line = item;
        }
    }

    public JsonElement Json { get; }

    /// <summary>What the scenario demands holds of the ticket; null for a twin too, in which one fact is beyond a bound of its scenario.</summary>
    public Scenario? Scenario { get; }

    public JsonElement Plan { get; }

    public DateTime At { get; }

    public string OrderId { get; }

    public JsonElement? Order { get; }

    public JsonElement? Product { get; }

    /// <summary>The line that the ticket names; null where it names a whole order or none.</summary>
    public JsonElement? Line { get; }

    public string Id => Json.Text("ticket_id");

    /// <summary>Whether the ticket has the keys that tell what it is to be.</summary>
    public bool IsExplained => Json.TryGetProperty("_proof", out _);

    /// <summary>Whether the ticket is not alone with its line, and says so; where nothing is said of it, it may be.</summary>
    public bool IsWhatIf => !IsExplained || IsTwin || Json.GetProperty("_scenario_dimensions").GetProperty("what_if").GetBoolean();

    public string Where => Scenario is { } scenario ? $"{Id} of {scenario.Id}" : Id;

    private bool IsTwin { get; }

    /// <summary>When a line's parcel was delivered, or where there is no line or parcel, the order.</summary>
    public DateTime? DeliveredAt(JsonElement? about)
    {
        if (Order is not { } order)
            return null;
        if (about is { } line && line.GetProperty("parcel") is { ValueKind: JsonValueKind.Number } number)
        {
            foreach (var parcel in order.GetProperty("parcels").EnumerateArray())
            {
                if (parcel.GetProperty("parcel").GetInt32() == number.GetInt32())
                    return parcel.TimeOrNull("delivered_at");
            }
        }

        return order.TimeOrNull("delivered_at");
    }

    public int DaysSince(DateTime then) => DateOnly.FromDateTime(At).DayNumber - DateOnly.FromDateTime(then).DayNumber;
}
