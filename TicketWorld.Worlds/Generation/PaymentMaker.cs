using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>How an order is charged.</summary>
/// <param name="OverPercent">What is charged too much, in per cent of the amount due.</param>
/// <param name="AtOnce">Whether all happens within a minute of the order.</param>
internal readonly record struct Charges(PaymentQuirk Quirk, int OverPercent, bool AtOnce);

/// <summary>How lines that were sent back are refunded.</summary>
/// <param name="Progress">Null for the plain way: completed for what is refunded, pending or missing for what is returned.</param>
/// <param name="At">When the refund is made.</param>
/// <param name="Latest">Before this it is completed.</param>
internal readonly record struct Refunds(RefundProgress? Progress, DateTime? At, DateTime Latest);

/// <summary>Makes the payments of orders that have others than the one plain charge.</summary>
internal static class PaymentMaker
{
    /// <summary>The payments in the order of time, without numbers; null when they are the one plain charge.</summary>
    public static Payment[]? List(List<OrderItem> items, OrderAmounts amounts, DateTime ordered, string method, Charges charges, Refunds refunds, ref Draws draws)
    {
        var settled = false;
        foreach (var item in items)
            settled |= item.IsSettled;
        if (!settled && charges.Quirk is PaymentQuirk.None or PaymentQuirk.GiftCard or PaymentQuirk.TaxCharged)
            return null;
        var payments = new List<Payment>(3);
        Charge(payments, amounts, ordered, method, charges, ref draws);
        foreach (var item in items)
        {
            if (item.IsSettled && Refund(item, method, refunds, ref draws) is { } refund)
                payments.Add(refund);
        }

        return [.. payments.OrderBy(p => p.CreatedAt)];
    }

    private static void Charge(List<Payment> payments, OrderAmounts amounts, DateTime ordered, string method, Charges charges, ref Draws draws)
    {
        var due = amounts.Due;
        var again = ordered.AddSeconds(charges.AtOnce ? draws.Between(5, 40) : draws.Between(20, 900));
        switch (charges.Quirk)
        {
            case PaymentQuirk.DoubleCharge:
                payments.Add(Captured(due, ordered));
                payments.Add(Captured(due, again));
                break;
            case PaymentQuirk.Overcharge:
                payments.Add(Captured(new Money(Math.Max(due.Cents + 1, due.Percent(100 + charges.OverPercent).Cents)), ordered));
                break;
            case PaymentQuirk.FailedCharge:
                payments.Add(new Payment(default, default, null, PaymentKind.Charge, method, due, PaymentStatus.Failed, ordered, ordered.AddSeconds(draws.Between(2, 30))));
                payments.Add(Captured(due, again));
                break;
            case PaymentQuirk.GiftCardIgnored:
                payments.Add(Captured(due + amounts.GiftCard, ordered));
                break;
            default:
                if (due.Cents > 0)
                    payments.Add(Captured(due, ordered));
                break;
        }

        Payment Captured(Money amount, DateTime at) => new(default, default, null, PaymentKind.Charge, method, amount, PaymentStatus.Captured, at, at);
    }

    private static Payment? Refund(OrderItem item, string method, Refunds refunds, ref Draws draws)
    {
        var completed = item.Status == ItemStatus.Refunded;
        if (refunds.Progress == RefundProgress.Missing || (refunds.Progress is null && !completed && draws.Chance(45)))
            return null;
        var at = refunds.At is { } made && made >= item.SettledAt ? made : item.SettledAt!.Value;
        var settled = completed ? TimelineMaker.At(at.AddMinutes(20), TimelineMaker.Earlier(at.AddDays(4), refunds.Latest), ref draws) : (DateTime?)null;
        return new Payment(default, default, item.Product, PaymentKind.Refund, method, item.Amount, completed ? PaymentStatus.Completed : PaymentStatus.Pending, at, settled);
    }
}
