using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Facts;

/// <summary>Sets the facts that are known as soon as the customer is.</summary>
internal sealed class CustomerFacts(PolicyDocument policy)
{
    private readonly int _tier = FactIndex.Of(policy, "customer_tier");
    private readonly int _taxExempt = FactIndex.Of(policy, "tax_exempt");

    public void Set(Case made, Customer customer)
    {
        made.Set(_tier, policy.SymbolOf(customer.Tier) is var tier and >= 0 ? tier : null);
        made.Set(_taxExempt, customer.TaxExempt);
    }
}
