using TicketWorld.Tests.Worlds.Messages;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>Orders made for what a scenario asks: they fit it, have a day for its ticket, and are sound records.</summary>
public sealed class ScenarioOrderTests
{
    private const int Orders = 60;
    private static readonly string[] Tiers = [.. TechNest.Pack.People.Tiers.Select(t => t.Name)];

    [Theory]
    [InlineData("{state: delivered, days_since_delivery: [0, 0]}")]
    [InlineData("{state: delivered, days_since_delivery: [10, 28], gift: true}")]
    [InlineData("{state: delivered, days_since_delivery: [10, 28], bundle: true, lines: [2, 4]}")]
    [InlineData("{state: delivered, days_since_delivery: [3, 9], final_sale: true}")]
    [InlineData("{state: delivered, days_since_delivery: [3, 9], inspection: opened}")]
    [InlineData("{state: delivered, days_since_delivery: [1, 9], item_status: exchanged, inspection: sealed}")]
    [InlineData("{state: delivered, days_since_delivery: [0, 2], item_status: returned, refund: missing}")]
    [InlineData("{state: delivered, days_since_delivery: [20, 60], item_status: returned, refund: pending}")]
    [InlineData("{state: delivered, days_since_refund: [0, 0], item_status: refunded, refund: completed}")]
    [InlineData("{state: delivered, days_since_refund: [11, 20], item_status: returned, refund: pending}")]
    [InlineData("{state: delivered, days_since_delivery: [5, 20], settled_lines: [1, 2], lines: [3, 4]}")]
    [InlineData("{state: delivered, days_since_delivery: [5, 20], quantity: [2, 3]}")]
    [InlineData("{state: delivered, days_since_order: [12, 30], days_late: [2, 5]}")]
    [InlineData("{state: delivered, days_since_delivery: [0, 10], days_late: [1, 9]}")]
    [InlineData("{state: shipped, days_since_order: [10, 15], days_late: [1, 4]}")]
    [InlineData("{state: shipped, days_since_order: [2, 12]}")]
    [InlineData("{state: shipped, days_since_delivery: [0, 6], parcels: {item: delivered}}")]
    [InlineData("{state: shipped, days_since_order: [6, 12], parcels: {item: open}}")]
    [InlineData("{state: shipped, days_since_order: [8, 14], parcels: {item: open}, days_late: [1, 3]}")]
    [InlineData("{state: shipped, days_since_order: [8, 14], parcels: {item: delivered}}")]
    [InlineData("{state: delivered, days_since_delivery: [1, 30], tax_exempt: true}")]
    [InlineData("{state: delivered, days_since_delivery: [1, 30], tax_exempt: true, payment: tax_charged}")]
    [InlineData("{state: processing, minutes_since_order: [20, 118], payment: double_charge}")]
    [InlineData("{state: delivered, days_since_order: [3, 30], payment: overcharge, overcharge_percent: [10, 20]}")]
    [InlineData("{state: shipped, days_since_order: [2, 5], payment: failed_charge}")]
    [InlineData("{state: delivered, days_since_delivery: [1, 30], payment: gift_card}")]
    [InlineData("{state: delivered, days_since_delivery: [1, 30], payment: gift_card_ignored}")]
    [InlineData("{state: delivered, days_since_delivery: [30, 30], message_date: [2025-02-28, 2025-02-28]}")]
    [InlineData("{state: delivered, days_since_delivery: [35, 44], season: [1101, 1231], message_date: [2024-12-20, 2025-01-31]}")]
    [InlineData("{state: delivered, days_since_delivery: [5, 9], item_price: [500.00, 500.00]}")]
    [InlineData("{state: delivered, days_since_delivery: [5, 9], item_price: [500.01, 500.01], order_total: [500.01, 900.00]}")]
    [InlineData("{state: delivered, days_since_delivery: [5, 9], order_total: [1000.01, 1000.01]}")]
    public void An_order_made_for_a_scenario_fits_it_and_is_sound(string order)
    {
        var scenario = ScenarioWith(order);
        var made = Make(scenario, out var clock);

        Assert.All(made.Orders.Zip(made.Lines), pair =>
        {
            var (placed, line) = pair;
            var item = placed.Items[line];
            var customer = made.Book.Customer(placed.Customer)!;
            Assert.True(OrderFit.Fits(scenario.Order!, placed, customer), $"{placed.Id}: the order does not fit");
            Assert.True(OrderFit.Fits(scenario.Order!, placed, item), $"{placed.Id}: the line {line} does not fit");
            Assert.True(scenario.Order!.ItemPrice.Holds(item.PricePaid.Cents));
            var (from, to) = TicketTime.Window(scenario.Order!, placed, line, made.Book.Product(item.Product)!.WarrantyDays, clock);
            Assert.True(from <= to, $"{placed.Id}: no ticket can be written between {from:s} and {to:s}");
            Assert.True(TicketTime.LastEvent(placed) < from);
        });
        Assert.Empty(Findings(made.Book, clock));
    }

