using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Facts;

/// <summary>Sets the facts of the payments, as they stood when the message was written.</summary>
internal sealed class PaymentFacts
{
    private readonly PolicyDocument _policy;
    private readonly int _chargedTotal;
    private readonly int _chargeCount;
    private readonly int _overcharge;
    private readonly int _failedCharge;
    private readonly int _refundState;
    private readonly int _refundAmount;
    private readonly int _daysSinceRefund;
    private readonly int _refundedTotal;
    private readonly bool _isRead;

    public PaymentFacts(PolicyDocument policy)
    {
        _policy = policy;
        _chargedTotal = FactIndex.Of(policy, "charged_total");
        _chargeCount = FactIndex.Of(policy, "charge_count");
        _overcharge = FactIndex.Of(policy, "overcharge");
        _failedCharge = FactIndex.Of(policy, "failed_charge");
        _refundState = FactIndex.Of(policy, "refund_state");
        _refundAmount = FactIndex.Of(policy, "refund_amount");
        _daysSinceRefund = FactIndex.Of(policy, "days_since_refund");
        _refundedTotal = FactIndex.Of(policy, "refunded_total");
        _isRead = Array.Exists([_chargedTotal, _chargeCount, _overcharge, _failedCharge, _refundState, _refundAmount, _daysSinceRefund, _refundedTotal], fact => fact >= 0);
    }

    /// <param name="line">The line whose refund counts; null where any refund of the order does.</param>
    public void Set(Case made, Order order, OrderItem? line, DateTime now)
    {
        if (!_isRead)
            return;
        long charged = 0;
        var charges = 0;
        long failed = 0;
        long refunded = 0;
        Payment? latest = null;
        foreach (var payment in order.Payments)
        {
            if (payment.Kind == PaymentKind.Refund)
            {
                if (payment.CreatedAt > now)
                    continue;
                refunded += payment.Amount.Cents;
                if ((line is null || payment.Product == line.Product) && (latest is not { } other || payment.CreatedAt >= other.CreatedAt))
                    latest = payment;
            }
            else if (payment.Status == PaymentStatus.Failed)
            {
                failed += payment.SettledAt <= now ? payment.Amount.Cents : 0;
            }
            else if (payment.CreatedAt <= now)
            {
                charged += payment.Amount.Cents;
                charges++;
            }
        }

        made.Set(_chargedTotal, charged);
        made.Set(_chargeCount, charges);
        made.Set(_overcharge, Math.Max(0, charged - order.AmountDue.Cents));
        made.Set(_failedCharge, failed);
        made.Set(_refundedTotal, refunded);
        SetRefund(made, latest, now);
    }

    private void SetRefund(Case made, Payment? latest, DateTime now)
    {
        var state = latest is not { } refund ? "none" : refund.SettledAt <= now ? "completed" : "pending";
        made.Set(_refundState, _policy.SymbolOf(state) is var symbol and >= 0 ? symbol : null);
        if (latest is not { } last)
            return;
        made.Set(_refundAmount, last.Amount.Cents);
        made.Set(_daysSinceRefund, FactIndex.Days(last.CreatedAt, now));
    }
}
