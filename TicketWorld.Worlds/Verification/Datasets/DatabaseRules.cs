using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What the records of a shop must keep together, whatever generated them.</summary>
internal sealed class DatabaseRules(Database database, DateTime clock, VerificationReport report)
{
    private const int SignatureAbove = 500_00;

    private readonly RecordBook _book = database.Book();

    public RecordBook Check()
    {
        CheckCustomers();
        CheckProducts();
        CheckOrders();
        return _book;
    }

    public static void CheckDate(Order order, DateOnly orderDate, RecordCheck check)
    {
        Date(check, "order_date", DateOnly.FromDateTime(order.OrderedAt), orderDate, "order_date is the day of ordered_at");
        Date(check, "order_id", order.Id.Date, orderDate, "the id holds the order date");
    }

    private void CheckCustomers()
    {
        var emails = new Dictionary<string, CustomerId>(StringComparer.OrdinalIgnoreCase);
        var phones = new Dictionary<string, CustomerId>(StringComparer.Ordinal);
        for (var i = 0; i < database.Customers.Count; i++)
        {
            var customer = database.Customers[i];
            var check = new RecordCheck(Database.FileName, customer.Id.ToString());
            Numbered(check, "customer_id", customer.Id.ToString(), new CustomerId(i + 1).ToString(), customer.Id.Number == i + 1);
            Unique(check, emails, "primary_email", customer.PrimaryEmail, customer.Id);
            if (customer.AlternateEmail is { } alternate)
                Unique(check, emails, "alternate_email", alternate, customer.Id);
            Unique(check, phones, "phone", customer.Phone, customer.Id);
            if (customer.CreatedDate > DateOnly.FromDateTime(clock))
                check.Add(VerificationLayer.Records, "created_date", "the day is later than the world's clock", Day(customer.CreatedDate), $"at most {Day(DateOnly.FromDateTime(clock))}");
            foreach (var order in _book.OrdersOf(customer.Id))
            {
                if (order.Id.Date < customer.CreatedDate)
                    check.Add(VerificationLayer.Records, "created_date", $"the order {order.Id} is earlier than the account", Day(customer.CreatedDate), $"at most {Day(order.Id.Date)}");
            }

            report.Add(check);
        }
    }

