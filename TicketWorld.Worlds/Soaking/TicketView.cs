using System.Text.Json;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Soaking;

/// <summary>A ticket of a set with the records that it names.</summary>
internal readonly struct TicketView
{
    public TicketView(JsonElement json, SetRecords records, Scenario scenario)
    {
        Json = json;
        Scenario = scenario;
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

    public Scenario Scenario { get; }

    public JsonElement Plan { get; }

    public DateTime At { get; }

    public string OrderId { get; }

    public JsonElement? Order { get; }

    public JsonElement? Product { get; }

    /// <summary>The line that the ticket is about; null where it is about a whole order or none.</summary>
    public JsonElement? Line { get; }

    public string Id => Json.Text("ticket_id");

    public bool IsWhatIf => Json.GetProperty("_scenario_dimensions").GetProperty("what_if").GetBoolean();

    /// <summary>When the line's parcel was delivered, or where there is no line or parcel, the order.</summary>
    public DateTime? DeliveredAt
    {
        get
        {
            if (Order is not { } order)
                return null;
            if (Line is { } line && line.GetProperty("parcel") is { ValueKind: JsonValueKind.Number } number)
            {
                foreach (var parcel in order.GetProperty("parcels").EnumerateArray())
                {
                    if (parcel.GetProperty("parcel").GetInt32() == number.GetInt32())
                        return parcel.TimeOrNull("delivered_at");
                }
            }

            return order.TimeOrNull("delivered_at");
        }
    }

    public int DaysSince(DateTime then) => DateOnly.FromDateTime(At).DayNumber - DateOnly.FromDateTime(then).DayNumber;
}
