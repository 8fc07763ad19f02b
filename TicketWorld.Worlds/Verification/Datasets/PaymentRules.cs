using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// What an order's fees, tax and payments must keep together. Charges are the plain one of the amount due, or one of the faults that
/// customers complain of: the amount captured twice, more than the amount, or a failed charge that took the money.
/// </summary>
/// <remarks>The company's rates are not in the database. They are those that most orders keep; an order that breaks them is a finding.</remarks>
internal sealed class PaymentRules
{
    private readonly RecordBook _book;
    private readonly DateTime _clock;
    private readonly int _taxPercent;
    private readonly Dictionary<string, (Money Fee, Limit Free)> _fees;

    public PaymentRules(RecordBook book, DateTime clock)
    {
        _book = book;
        _clock = clock;
        _taxPercent = book.Orders.Where(o => o.TaxAmount.Cents > 0 && o.Total.Cents > 0)
            .GroupBy(o => (int)((o.TaxAmount.Cents * 100 + o.Total.Cents / 2) / o.Total.Cents))
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault()?.Key ?? 0;
        _fees = book.Orders.GroupBy(o => o.ShippingMethod, StringComparer.Ordinal).ToDictionary(g => g.Key, Fee, StringComparer.Ordinal);
    }

    /// <summary>Checks the order's own amounts, and its payments together.</summary>
    public void Check(Order order, RecordCheck check)
    {
        var (usual, free) = _fees[order.ShippingMethod];
        var fee = free.IsAbove(order.Total.Cents) ? Money.Zero : usual;
        if (order.ShippingFee != fee)
            check.Add(VerificationLayer.Records, "shipping_fee", $"other orders sent by {order.ShippingMethod} pay otherwise", order.ShippingFee.ToString(), fee.ToString());
        var exempt = _book.Customer(order.Customer)?.TaxExempt ?? false;
        var tax = order.Total.Percent(_taxPercent);
        if (order.TaxAmount != tax && !(exempt && order.TaxAmount == Money.Zero))
            check.Add(VerificationLayer.Records, "tax_amount", $"tax is {_taxPercent} per cent of total_amount{(exempt ? ", or nothing for the customer" : "")}", order.TaxAmount.ToString(), tax.ToString());
        CheckCharges(order, check);
        CheckRefunds(order, check);
    }

    /// <summary>Checks one payment by itself.</summary>
    public void Check(Order order, Payment payment, RecordCheck check)
    {
        if (payment.CreatedAt < order.OrderedAt)
            check.Add(VerificationLayer.Records, "created_at", "the payment is before its order", RecordText.Time(payment.CreatedAt), $"at least {RecordText.Time(order.OrderedAt)}");
        if (payment.SettledAt < payment.CreatedAt)
            check.Add(VerificationLayer.Records, "settled_at", "the money moved before the payment was made", RecordText.Time(payment.SettledAt), $"at least {RecordText.Time(payment.CreatedAt)}");
        if (payment.CreatedAt > _clock)
            check.Add(VerificationLayer.Records, "created_at", "the time is later than the world's clock", RecordText.Time(payment.CreatedAt), $"at most {RecordText.Time(_clock)}");
        if (payment.SettledAt > _clock)
            check.Add(VerificationLayer.Records, "settled_at", "the time is later than the world's clock", RecordText.Time(payment.SettledAt), $"at most {RecordText.Time(_clock)}");
        check.Same(VerificationLayer.Records, "method", "money goes the way that the order was paid", payment.Method, order.PaymentMethod);
        if (payment.Kind == PaymentKind.Charge != payment.Status is PaymentStatus.Captured or PaymentStatus.Failed)
            check.Add(VerificationLayer.Records, "status", $"a {Snake.Name(payment.Kind)} has no such status", Snake.Name(payment.Status), payment.Kind == PaymentKind.Charge ? "captured or failed" : "pending or completed");
        if (payment.Status is PaymentStatus.Captured or PaymentStatus.Completed && payment.SettledAt is null)
            check.Add(VerificationLayer.Records, "settled_at", $"the payment is {Snake.Name(payment.Status)}", "null", "a time");
        if (payment.Status == PaymentStatus.Pending && payment.SettledAt is not null)
            check.Add(VerificationLayer.Records, "settled_at", "the payment is pending", RecordText.Time(payment.SettledAt), "null");
        if (payment.Product is { } product && (payment.Kind == PaymentKind.Charge || !Array.Exists(order.Items, i => i.Product == product && i.IsSettled)))
            check.Add(VerificationLayer.Records, "product_id", "only a line of the order that was returned or refunded has a refund of its own", product.ToString(), "null, or such a line");
    }