    private void CheckProducts()
    {
        var names = new Dictionary<string, ProductId>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < database.Products.Count; i++)
        {
            var product = database.Products[i];
            var check = new RecordCheck(Database.FileName, product.Id.ToString());
            Numbered(check, "product_id", product.Id.ToString(), new ProductId(1001 + i).ToString(), product.Id.Number == 1001 + i);
            Unique(check, names, "name", product.Name, product.Id);
            var signature = product.BasePrice.Cents > SignatureAbove;
            if (product.RequiresSignature != signature)
                check.Add(VerificationLayer.Records, "requires_signature", $"a signature is required exactly above 500.00; the price is {product.BasePrice}", Text(product.RequiresSignature), Text(signature));
            report.Add(check);
        }
    }

    private void CheckOrders()
    {
        var tracking = new Dictionary<string, OrderId>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < database.Orders.Count; i++)
        {
            var order = database.Orders[i];
            var check = new RecordCheck(Database.FileName, order.Id.ToString());
            Numbered(check, "order_id", $"sequence {order.Id.Sequence}", $"sequence {1001 + i}", order.Id.Sequence == 1001 + i);
            if (i > 0 && order.OrderedAt < database.Orders[i - 1].OrderedAt)
                check.Add(VerificationLayer.Records, "ordered_at", "orders stand in order of time", Time(order.OrderedAt), $"at least {Time(database.Orders[i - 1].OrderedAt)}");
            if (_book.Customer(order.Customer) is null)
                check.Add(VerificationLayer.Records, "customer_id", "there is no such customer", order.Customer.ToString(), "a customer of the file");
            CheckTimes(order, check);
            CheckStates(order, check);
            CheckLines(order, check);
            if (order.TrackingNumber is { } number)
                Unique(check, tracking, "tracking_number", number, order.Id);
            report.Add(check);
        }
    }

    private void CheckTimes(Order order, RecordCheck check)
    {
        NotBefore(check, "shipped_at", order.ShippedAt, order.OrderedAt);
        NotBefore(check, "delivered_at", order.DeliveredAt, order.ShippedAt ?? order.OrderedAt);
        NotAfterClock(check, "ordered_at", order.OrderedAt);
        NotAfterClock(check, "shipped_at", order.ShippedAt);
        NotAfterClock(check, "delivered_at", order.DeliveredAt);
        if (order.DeliveredAt is not null && order.ShippedAt is null)
            check.Add(VerificationLayer.Records, "shipped_at", "what is delivered was shipped", "null", "a time");
        for (var i = 0; i < order.Items.Length; i++)
        {
            var item = order.Items[i];
            NotBefore(check, $"items[{i}].settled_at", item.SettledAt, order.DeliveredAt ?? order.ShippedAt ?? order.OrderedAt);
            NotAfterClock(check, $"items[{i}].settled_at", item.SettledAt);
            if (item.IsSettled != item.SettledAt is not null)
                check.Add(VerificationLayer.Records, $"items[{i}].settled_at", $"it is set exactly when the line is returned or refunded; the line is {Snake.Name(item.Status)}", Time(item.SettledAt), item.IsSettled ? "a time" : "null");
        }
    }

    private static void CheckStates(Order order, RecordCheck check)
    {
        var moved = order.DeliveredAt is not null ? ItemStatus.Delivered : order.ShippedAt is not null ? ItemStatus.Shipped : ItemStatus.Processing;
        var settled = 0;
        for (var i = 0; i < order.Items.Length; i++)
        {
            var item = order.Items[i];
            settled += item.IsSettled ? 1 : 0;
            if (item.IsSettled ? order.DeliveredAt is null : item.Status != moved)
                check.Add(VerificationLayer.Records, $"items[{i}].item_status", "the state does not fit the order's times", Snake.Name(item.Status), Snake.Name(moved));
        }

        var expected = settled == 0 ? (OrderStatus)moved : settled == order.Items.Length ? OrderStatus.Returned : OrderStatus.PartiallyReturned;
        check.Same(VerificationLayer.Records, "order_status", "the state does not fit the order's times and lines", Snake.Name(order.Status), Snake.Name(expected));
        if (order.TrackingNumber is null != order.ShippedAt is null)
            check.Add(VerificationLayer.Records, "tracking_number", "it is set exactly when the order has shipped", order.TrackingNumber ?? "null", order.ShippedAt is null ? "null" : "a number");
    }

    private void CheckLines(Order order, RecordCheck check)
    {
        var total = Money.Zero;
        for (var i = 0; i < order.Items.Length; i++)
        {
            var item = order.Items[i];
            total += item.Amount;
            if (_book.Product(item.Product) is not { } product)
                check.Add(VerificationLayer.Records, $"items[{i}].product_id", "there is no such product", item.Product.ToString(), "a product of the file");
            else if (item.PricePaid > product.BasePrice)
                check.Add(VerificationLayer.Records, $"items[{i}].price_paid", "nobody pays more than the base price", item.PricePaid.ToString(), $"at most {product.BasePrice}");
        }

        check.Same(VerificationLayer.Records, "total_amount", "the total is the sum of price_paid × quantity", order.Total.ToString(), total.ToString());
    }

    private void NotAfterClock(RecordCheck check, string field, DateTime? time)
    {
        if (time > clock)
            check.Add(VerificationLayer.Records, field, "the time is later than the world's clock", Time(time), $"at most {Time(clock)}");
    }

    private static void NotBefore(RecordCheck check, string field, DateTime? time, DateTime earliest)
    {
        if (time < earliest)
            check.Add(VerificationLayer.Records, field, "the time is before the event that it follows", Time(time), $"at least {Time(earliest)}");
    }

    private static void Numbered(RecordCheck check, string field, string found, string expected, bool right)
    {
        if (!right)
            check.Add(VerificationLayer.Records, field, "ids run on in the order of the file", found, expected);
    }

    private static void Unique<T>(RecordCheck check, Dictionary<string, T> seen, string field, string value, T owner)
    {
        if (!seen.TryAdd(value, owner))
            check.Add(VerificationLayer.Records, field, $"{seen[value]} has the same", value, "a value of its own");
    }

    private static void Date(RecordCheck check, string field, DateOnly found, DateOnly expected, string problem)
    {
        if (found != expected)
            check.Add(VerificationLayer.Records, field, problem, Day(found), Day(expected));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");

    private static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") ?? "null";

    private static string Text(bool value) => value ? "true" : "false";
}
