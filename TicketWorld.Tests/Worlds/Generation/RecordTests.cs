using System.Text.Json;
using System.Text.RegularExpressions;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>Customers, products and orders, as the exported database has them.</summary>
public partial class RecordTests
{
    public static TheoryData<int> Sets => [.. Enumerable.Range(0, ContradictionSets.All.Length)];

    [Theory, MemberData(nameof(Sets))]
    public void Customers_have_ids_in_order_unique_addresses_and_phones_and_some_a_second_address(int set)
    {
        var customers = ContradictionSets.All[set].Customers.Values.ToList();
        Assert.Equal(Enumerable.Range(1, customers.Count).Select(n => $"CUST-{n:D4}"), customers.Select(c => c.Text("customer_id")));
        var alternates = customers.Select(c => c.GetProperty("alternate_email").GetString()).Where(a => a is not null).ToList();
        Assert.InRange(alternates.Count, customers.Count * 15 / 100, customers.Count * 25 / 100);
        string[] addresses = [.. customers.Select(c => c.Text("primary_email")), .. alternates!];
        Assert.Equal(addresses.Length, addresses.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(addresses, a => Assert.Matches(@"^[a-z0-9.+_-]+@([a-z]+\.)?example\.(com|net|org)$", a));
        Assert.Equal(customers.Count, customers.Select(c => c.Text("phone")).Distinct().Count());
        Assert.All(customers, c =>
        {
            Assert.Contains(' ', c.Text("name"));
            Assert.Contains(c.Text("tier"), (string[])["standard", "premium", "vip"]);
            foreach (var address in (ReadOnlySpan<JsonElement>)[c.GetProperty("shipping_address"), c.GetProperty("billing_address")])
                Assert.Equal((true, true, true, true), (address.Text("street").Length > 3, address.Text("city").Length > 2, State().IsMatch(address.Text("state")), Zip().IsMatch(address.Text("zip"))));
        });
    }

    [Theory, MemberData(nameof(Sets))]
    public void Products_have_distinct_names_and_what_their_price_and_category_demand(int set)
    {
        string[] categories = ["phones", "laptops", "accessories", "audio", "gaming", "smart_home", "cameras", "tablets"];
        var products = ContradictionSets.All[set].Products.Values.ToList();
        Assert.Equal(Enumerable.Range(1001, products.Count).Select(n => $"PROD-{n}"), products.Select(p => p.Text("product_id")));
        Assert.Equal(products.Count, products.Select(p => p.Text("name")).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(products, p =>
        {
            Assert.Contains(p.Text("category"), categories);
            Assert.InRange(p.Money("base_price"), 9.99m, 2499.99m);
            Assert.Equal(p.Money("base_price") > 500m, p.GetProperty("requires_signature").GetBoolean());
            Assert.Equal(p.Text("category") == "accessories" ? 90 : 365, p.GetProperty("warranty_period").GetInt32());
            Assert.True(p.Money("weight") > 0);
            Assert.Contains(p.Text("brand"), p.Text("name"), StringComparison.Ordinal);
            Assert.DoesNotMatch("[{}]", p.Text("description"));
        });
    }

    [Theory, MemberData(nameof(Sets))]
    public void Orders_agree_with_their_ids_their_customers_and_their_lines(int set)
    {
        var made = ContradictionSets.All[set];
        var number = 1001;
        Assert.All(made.Orders.Values, o =>
        {
            var day = o.Date("order_date");
            Assert.Equal($"ORD-{day:yyyyMMdd}-{number++}", o.Text("order_id"));
            Assert.Equal(day, DateOnly.FromDateTime(o.Time("ordered_at")));
            Assert.True(made.Customers[o.Text("customer_id")].Date("created_date") <= day);
            var items = o.GetProperty("items").EnumerateArray().ToList();
            Assert.InRange(items.Count, 1, 6);
            Assert.Equal(items.Count, items.Select(i => i.Text("product_id")).Distinct().Count());
            Assert.Equal(ExpectedStatus(items), o.Text("order_status"));
            Assert.All(items, i =>
            {
                var price = made.Products[i.Text("product_id")].Money("base_price");

                // Fifteen per cent off at most, but where a scenario is about an exact amount.
                var isExact = o.Money("total_amount") is 1000.00m or 1000.01m || i.Money("price_paid") is 500.00m or 500.01m;
                Assert.InRange(i.Money("price_paid"), isExact ? 0.01m : Math.Floor(price * 85) / 100, price);
                Assert.True(i.GetProperty("quantity").GetInt32() >= 1);
                Assert.Equal(i.Text("item_status") is "returned" or "refunded", i.TimeOrNull("settled_at") is not null);
            });
            AssertEventsInOrder(o, made.Options.AsOf);
        });
    }

    [Theory, MemberData(nameof(Sets))]
    public void Orders_span_three_years_with_most_of_them_recent(int set)
    {
        var made = ContradictionSets.All[set];
        var ages = made.Orders.Values.Select(o => made.Options.AsOf.DayNumber - o.Date("order_date").DayNumber).Order().ToList();
        Assert.InRange(ages[^1], 900, 1095);
        Assert.True(ages[ages.Count / 2] < 200, $"the median order is {ages[ages.Count / 2]} days old");
    }

    [Fact]
    public void Nothing_refers_to_a_record_that_is_not_there() => Assert.All(ContradictionSets.All, s =>
    {
        Assert.All(s.Orders.Values, o => Assert.True(s.Customers.ContainsKey(o.Text("customer_id")) && o.GetProperty("items").EnumerateArray().All(i => s.Products.ContainsKey(i.Text("product_id")))));
        Assert.All(s.Tickets, t =>
        {
            Assert.Contains(t.CustomerId, s.Customers);
            Assert.True(t.ProductId == "N/A" || s.Products.ContainsKey(t.ProductId), t.Id);
            if (t.Order is { } order)
                Assert.Equal(t.CustomerId, order.Text("customer_id"));
            if (t.Lookup.GetProperty("customer_id").GetString() is { } found)
                Assert.Equal(t.CustomerId, found);
            if (t.Plan.Text("order_id") is not "N/A" and var order_)
                Assert.Equal(t.OrderId, order_);
        });
    });

    private static string ExpectedStatus(List<JsonElement> items)
    {
        var open = items.Where(i => i.Text("item_status") is not ("returned" or "refunded")).ToList();
        if (open.Count < items.Count)
            return open.Count == 0 ? "returned" : "partially_returned";

        // What was exchanged is with the customer; an order of which a line is still open has shipped and is not delivered.
        var states = open.Select(i => i.Text("item_status") is "exchanged" or "delivered" ? "delivered" : i.Text("item_status")).Distinct().ToList();
        return states.Count == 1 ? states[0] : "shipped";
    }

    private static void AssertEventsInOrder(JsonElement order, DateOnly asOf)
    {
        var end = asOf.ToDateTime(new TimeOnly(23, 59, 59), DateTimeKind.Utc);
        List<DateTime> events = [order.Time("ordered_at")];
        if (order.TimeOrNull("shipped_at") is { } shipped)
            events.Add(shipped);
        if (order.TimeOrNull("delivered_at") is { } delivered)
            events.Add(delivered);
        Assert.Equal(events.Order(), events);
        Assert.Equal(events.Distinct().Count(), events.Count);
        Assert.True(events[^1] <= end);
        Assert.Equal(events.Count >= 2, order.GetProperty("tracking_number").ValueKind == JsonValueKind.String);
        Assert.Equal(events.Count, StateCount(order.Text("order_status")));
        Assert.All(order.GetProperty("items").EnumerateArray(), i => Assert.True(i.TimeOrNull("settled_at") is not { } settled || (settled > events[^1] && events.Count == 3 && settled <= end)));
    }

    /// <summary>How many of ordering, shipping and delivery have happened in a state.</summary>
    private static int StateCount(string status) => status switch { "processing" => 1, "shipped" => 2, _ => 3 };

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex State();

    [GeneratedRegex("^[0-9]{5}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Zip();
}
