using System.Globalization;
using System.Text.Json.Nodes;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>A bug of the records that a ticket is decided on.</summary>
/// <param name="Apply">Gives the changed records; null where the bug cannot be in those of the ticket.</param>
internal sealed record RecordFault(string Operator, string What, Func<DatabaseText, TicketSubject, DatabaseText?> Apply);

/// <summary>Ids of what a ticket is truly about.</summary>
internal sealed record TicketSubject(string Customer, string? Order, string? Product);

/// <summary>
/// Bugs of records. Where a sum depends on what is changed it is made again, and where an order is paid, so is its payment: the records still
/// agree with each other, and only the resolution shows that one is wrong.
/// </summary>
internal static class RecordFaults
{
    public static IEnumerable<RecordFault> All { get; } =
    [
        OfLine("price", "ten more", line => SetMoney(line, "price_paid", Money(line["price_paid"]) + 10)),
        OfLine("price", "half", line => SetMoney(line, "price_paid", Math.Round(Money(line["price_paid"]) / 2, 2))),
        OfLine("price", "2000.00", line => SetMoney(line, "price_paid", 2000)),
        OfLine("quantity", "one more", line => Set(line, "quantity", line["quantity"]!.GetValue<int>() + 1)),
        OfLine("final sale", "turned", line => Set(line, "final_sale", !line["final_sale"]!.GetValue<bool>())),
        OfLine("inspection", "opened", line => line["inspection"] is null && Set(line, "inspection", "opened")),
        OfLine("inspection", "turned", line => line["inspection"] is { } found && Set(line, "inspection", found.GetValue<string>() == "opened" ? "sealed" : "opened")),
        OfLine("inspection", "lost", line => line["inspection"] is not null && SetNull(line, "inspection")),
        OfLine("state of the line", "exchanged", line => Text(line["item_status"]) == "delivered" && Set(line, "item_status", "exchanged")),
        OfLine("state of the line", "exchange lost", line => Text(line["item_status"]) == "exchanged" && Set(line, "item_status", "delivered")),
        OfLine("state of the line", "settling lost", line => line["settled_at"] is not null && Set(line, "item_status", "delivered") && SetNull(line, "settled_at")),
        OfLine("bundle", "none", line => line["bundle"] is not null && SetNull(line, "bundle")),
        OfLine("product", "another", line => Set(line, "product_id", Text(line["product_id"]) == "PROD-1001" ? "PROD-1002" : "PROD-1001")),
        .. ((int[])[-60, -20, -5, 5]).Select(days => OfOrder("delivery", $"{days} days", order => Deliver(order, days))),
        OfOrder("delivery", "none", order => order["delivered_at"] is not null && SetNull(order, "delivered_at")),
        OfOrder("gift", "turned", order => Set(order, "gift", !order["gift"]!.GetValue<bool>())),
        OfOrder("promise", "thirty days earlier", order => Set(order, "promised_by", Moved(Text(order["promised_by"]), TimeSpan.FromDays(-30)))),
        OfOrder("promise", "thirty days later", order => Set(order, "promised_by", Moved(Text(order["promised_by"]), TimeSpan.FromDays(30)))),
        OfOrder("time of the order", "three hours earlier", order => Set(order, "ordered_at", Moved(Text(order["ordered_at"]), TimeSpan.FromHours(-3)))),
        OfOrder("total", "one more", order => SetMoney(order, "total_amount", Money(order["total_amount"]) + 1)),
        OfOrder("amount due", "one more", order => SetMoney(order, "amount_due", Money(order["amount_due"]) + 1)),
        OfOrder("tax", "one more", order => SetMoney(order, "tax_amount", Money(order["tax_amount"]) + 1)),
        OfOrder("shipping fee", "one more", order => SetMoney(order, "shipping_fee", Money(order["shipping_fee"]) + 1)),
        OfOrder("gift card", "one more", order => SetMoney(order, "gift_card_amount", Money(order["gift_card_amount"]) + 1)),
        OfOrder("state of the order", "another", order => Set(order, "order_status", Text(order["order_status"]) == "delivered" ? "shipped" : "delivered")),
        OfOrder("tracking number", "another", order => order["tracking_number"] is not null && Set(order, "tracking_number", "TRK000000000000")),
        OfOrder("parcels", "none", order => order["parcels"]!.AsArray().Count > 0 && Set(order, "parcels", new JsonArray())),
        OfOrder("customer of the order", "another", order => Set(order, "customer_id", Text(order["customer_id"]) == "CUST-0001" ? "CUST-0002" : "CUST-0001")),
        .. ((decimal[])[1, -1]).Select(by => OfPayment("amount of a payment", $"{by:+0;-0}", p => SetMoney(p, "amount", Money(p["amount"]) + by))),
        OfPayment("state of a payment", "failed", p => Text(p["status"]) == "captured" && Set(p, "status", "failed")),
        OfPayment("state of a payment", "captured", p => Text(p["status"]) == "failed" && Set(p, "status", "captured")),
        OfPayment("state of a payment", "completed", p => Text(p["status"]) == "pending" && Set(p, "status", "completed") && Set(p, "settled_at", Text(p["created_at"]))),
        OfPayment("state of a payment", "pending", p => Text(p["status"]) == "completed" && Set(p, "status", "pending") && SetNull(p, "settled_at")),
        OfPayment("kind of a payment", "refund", p => Text(p["kind"]) == "charge" && Set(p, "kind", "refund")),
        OfProduct("price of a product", "tenfold", p => SetMoney(p, "base_price", Money(p["base_price"]) * 10)),
        OfProduct("warranty", "a day", p => Set(p, "warranty_period", 1)),
        OfProduct("warranty", "ten years", p => Set(p, "warranty_period", 3650)),
        OfProduct("stock", "turned", p => Set(p, "in_stock", !p["in_stock"]!.GetValue<bool>())),
        OfProduct("name", "another", p => Set(p, "name", Text(p["name"]) + " II")),
        OfCustomer("tier", "another", c => Set(c, "tier", Text(c["tier"]) == "vip" ? "standard" : "vip")),
        OfCustomer("tax exemption", "turned", c => Set(c, "tax_exempt", !c["tax_exempt"]!.GetValue<bool>())),
        OfCustomer("address of a customer", "another", c => Set(c, "primary_email", "x." + Text(c["primary_email"]))),
        OfCustomer("second address of a customer", "none", c => c["alternate_email"] is not null && SetNull(c, "alternate_email")),
        OfCustomer("name of a customer", "another", c => Set(c, "name", "Ann Other")),
    ];

