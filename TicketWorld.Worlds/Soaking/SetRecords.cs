using System.Text.Json;

namespace TicketWorld.Worlds.Soaking;

/// <summary>The database of a set by id, and by address the customers.</summary>
internal sealed class SetRecords : IDisposable
{
    private readonly JsonDocument _document;
    private readonly ILookup<string, DateTime> _refunds;

    public SetRecords(JsonDocument document)
    {
        _document = document;
        Customers = ById("customers", "customer_id");
        Products = ById("products", "product_id");
        Orders = ById("orders", "order_id");
        _refunds = document.RootElement.GetProperty("payments").EnumerateArray().Where(p => p.Text("kind") == "refund").ToLookup(p => p.Text("order_id"), p => p.Time("created_at"), StringComparer.Ordinal);
        foreach (var customer in Customers.Values)
        {
            Owners[customer.Text("primary_email")] = (customer.Text("customer_id"), "primary_email");
            if (customer.TextOrNull("alternate_email") is { } second)
                Owners[second] = (customer.Text("customer_id"), "alternate_email");
        }
    }

    public Dictionary<string, JsonElement> Customers { get; }

    public Dictionary<string, JsonElement> Products { get; }

    public Dictionary<string, JsonElement> Orders { get; }

    /// <summary>By address: whose it is, and which of the customer's.</summary>
    public Dictionary<string, (string Customer, string Method)> Owners { get; } = new(StringComparer.Ordinal);

    /// <summary>When the latest refund of an order was made before a time.</summary>
    public DateTime? LastRefund(string order, DateTime before) => _refunds[order].Where(t => t <= before).Select(t => (DateTime?)t).Max();

    public void Dispose() => _document.Dispose();

    private Dictionary<string, JsonElement> ById(string records, string key) =>
        _document.RootElement.GetProperty(records).EnumerateArray().ToDictionary(r => r.Text(key), StringComparer.Ordinal);
}

/// <summary>Reading of a set's JSON.</summary>
internal static class SetJson
{
    public static string Text(this JsonElement json, string key) => json.GetProperty(key).GetString()!;

    public static string? TextOrNull(this JsonElement json, string key) => json.GetProperty(key).GetString();

    public static decimal Money(this JsonElement json, string key) => json.GetProperty(key).GetDecimal();

    public static DateTime Time(this JsonElement json, string key) => json.GetProperty(key).GetDateTime().ToUniversalTime();

    public static DateTime? TimeOrNull(this JsonElement json, string key) => json.GetProperty(key).ValueKind == JsonValueKind.Null ? null : json.Time(key);
}
