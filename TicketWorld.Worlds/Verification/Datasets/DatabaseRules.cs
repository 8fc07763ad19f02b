using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What the records of a shop must keep together, whatever generated them.</summary>
internal sealed class DatabaseRules(Database database, DateTime clock, VerificationReport report)
{
    private readonly RecordBook _book = database.Book();

    public RecordBook Check()
    {
        CheckCustomers();
        CheckProducts();
        CheckOrders();
        return _book;
    }

    private void CheckCustomers()
    {
        var emails = new Dictionary<string, CustomerId>(StringComparer.OrdinalIgnoreCase);
        var phones = new Dictionary<string, CustomerId>(StringComparer.Ordinal);
        for (var i = 0; i < database.Customers.Count; i++)
        {
            var customer = database.Customers[i];
            var check = new RecordCheck(Database.FileName, customer.Id.ToString());
            Numbered(check, "customer_id", customer.Id, new CustomerId(i + 1), customer.Id.Number == i + 1);
            Unique(check, emails, "primary_email", customer.PrimaryEmail, customer.Id);
            if (customer.AlternateEmail is { } alternate)
                Unique(check, emails, "alternate_email", alternate, customer.Id);
            Unique(check, phones, "phone", customer.Phone, customer.Id);
            if (customer.CreatedDate > DateOnly.FromDateTime(clock))
                check.Add(VerificationLayer.Records, "created_date", "the day is later than the world's clock", RecordText.Day(customer.CreatedDate), $"at most {RecordText.Day(DateOnly.FromDateTime(clock))}");
            foreach (var order in _book.OrdersOf(customer.Id))
            {
                if (order.Id.Date < customer.CreatedDate)
                    check.Add(VerificationLayer.Records, "created_date", $"the order {order.Id} is earlier than the account", RecordText.Day(customer.CreatedDate), $"at most {RecordText.Day(order.Id.Date)}");
            }

            report.Add(check);
        }
    }

    private void CheckProducts()
    {
        var names = new Dictionary<string, ProductId>(StringComparer.OrdinalIgnoreCase);
        var signature = Limit.Above(database.Products.Select(p => (p.BasePrice.Cents, p.RequiresSignature)));
        for (var i = 0; i < database.Products.Count; i++)
        {
            var product = database.Products[i];
            var check = new RecordCheck(Database.FileName, product.Id.ToString());
            Numbered(check, "product_id", product.Id, new ProductId(1001 + i), product.Id.Number == 1001 + i);
            Unique(check, names, "name", product.Name, product.Id);
            if (product.RequiresSignature != signature.IsAbove(product.BasePrice.Cents))
                check.Add(VerificationLayer.Records, "requires_signature", $"a signature is required exactly above a price, which {product.BasePrice} contradicts", RecordText.Boolean(product.RequiresSignature), RecordText.Boolean(!product.RequiresSignature));
            report.Add(check);
        }
    }

    private void CheckOrders()
    {
        var tracking = new Dictionary<string, OrderId>(StringComparer.OrdinalIgnoreCase);
        var rules = new OrderRules(_book, clock);
        var money = new PaymentRules(_book, clock);
        var payment = 1;
        for (var i = 0; i < database.Orders.Count; i++)
        {
            var order = database.Orders[i];
            var check = new RecordCheck(Database.FileName, order.Id.ToString());
            if (order.Id.Sequence != 1001 + i)
                Numbered(check, "order_id", $"sequence {order.Id.Sequence}", $"sequence {1001 + i}", right: false);
            if (i > 0 && order.OrderedAt < database.Orders[i - 1].OrderedAt)
                check.Add(VerificationLayer.Records, "ordered_at", "orders stand in order of time", RecordText.Time(order.OrderedAt), $"at least {RecordText.Time(database.Orders[i - 1].OrderedAt)}");
            if (_book.Customer(order.Customer) is null)
                check.Add(VerificationLayer.Records, "customer_id", "there is no such customer", order.Customer.ToString(), "a customer of the file");
            rules.Check(order, check);
            foreach (var parcel in order.Parcels)
                Unique(check, tracking, "tracking_number", parcel.TrackingNumber, order.Id);
            money.Check(order, check);
            report.Add(check);
            foreach (var paid in order.Payments)
            {
                var record = new RecordCheck(Database.FileName, paid.Id.ToString());
                Numbered(record, "payment_id", paid.Id, new PaymentId(payment), paid.Id.Number == payment);
                payment = paid.Id.Number + 1;
                money.Check(order, paid, record);
                report.Add(record);
            }
        }

        foreach (var stray in database.Strays)
        {
            var record = new RecordCheck(Database.FileName, stray.Id.ToString());
            var known = _book.Order(stray.Order) is not null;
            record.Add(VerificationLayer.Records, "order_id", known ? "payments stand in the order of the orders" : "there is no such order", stray.Order.ToString(), known ? "a later place in the file" : "an order of the file");
            report.Add(record);
        }
    }

    private static void Numbered<T>(RecordCheck check, string field, T found, T expected, bool right)
        where T : notnull
    {
        if (!right)
            check.Add(VerificationLayer.Records, field, "ids run on in the order of the file", $"{found}", $"{expected}");
    }

    private static void Unique<T>(RecordCheck check, Dictionary<string, T> seen, string field, string value, T owner)
    {
        if (!seen.TryAdd(value, owner))
            check.Add(VerificationLayer.Records, field, $"{seen[value]} has the same", value, "a value of its own");
    }
}