    private static RecordFault OfLine(string name, string what, Func<JsonNode, bool> change) => new(name, what, (database, subject) =>
    {
        if (subject.Order is null || subject.Product is null)
            return null;
        var order = database.Record(subject.Order);
        var line = order["items"]!.AsArray().FirstOrDefault(i => Text(i!["product_id"]) == subject.Product);
        if (line is null || !change(line))
            return null;
        var total = order["items"]!.AsArray().Sum(i => Money(i!["price_paid"]) * i!["quantity"]!.GetValue<int>());
        var by = total - Money(order["total_amount"]);
        SetMoney(order, "total_amount", total);
        SetMoney(order, "amount_due", Money(order["amount_due"]) + by);
        var changed = database.With(subject.Order, order);
        foreach (var id in by == 0 ? [] : database.PaymentsOf(subject.Order).Take(1))
        {
            var payment = database.Record(id);
            SetMoney(payment, "amount", Money(payment["amount"]) + by);
            changed = changed.With(id, payment);
        }

        return changed;
    });

    private static RecordFault OfOrder(string name, string what, Func<JsonObject, bool> change) => new(name, what, (database, subject) => Change(database, subject.Order, change));

    private static RecordFault OfPayment(string name, string what, Func<JsonObject, bool> change) => new(name, what, (database, subject) =>
        (subject.Order is null ? [] : database.PaymentsOf(subject.Order)).Select(id => Change(database, id, change)).FirstOrDefault(d => d is not null));

    private static RecordFault OfProduct(string name, string what, Func<JsonObject, bool> change) => new(name, what, (database, subject) => Change(database, subject.Product, change));

    private static RecordFault OfCustomer(string name, string what, Func<JsonObject, bool> change) => new(name, what, (database, subject) => Change(database, subject.Customer, change));

    private static DatabaseText? Change(DatabaseText database, string? id, Func<JsonObject, bool> change)
    {
        if (id is null)
            return null;
        var record = database.Record(id);
        return change(record) ? database.With(id, record) : null;
    }

    /// <summary>Moves the delivery, and the parcels' with it.</summary>
    private static bool Deliver(JsonObject order, int days)
    {
        if (order["delivered_at"] is null)
            return false;
        foreach (var place in order["parcels"]!.AsArray().Select(p => p!.AsObject()).Append(order))
            Set(place, "delivered_at", Moved(Text(place["delivered_at"]), TimeSpan.FromDays(days)));
        return true;
    }

    private static string Moved(string time, TimeSpan by) =>
        (DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) + by).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static decimal Money(JsonNode? node) => node!.GetValue<decimal>();

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
}
