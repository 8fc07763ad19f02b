using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Facts;

/// <summary>Sets the facts of the line, and of its product.</summary>
internal sealed class ItemFacts(PolicyDocument policy)
{
    private readonly int _price = FactIndex.Of(policy, "item_price");
    private readonly int _quantity = FactIndex.Of(policy, "item_quantity");
    private readonly int _lineTotal = FactIndex.Of(policy, "line_total");
    private readonly int _settled = FactIndex.Of(policy, "item_settled");
    private readonly int _exchanged = FactIndex.Of(policy, "item_exchanged");
    private readonly int _inBundle = FactIndex.Of(policy, "item_in_bundle");
    private readonly int _finalSale = FactIndex.Of(policy, "item_final_sale");
    private readonly int _foundOpened = FactIndex.Of(policy, "item_found_opened");
    private readonly int _inStock = FactIndex.Of(policy, "item_in_stock");
    private readonly int _warranty = FactIndex.Of(policy, "warranty_days");
    private readonly int _category = FactIndex.Of(policy, "item_category");
    private readonly int _target = FactIndex.Of(policy, "target_price");

    /// <param name="line">The line that the request is about; null where it is about the order, of which no line is spoken of.</param>
    public void Set(Case made, OrderItem? line)
    {
        made.Set(_price, made.UnitPrice?.Cents);
        made.Set(_settled, line is { IsSettled: true });
        made.Set(_exchanged, line is { Status: ItemStatus.Exchanged });
        made.Set(_inBundle, line is { Bundle: not null });
        made.Set(_finalSale, line is { FinalSale: true });
        if (line is null)
            return;
        made.Set(_quantity, line.Quantity);
        made.Set(_lineTotal, line.Amount.Cents);
        if (line.Inspection is { } found)
            made.Set(_foundOpened, found == Inspection.Opened);
    }

    /// <param name="line">The line with the product; null where the question is about the product alone.</param>
    /// <param name="target">Another product wanted in exchange, or null.</param>
    public void Set(Case made, Product product, OrderItem? line, Product? target)
    {
        made.Set(_inStock, product.InStock);
        made.Set(_warranty, product.WarrantyDays);
        if (_category >= 0 && policy.SymbolOf(product.Category) is var symbol and >= 0 && Array.IndexOf(policy.Facts[_category].Values, symbol) >= 0)
            made.Set(_category, symbol);
        if (line is not null)
            made.Set(_target, (target?.BasePrice ?? line.PricePaid).Cents);
    }
}