    private static void CheckCharges(Order order, RecordCheck check)
    {
        var due = order.AmountDue;
        var captured = new List<Money>(2);
        var failed = Money.Zero;
        DateTime? first = null;
        var last = DateTime.MinValue;
        foreach (var payment in order.Payments)
        {
            if (payment.CreatedAt < last)
                check.Add(VerificationLayer.Records, "payments", $"payments of an order stand in order of time; {payment.Id} does not", RecordText.Time(payment.CreatedAt), $"at least {RecordText.Time(last)}");
            last = payment.CreatedAt;
            if (payment.Kind != PaymentKind.Charge)
                continue;
            first ??= payment.CreatedAt;
            if (payment.Status == PaymentStatus.Captured)
                captured.Add(payment.Amount);
            else
                failed += payment.Amount;
        }

        if (first is { } at && at != order.OrderedAt)
            check.Add(VerificationLayer.Records, "payments", "the first charge is made with the order", RecordText.Time(at), RecordText.Time(order.OrderedAt));
        if (failed != Money.Zero && failed != due)
            check.Add(VerificationLayer.Records, "payments", "a charge that failed is of the amount due", failed.ToString(), due.ToString());
        var fits = (captured, failed.Cents) switch
        {
            ([], 0) => due.Cents <= 0,
            ([var one], 0) => one >= due,
            ([var one], _) => one == due,
            ([var one, var two], 0) => one == due && two == due,
            _ => false,
        };
        if (!fits)
            check.Add(VerificationLayer.Records, "payments", "the charges do not pay the order", string.Join(" + ", captured), $"one captured charge of {due}");
    }

    private static void CheckRefunds(Order order, RecordCheck check)
    {
        for (var i = 0; i < order.Items.Length; i++)
        {
            var item = order.Items[i];
            var refunds = 0;
            foreach (var payment in order.Payments)
            {
                if (payment.Kind != PaymentKind.Refund || payment.Product != item.Product)
                    continue;
                refunds++;
                if (payment.Amount != item.Amount)
                    check.Add(VerificationLayer.Records, $"items[{i}]", $"the refund {payment.Id} is not of the line's amount", payment.Amount.ToString(), item.Amount.ToString());
                if (payment.Status == PaymentStatus.Completed != (item.Status == ItemStatus.Refunded))
                    check.Add(VerificationLayer.Records, $"items[{i}].item_status", $"the refund {payment.Id} is {Snake.Name(payment.Status)}", Snake.Name(item.Status), payment.Status == PaymentStatus.Completed ? "refunded" : "returned");
                if (payment.CreatedAt < item.SettledAt)
                    check.Add(VerificationLayer.Records, $"items[{i}].settled_at", $"the refund {payment.Id} is earlier", RecordText.Time(item.SettledAt), $"at most {RecordText.Time(payment.CreatedAt)}");
            }

            if (refunds > 1 || (refunds == 0 && item.Status == ItemStatus.Refunded))
                check.Add(VerificationLayer.Records, $"items[{i}].item_status", "a refunded line has one completed refund, a returned one at most a pending one", $"{refunds} refunds", "1");
        }
    }

    /// <summary>The usual fee of a shipping method, and the total above which it is not paid.</summary>
    private static (Money Fee, Limit Free) Fee(IEnumerable<Order> orders)
    {
        var all = orders.ToList();
        var usual = all.Where(o => o.ShippingFee.Cents > 0).GroupBy(o => o.ShippingFee).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault()?.Key;
        return usual is { } fee
            ? (fee, Limit.Above(all.Select(o => (o.Total.Cents, o.ShippingFee != fee))))
            : (Money.Zero, new Limit(null));
    }
}
