using System.Globalization;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Decisions;

/// <summary>Lists what a message states and the records contradict, in the order that docs/policy.md gives.</summary>
internal sealed class Discrepancies(PolicyDocument policy, RecordBook book)
{
    private readonly FactDefinition[] _recorded = [.. policy.Facts.Where(f => f.Record >= 0)];

    public Discrepancy[] Of(ReadOnlySpan<RequestCase> cases, in Identified who, in Disclosed disclosed, ulong said, ReadOnlySpan<long> values)
    {
        List<Discrepancy>? found = null;
        if (who.Order is { } order)
        {
            if (disclosed.OrderNumber is { } written && who.Lookup.OrderMethod != "order_number")
                (found ??= []).Add(new("order_number", written, order.Id.ToString()));
            if (who.Lookup.ProductMethod == "corrected_product")
                (found ??= []).Add(new("product", book.Product(disclosed.Product!.Value)!.Name, who.Product!.Name));
            var days = DateOnly.FromDateTime(disclosed.At).DayNumber - order.Id.Date.DayNumber;
            if (disclosed.DaysSinceOrder is { } stated && !stated.Holds(days))
                (found ??= []).Add(new("order_date", string.Create(CultureInfo.InvariantCulture, $"{stated.From} to {stated.To} days ago"), string.Create(CultureInfo.InvariantCulture, $"{days} days ago")));
        }

        foreach (var fact in _recorded)
        {
            if ((said >> fact.Index & 1) == 0)
                continue;
            foreach (var request in cases)
            {
                if (request.IsIdentified && request.Request.HasClaim(fact.Index) && request.Facts.TryGet(fact.Record, out var recorded) && recorded != values[fact.Index])
                    (found ??= []).Add(new(fact.Name, Values.Format(values[fact.Index], fact.Type, policy.Symbols), Values.Format(recorded, fact.Type, policy.Symbols)));
            }
        }

        return found is null ? [] : [.. found];
    }
}
