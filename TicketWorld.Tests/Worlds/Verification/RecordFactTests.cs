using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>The facts of one order, worked by hand from its records: two parcels of which one came late, a bundle, a double charge, two refunds.</summary>
public class RecordFactTests
{
    private const string PolicyText = """
        facts:
          request: {type: symbol, source: customer, description: d}
          customer_tier: {type: symbol, source: database, values: [standard, vip], description: d}
          tax_exempt: {type: boolean, source: database, description: d}
          shipped: {type: boolean, source: database, description: d}
          delivered: {type: boolean, source: database, description: d}
          partly_delivered: {type: boolean, source: database, description: d}
          days_since_order: {type: integer, source: clock, description: d}
          days_since_delivery: {type: integer, source: clock, description: d}
          minutes_since_order: {type: integer, source: clock, description: d}
          order_month_day: {type: integer, source: database, description: d}
          late: {type: boolean, source: database, description: d}
          days_late: {type: integer, source: clock, description: d}
          order_total: {type: money, source: database, description: d}
          shipping_fee: {type: money, source: database, description: d}
          tax_amount: {type: money, source: database, description: d}
          gift_card_amount: {type: money, source: database, description: d}
          amount_due: {type: money, source: database, description: d}
          gift: {type: boolean, source: database, description: d}
          line_count: {type: integer, source: database, description: d}
          settled_lines: {type: integer, source: database, description: d}
          item_price: {type: money, source: database, description: d}
          item_quantity: {type: integer, source: database, description: d}
          line_total: {type: money, source: database, description: d}
          item_settled: {type: boolean, source: database, description: d}
          item_exchanged: {type: boolean, source: database, description: d}
          item_in_bundle: {type: boolean, source: database, description: d}
          item_final_sale: {type: boolean, source: database, description: d}
          item_found_opened: {type: boolean, source: database, description: d}
          item_in_stock: {type: boolean, source: database, description: d}
          warranty_days: {type: integer, source: database, description: d}
          item_category: {type: symbol, source: database, values: [audio, phones], description: d}
          target_price: {type: money, source: database, description: d}
          charged_total: {type: money, source: database, description: d}
          charge_count: {type: integer, source: database, description: d}
          overcharge: {type: money, source: database, description: d}
          failed_charge: {type: money, source: database, description: d}
          refund_state: {type: symbol, source: database, values: [none, pending, completed], description: d}
          refund_amount: {type: money, source: database, description: d}
          days_since_refund: {type: integer, source: clock, description: d}
          refunded_total: {type: money, source: database, description: d}
          opened: {type: boolean, source: customer, record: item_found_opened, description: d}
        requests:
          item_question: {subject: item, claims: {opened: ask}}
          order_question: {subject: order, claims: {opened: ask}}
          question: {subject: none}
        actions: {clear: {kind: clarify, description: d}}
        clarification: {clause: C, action: clear}
        clauses:
          - {id: C, title: t, category: c, precedence: 1, text: t, applies: never}
        priorities:
          - {priority: low, when: always}
        """;

    private static readonly PolicyDocument Policy = PolicyReader.Read(PackNode.Parse("policy.yaml", new StringReader(PolicyText)));

