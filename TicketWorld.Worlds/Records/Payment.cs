using System.Collections;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Records;

/// <summary>Which way the money goes.</summary>
public enum PaymentKind : byte
{
    Charge,
    Refund,
}

/// <summary>How far a payment came: a charge is captured or failed, a refund pending or completed.</summary>
public enum PaymentStatus : byte
{
    Captured,
    Failed,
    Pending,
    Completed,
}

/// <summary>A charge or a refund of an order. Times are UTC, whole seconds.</summary>
/// <param name="Product">The line that is refunded, or null for the order as a whole.</param>
/// <param name="Amount">Positive, whichever way it goes.</param>
/// <param name="SettledAt">When the money moved; null while it did not. A failed charge that has it took the money all the same.</param>
public readonly record struct Payment(
    PaymentId Id,
    OrderId Order,
    ProductId? Product,
    PaymentKind Kind,
    string Method,
    Money Amount,
    PaymentStatus Status,
    DateTime CreatedAt,
    DateTime? SettledAt);

/// <summary>The payments of an order, in the order of time. A view without storage of its own where the order has its one plain charge.</summary>
public readonly struct OrderPayments : IReadOnlyList<Payment>
{
    private readonly Order _order;

    internal OrderPayments(Order order) => _order = order;

    public int Count => _order.ListedPayments is { } listed ? listed.Length : _order.AmountDue.Cents > 0 ? 1 : 0;

    public Payment this[int index] => _order.ListedPayments is { } listed
        ? listed[index]
        : index == 0 && Count == 1
            ? new Payment(new PaymentId(_order.FirstPayment), _order.Id, null, PaymentKind.Charge, _order.PaymentMethod, _order.AmountDue, PaymentStatus.Captured, _order.OrderedAt, _order.OrderedAt)
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"The order has {Count} payments.");

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<Payment> IEnumerable<Payment>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Enumerates without allocating.</summary>
    public struct Enumerator : IEnumerator<Payment>
    {
        private readonly OrderPayments _payments;
        private readonly int _count;
        private int _index = -1;

        internal Enumerator(OrderPayments payments)
        {
            _payments = payments;
            _count = payments.Count;
        }

        public readonly Payment Current => _payments[_index];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < _count;

        public void Reset() => _index = -1;

        public readonly void Dispose()
        {
        }
    }
}
