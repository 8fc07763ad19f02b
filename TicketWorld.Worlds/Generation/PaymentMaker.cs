using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>Makes the payments of an order that has more than the one plain charge.</summary>
internal static class PaymentMaker
{
    /// <summary>The charge and a completed refund for each line refunded; null when there is none of these.</summary>
    public static Payment[]? List(Order order)
    {
        if (!Array.Exists(order.Items, i => i.Status == ItemStatus.Refunded))
            return null;
        var payments = new List<Payment>();
        payments.AddRange(order.Payments);
        foreach (var item in order.Items.Where(i => i.Status == ItemStatus.Refunded).OrderBy(i => i.SettledAt))
        {
            var at = item.SettledAt!.Value;
            payments.Add(new Payment(new PaymentId(order.FirstPayment + payments.Count), order.Id, item.Product, PaymentKind.Refund, order.PaymentMethod, item.Amount, PaymentStatus.Completed, at, at));
        }

        return [.. payments];
    }
}
