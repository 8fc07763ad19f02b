using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Decisions;

/// <summary>Takes the facts about charges and refunds from an order's payments that were made not later than the message.</summary>
internal sealed class PaymentFacts(PolicyDocument policy, RecordFacts names)
{
    private readonly int _none = policy.SymbolOf("none");
    private readonly int _pending = policy.SymbolOf("pending");
    private readonly int _completed = policy.SymbolOf("completed");

    /// <summary>Whether the policy reads any of them.</summary>
    private readonly bool _isNeeded = Math.Max(
        Math.Max(Math.Max(names.ChargedTotal, names.ChargeCount), Math.Max(names.Overcharge, names.FailedCharge)),
        Math.Max(Math.Max(names.RefundState, names.RefundAmount), Math.Max(names.DaysSinceRefund, names.RefundedTotal))) >= 0;

    /// <param name="line">The product whose refund counts, or null for any of the order.</param>
    public void Set(Order order, ProductId? line, DateTime at, FactSet facts)
    {
        if (!_isNeeded)
            return;
        var charged = Money.Zero;
        var charges = 0;
        var failed = Money.Zero;
        var refunded = Money.Zero;
        Payment? latest = null;
        foreach (var payment in order.Payments)
        {
            if (payment.Kind == PaymentKind.Charge)
            {
                if (payment.Status == PaymentStatus.Failed)
                {
                    failed += payment.SettledAt <= at ? payment.Amount : Money.Zero;
                }
                else if (payment.CreatedAt <= at)
                {
                    charged += payment.Amount;
                    charges++;
                }
            }
            else if (payment.CreatedAt <= at)
            {
                refunded += payment.Amount;
                if ((line is null || payment.Product == line) && (latest is null || payment.CreatedAt >= latest.Value.CreatedAt))
                    latest = payment;
            }
        }

        facts.Set(names.ChargedTotal, charged.Cents);
        facts.Set(names.ChargeCount, charges);
        facts.Set(names.Overcharge, Math.Max(0, (charged - order.AmountDue).Cents));
        facts.Set(names.FailedCharge, failed.Cents);
        facts.Set(names.RefundedTotal, refunded.Cents);
        facts.Set(names.RefundState, latest is not { } refund ? _none : refund.SettledAt <= at ? _completed : _pending);
        if (latest is not { } made)
            return;
        facts.Set(names.RefundAmount, made.Amount.Cents);
        facts.Set(names.DaysSinceRefund, DateOnly.FromDateTime(at).DayNumber - DateOnly.FromDateTime(made.CreatedAt).DayNumber);
    }
}
