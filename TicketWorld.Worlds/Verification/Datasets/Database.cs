using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>The records of a dataset as far as they can be read. The rules that they must keep together are in <see cref="DatabaseRules"/>.</summary>
internal sealed class Database
{
    public const string FileName = "customer_database.json";

    /// <summary>Names of the arrays, in their order.</summary>
    public static readonly string[] Sections = ["customers", "products", "orders", "payments"];

    /// <summary>The version of the record format that this verifier reads, as it is written.</summary>
    private const string SchemaVersion = "2";

    private readonly List<Customer> _customers = [];
    private readonly List<Product> _products = [];
    private readonly List<Order> _orders = [];
    private readonly List<Payment> _paymentsOfOrder = [];
    private readonly List<Payment> _strays = [];

    /// <summary>Index of the order that the last payment read belongs to; -1 before the first.</summary>
    private int _paid = -1;

    private Database()
    {
    }

    public IReadOnlyList<Customer> Customers => _customers;

    public IReadOnlyList<Product> Products => _products;

    public IReadOnlyList<Order> Orders => _orders;

    /// <summary>Elements of each section, readable or not: customers, products, orders, payments.</summary>
    public int[] Counts { get; } = new int[4];

    /// <summary>Payments that stand at no order, or not in the order of the orders.</summary>
    public IReadOnlyList<Payment> Strays => _strays;

    /// <summary>The records by id; of two with one id the first counts.</summary>
    public RecordBook Book() => new(
        [.. _customers.DistinctBy(c => c.Id)],
        [.. _products.DistinctBy(p => p.Id)],
        [.. _orders.DistinctBy(o => o.Id)]);

    public static Database Read(Stream stream, string[] tiers, VerificationReport report)
    {
        var database = new Database();
        using var scanner = new JsonElementScanner(stream, hasSections: true);
        var seen = new List<string>();
        OrderedBlocks<DatabaseBlock>.Run(() => new DatabaseBlock(), Fill, block => block.Read(tiers), block => database.Keep(block.Records, report), CancellationToken.None);
        database.Pay(database._orders.Count);
        if (scanner.Problem is null && scanner.Version != SchemaVersion)
            report.Add(new Finding(VerificationLayer.Schema, FileName, "(file)", "schema_version", "the file has another schema", scanner.Version ?? "missing", SchemaVersion));
        if (scanner.Problem is { } problem)
            report.Add(new Finding(VerificationLayer.Files, FileName, "(file)", "", problem, $"after {database.Counts.Sum()} records", string.Join(", ", Sections)));
        else if (seen.Except(Sections, StringComparer.Ordinal).Any() || seen.Distinct(StringComparer.Ordinal).Count() != seen.Count)
            report.Add(new Finding(VerificationLayer.Schema, FileName, "(file)", "", "the sections are not those of a database", string.Join(", ", seen), string.Join(", ", Sections)));
        return database;

        bool Fill(DatabaseBlock block)
        {
            block.Clear();
            while (!block.IsFull && scanner.Next())
            {
                if (seen.Count == 0 || seen[^1] != scanner.Section)
                    seen.Add(scanner.Section);
                if (Array.IndexOf(Sections, scanner.Section) is >= 0 and var section)
                    block.Add(section, database.Counts[section]++, scanner.Element.Span);
            }

            return !block.IsEmpty;
        }
    }

    private void Keep(List<ReadRecord> records, VerificationReport report)
    {
        foreach (var (record, check) in records)
        {
            switch (record)
            {
                case Customer customer:
                    _customers.Add(customer);
                    break;
                case Product product:
                    _products.Add(product);
                    break;
                case Order order:
                    _orders.Add(order);
                    break;
                case Payment payment:
                    Keep(payment);
                    break;
            }

            report.Add(check);
        }
    }

    /// <summary>Keeps a payment at its order. Payments stand in the order of the orders, so the search goes on where the last one ended.</summary>
    private void Keep(Payment payment)
    {
        var order = Math.Max(_paid, 0);
        while (order < _orders.Count && _orders[order].Id != payment.Order)
            order++;
        if (order == _orders.Count)
        {
            _strays.Add(payment);
            return;
        }

        if (order != _paid)
            Pay(order);
        _paymentsOfOrder.Add(payment);
    }

    /// <summary>Gives the order that is being paid its payments, and goes on to another; the orders between have none.</summary>
    private void Pay(int next)
    {
        if (_paid >= 0)
        {
            var order = _orders[_paid];
            order.FirstPayment = _paymentsOfOrder[0].Id.Number;
            order.ListedPayments = order.Payments is [var plain] && _paymentsOfOrder is [var only] && only == plain ? null : [.. _paymentsOfOrder];
            _paymentsOfOrder.Clear();
        }

        for (var unpaid = _paid + 1; unpaid < Math.Min(next, _orders.Count); unpaid++)
            _orders[unpaid].ListedPayments = [];
        _paid = next;
    }
}