    private static readonly Order Order = new()
    {
        Id = new OrderId(new DateOnly(2026, 1, 5), 1001),
        Customer = new CustomerId(1),
        OrderedAt = TestShop.Time("2026-01-05T10:00:00"),
        ShippedAt = TestShop.Time("2026-01-06T08:00:00"),
        DeliveredAt = TestShop.Time("2026-01-14T09:00:00"),
        PromisedBy = TestShop.Time("2026-01-12T20:00:00"),
        Items =
        [
            new OrderItem(new ProductId(1001), 2, new Money(20_00), ItemStatus.Refunded, TestShop.Time("2026-01-20T09:00:00")) { Parcel = 1, Bundle = 1, Inspection = Inspection.Opened },
            new OrderItem(new ProductId(1002), 1, new Money(60_00), ItemStatus.Delivered, null) { Parcel = 2, Bundle = 1, FinalSale = true },
        ],
        ListedParcels =
        [
            new Parcel(1, "1ZA", TestShop.Time("2026-01-06T08:00:00"), TestShop.Time("2026-01-10T12:00:00")),
            new Parcel(2, "1ZB", TestShop.Time("2026-01-08T08:00:00"), TestShop.Time("2026-01-14T09:00:00")),
        ],
        ListedPayments =
        [
            Payment(1, null, PaymentKind.Charge, 95_00, PaymentStatus.Captured, "2026-01-05T10:00:00", "2026-01-05T10:00:00"),
            Payment(2, null, PaymentKind.Charge, 95_00, PaymentStatus.Captured, "2026-01-05T10:01:00", "2026-01-05T10:01:00"),
            Payment(3, null, PaymentKind.Charge, 7_00, PaymentStatus.Failed, "2026-01-05T10:02:00", "2026-01-06T10:02:00"),
            Payment(4, null, PaymentKind.Charge, 9_00, PaymentStatus.Failed, "2026-01-05T10:03:00", null),
            Payment(5, 1001, PaymentKind.Refund, 40_00, PaymentStatus.Completed, "2026-01-20T10:00:00", "2026-01-24T10:00:00"),
            Payment(6, null, PaymentKind.Refund, 5_00, PaymentStatus.Pending, "2026-01-22T10:00:00", null),
        ],
        ShippingMethod = "standard",
        TrackingNumber = "1ZA",
        Total = new Money(100_00),
        ShippingFee = new Money(9_99),
        TaxAmount = new Money(8_00),
        GiftCardAmount = new Money(22_99),
        Gift = true,
        PaymentMethod = "paypal",
        Status = OrderStatus.PartiallyReturned,
    };

    [Fact]
    public void Of_a_line_its_parcel_its_state_and_its_own_refund_count() => AssertFacts(
        "item_question", Order.Items[0], "2026-01-25T10:30:00",
        """
        tax_exempt=true shipped=true delivered=true partly_delivered=false days_since_order=20 days_since_delivery=15 minutes_since_order=28830 order_month_day=105
        late=false days_late=0 order_total=100.00 shipping_fee=9.99 tax_amount=8.00 gift_card_amount=22.99 amount_due=95.00 gift=true line_count=2 settled_lines=1
        item_price=20.00 item_quantity=2 line_total=40.00 item_settled=true item_exchanged=false item_in_bundle=true item_final_sale=false item_found_opened=true
        item_in_stock=true warranty_days=365 target_price=20.00 charged_total=190.00 charge_count=2 overcharge=95.00 failed_charge=7.00
        refund_state=completed refund_amount=40.00 days_since_refund=5 refunded_total=45.00 opened=true
        """);

    [Fact]
    public void Of_the_other_line_there_is_no_refund_and_no_inspection() => AssertFacts(
        "item_question", Order.Items[1], "2026-01-25T10:30:00",
        """
        tax_exempt=true shipped=true delivered=true partly_delivered=false days_since_order=20 days_since_delivery=11 minutes_since_order=28830 order_month_day=105
        late=true days_late=2 order_total=100.00 shipping_fee=9.99 tax_amount=8.00 gift_card_amount=22.99 amount_due=95.00 gift=true line_count=2 settled_lines=1
        item_price=60.00 item_quantity=1 line_total=60.00 item_settled=false item_exchanged=false item_in_bundle=true item_final_sale=true
        item_in_stock=true warranty_days=365 target_price=60.00 charged_total=190.00 charge_count=2 overcharge=95.00 failed_charge=7.00
        refund_state=none refunded_total=45.00
        """);

    [Fact]
    public void Of_the_order_the_last_delivery_the_dearest_unit_and_the_latest_refund_count() => AssertFacts(
        "order_question", null, "2026-01-25T10:30:00",
        """
        tax_exempt=true shipped=true delivered=true partly_delivered=false days_since_order=20 days_since_delivery=11 minutes_since_order=28830 order_month_day=105
        late=true days_late=2 order_total=100.00 shipping_fee=9.99 tax_amount=8.00 gift_card_amount=22.99 amount_due=95.00 gift=true line_count=2 settled_lines=1
        item_price=60.00 item_settled=false item_exchanged=false item_in_bundle=false item_final_sale=false charged_total=190.00 charge_count=2 overcharge=95.00
        failed_charge=7.00 refund_state=pending refund_amount=5.00 days_since_refund=3 refunded_total=45.00
        """);

