using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Decisions;

/// <summary>The facts of one ticket. Reusable: clear it before the next ticket.</summary>
public sealed class FactSet
{
    private readonly long[] _values;
    private ulong _known;

    public FactSet(PolicyDocument policy) => _values = new long[policy.Facts.Length];

    public void Clear() => _known = 0;

    public bool Has(int fact) => (_known >> fact & 1) != 0;

    public bool TryGet(int fact, out long value)
    {
        value = _values[fact];
        return Has(fact);
    }

    public long this[int fact] => Has(fact) ? _values[fact] : throw new InvalidOperationException($"Fact {fact} is absent.");

    public void Set(int fact, long value)
    {
        if (fact < 0)
            return;
        _values[fact] = value;
        _known |= 1UL << fact;
    }

    public void Set(int fact, bool value) => Set(fact, value ? 1 : 0);

    public void Remove(int fact) => _known &= ~(1UL << fact);
}

/// <summary>The numbers of the facts that the engine derives from records; -1 where a policy does not define one.</summary>
internal sealed class RecordFacts
{
    public RecordFacts(PolicyDocument policy)
    {
        Request = Index("request", FactType.Symbol);
        CustomerTier = Index("customer_tier", FactType.Symbol);
        Shipped = Index("shipped", FactType.Boolean);
        Delivered = Index("delivered", FactType.Boolean);
        DaysSinceOrder = Index("days_since_order", FactType.Integer);
        DaysSinceDelivery = Index("days_since_delivery", FactType.Integer);
        MinutesSinceOrder = Index("minutes_since_order", FactType.Integer);
        OrderMonthDay = Index("order_month_day", FactType.Integer);
        OrderTotal = Index("order_total", FactType.Money);
        ItemPrice = Index("item_price", FactType.Money);
        ItemSettled = Index("item_settled", FactType.Boolean);
        ItemInStock = Index("item_in_stock", FactType.Boolean);
        WarrantyDays = Index("warranty_days", FactType.Integer);
        TargetPrice = Index("target_price", FactType.Money);
        CompetitorPrice = Index("competitor_price", FactType.Money);
        QuotedAmount = Index("quoted_amount", FactType.Money);
        Escalated = Index("escalated", FactType.Boolean);
        Outcome = Index("outcome", FactType.Symbol);
        return;

        int Index(string name, FactType type) => policy.FactsByName.TryGetValue(name, out var fact) && fact.Type == type ? fact.Index : -1;
    }

    public int Request { get; }

    public int CustomerTier { get; }

    public int Shipped { get; }

    public int Delivered { get; }

    public int DaysSinceOrder { get; }

    public int DaysSinceDelivery { get; }

    public int MinutesSinceOrder { get; }

    public int OrderMonthDay { get; }

    public int OrderTotal { get; }

    public int ItemPrice { get; }

    public int ItemSettled { get; }

    public int ItemInStock { get; }

    public int WarrantyDays { get; }

    public int TargetPrice { get; }

    public int CompetitorPrice { get; }

    public int QuotedAmount { get; }

    public int Escalated { get; }

    public int Outcome { get; }
}
