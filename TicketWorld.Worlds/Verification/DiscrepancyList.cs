using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>Lists what a message states and the record contradicts, in the order that docs/policy.md gives.</summary>
internal sealed class DiscrepancyList(PolicyDocument policy, RecordBook book)
{
    public Discrepancy[] Of(Message message, Reading reading, Identification identified, ReadOnlySpan<Case> cases)
    {
        List<Discrepancy>? found = null;
        if (identified.Order is { } order)
        {
            if (reading.OrderNumber is { } written && !written.Equals(order.Id.ToString(), StringComparison.OrdinalIgnoreCase))
                Add(new Discrepancy("order_number", written, order.Id.ToString()));
            if (identified is { ProductMethod: "corrected_product", Product: { } product } && reading.Product is { } named)
                Add(new Discrepancy("product", book.Product(named)?.Name ?? "", product.Name));
            var days = OrderSearch.DaysSince(order, message);
            if (reading.StatedDays is { } said && !said.Holds(days))
                Add(new Discrepancy("order_date", $"{said.From} to {said.To} days ago", $"{days} days ago"));
        }

        for (var fact = 0; fact < policy.Facts.Length; fact++)
        {
            foreach (var @case in cases)
            {
                if ((@case.Answered >> fact & 1) != 0 && reading.Claim(policy.Facts[fact]) is { } stated && stated != @case.Values[fact])
                    Add(new Discrepancy(policy.Facts[fact].Name, Text(fact, stated), Text(fact, @case.Values[fact])));
            }
        }

        return found is null ? [] : [.. found];

        void Add(Discrepancy discrepancy) => (found ??= []).Add(discrepancy);
    }

    private string Text(int fact, long value) => Values.Format(value, policy.Facts[fact].Type, policy.Symbols);
}