    [Fact]
    public void What_comes_after_the_message_is_not_known()
    {
        var facts = Facts("order_question", null, "2026-01-12T12:00:00");

        Assert.Equal(("true", "false", "true"), (facts["shipped"], facts["delivered"], facts["partly_delivered"]));
        Assert.Equal(("false", "0"), (facts["late"], facts["days_late"]));
        Assert.Equal(("none", "0.00"), (facts["refund_state"], facts["refunded_total"]));
        Assert.DoesNotContain("days_since_delivery", facts.Keys);
        Assert.Equal("0.00", Facts("order_question", null, "2026-01-06T10:01:59")["failed_charge"]);
        Assert.Equal("1", Facts("order_question", null, "2026-01-05T10:00:59")["charge_count"]);
        Assert.Equal("pending", Facts("item_question", Order.Items[0], "2026-01-24T09:59:59")["refund_state"]);
    }

    [Fact]
    public void What_is_on_its_way_past_the_promised_time_is_late()
    {
        var facts = Facts("item_question", Order.Items[1], "2026-01-13T00:00:00");

        Assert.Equal(("false", "true", "1"), (facts["delivered"], facts["late"], facts["days_late"]));
        Assert.Equal("false", Facts("item_question", Order.Items[1], "2026-01-12T20:00:00")["late"]);
        var second = Facts("item_question", Order.Items[1], "2026-01-12T20:00:01");
        Assert.Equal(("true", "0"), (second["late"], second["days_late"]));
    }

    [Fact]
    public void Without_an_order_only_the_customer_is_known() =>
        Assert.Equal(["tax_exempt"], Facts("question", null, "2026-01-25T10:30:00").Keys);

    private static void AssertFacts(string request, OrderItem? line, string at, string expected) =>
        Assert.Equal(
            expected.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
            Facts(request, line, at).Select(f => $"{f.Key}={f.Value}"));

    private static Dictionary<string, string> Facts(string request, OrderItem? line, string at)
    {
        var customer = TestShop.Customers[0];
        var exempt = new Customer
        {
            Id = customer.Id,
            Name = customer.Name,
            Tier = "premium",
            PrimaryEmail = customer.PrimaryEmail,
            Phone = customer.Phone,
            ShippingAddress = customer.ShippingAddress,
            BillingAddress = customer.BillingAddress,
            CreatedDate = customer.CreatedDate,
            TaxExempt = true,
        };
        var product = line is null ? null : Array.Find(TestShop.Products, p => p.Id == line.Product);
        var identified = new Identification(exempt, "primary_email", Order, "order_number", [], line, product, "named", null, null);
        var reading = new MessageReader(Policy, TestShop.Vocabulary with { Cues = [], Timing = [] }, TestShop.Book).Read("", "", DateOnly.FromDateTime(TestShop.Time(at)));
        var made = new CaseBuilder(Policy).Build(Policy.RequestsByName[request], new Message("", "", "", "", TestShop.Time(at)), reading, identified, out _);
        Assert.NotNull(made);
        return Policy.Facts
            .Where(f => f.Name != "request" && made.ValueOf(f.Index) is not null)
            .ToDictionary(f => f.Name, f => Values.Format(made.Values[f.Index], f.Type, Policy.Symbols), StringComparer.Ordinal);
    }

    private static Payment Payment(int number, int? product, PaymentKind kind, long cents, PaymentStatus status, string created, string? settled) => new(
        new PaymentId(number), new OrderId(new DateOnly(2026, 1, 5), 1001), product is { } id ? new ProductId(id) : null, kind, "paypal", new Money(cents), status,
        TestShop.Time(created), settled is null ? null : TestShop.Time(settled));
}