    [Fact]
    public void The_database_reads_back_as_it_was_written()
    {
        var made = Make(ScenarioWith("{state: delivered, days_since_refund: [2, 9], item_status: refunded, refund: completed, payment: double_charge, gift: true, final_sale: true}"), out var clock);
        using var stream = new MemoryStream();
        DatabaseFile.Write(made.Book, stream, CancellationToken.None);
        stream.Position = 0;
        var read = Database.Read(stream, Tiers, new VerificationReport(100));
        using var again = new MemoryStream();

        DatabaseFile.Write(read.Book(), again, CancellationToken.None);

        Assert.Equal(stream.ToArray(), again.ToArray());
        Assert.Contains("\"kind\":\"refund\"", System.Text.Encoding.UTF8.GetString(again.ToArray()), StringComparison.Ordinal);
        Assert.True(read.Orders.Count == Orders && clock.Now.Hour == 23);
    }

    [Theory]
    [InlineData("{state: processing, minutes_since_order: [1, 2], item_status: returned}", "sent back")]
    [InlineData("{state: delivered, days_since_delivery: [1, 2], parcels: {item: open}}", "partly|part")]
    [InlineData("{state: delivered, days_since_refund: [1, 2]}", "refund")]
    [InlineData("{state: delivered, days_since_delivery: [1, 2], payment: tax_charged}", "tax_exempt")]
    [InlineData("{state: delivered, days_since_delivery: [1, 2], bundle: true, lines: [1, 1]}", "2 lines")]
    public void What_no_order_can_be_is_refused(string order, string named)
    {
        var refused = Assert.Throws<PackException>(() => ScenarioWith(order));

        Assert.Matches(named, refused.ToString());
    }

    internal static Scenario ScenarioWith(string order)
    {
        var node = PackNode.Parse("scenarios.yaml", new StringReader(order));
        var about = Array.Find(TechNest.Pack.Scenarios, s => s is { Order: not null, Target: ExchangeTarget.None } && s.Request.Subject == RequestSubject.Item)!;
        return about with { Index = 0, Order = new OrderReader(null).Read(node) };
    }

    private static (Order[] Orders, int[] Lines, RecordBook Book) Make(Scenario scenario, out Clock clock)
    {
        var (pack, key) = (TechNest.Pack, Seeds.Key(5));
        var at = clock = new Clock(new DateOnly(2026, 2, 15), pack.Settings);
        var products = ProductMaker.MakeAll(pack.Catalog, 120, key);
        var customers = new CustomerMaker(pack.People, 300, key);
        var maker = new OrderMaker(
            pack.Settings, products, new ScenarioProducts(products, [scenario]), new CustomerTiers(customers, Tiers.Length, pack.Settings.HeavyCustomers), new TimelineMaker(clock, pack.Settings), clock, key);
        UnnumberedOrder[] made = [.. Enumerable.Range(0, Orders).Select(slot => maker.Make(slot, new OrderPurpose(scenario, slot % Tiers.Length)))];
        var (orders, places) = OrderNumbers.Give(made, pack.Settings, key);
        var lines = new int[Orders];
        for (var slot = 0; slot < Orders; slot++)
            lines[places[slot]] = made[slot].Subject;
        var first = orders.GroupBy(o => o.Customer.Number).ToDictionary(g => g.Key, g => g.Min(o => o.Id.Date));
        Customer[] people = [.. Enumerable.Range(0, 300).Select(i => customers.Make(i, at.FirstDay, first.GetValueOrDefault(i + 1, at.Today)))];
        return (orders, lines, new RecordBook(people, products, orders));
    }

    private static IReadOnlyList<Finding> Findings(RecordBook book, Clock clock)
    {
        using var stream = new MemoryStream();
        DatabaseFile.Write(book, stream, CancellationToken.None);
        stream.Position = 0;
        var report = new VerificationReport(100);
        new DatabaseRules(Database.Read(stream, Tiers, report), clock.Now, report).Check();
        return report.Findings;
    }
}
