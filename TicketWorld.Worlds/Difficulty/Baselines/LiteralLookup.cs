using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Difficulty.Baselines;

/// <summary>Finds what a message is about exactly as written, and repairs nothing: the account's own address, the order's own number, a product of the order.</summary>
internal sealed class LiteralLookup(PolicyDocument policy, RecordBook book)
{
    private readonly CaseBuilder _cases = new(policy);

    public Identification Find(Message message, Reading reading, RequestSubject subject)
    {
        var customer = book.CustomerByEmail(message.Sender) is { IsAlternate: false } account ? account.Customer : null;
        var needsOrder = subject is RequestSubject.Order or RequestSubject.Item;
        var order = needsOrder && customer is not null && reading.OrderNumber is { } written && OrderId.TryParse(written.ToUpperInvariant(), out var id) && book.Order(id) is { } found && found.Customer == customer.Id
            ? found
            : null;
        var line = subject == RequestSubject.Item && order is not null && reading.Product is { } named ? Array.Find(order.Items, i => i.Product == named) : null;
        var product = line is not null ? book.Product(line.Product) : subject == RequestSubject.Product && reading.Product is { } asked ? book.Product(asked) : null;
        var missing = customer is null ? "customer"
            : needsOrder && order is null ? "order_number"
            : subject is RequestSubject.Item or RequestSubject.Product && product is null ? "product"
            : null;
        var target = reading.Target is { } wanted && wanted != product?.Id ? book.Product(wanted) : null;
        return new Identification(customer, "", order, "", [], line, product, "", target, missing);
    }

    /// <summary>The facts of a request, with every claim as the customer has it, whatever the record says; null when the claims contradict each other.</summary>
    public Case? Facts(RequestDefinition request, Message message, Reading reading, Identification who)
    {
        if (_cases.Build(request, message, reading, who, out _) is not { } made)
            return null;
        foreach (var claim in request.Claims)
        {
            if (reading.Claim(policy.Facts[claim.Fact]) is { } said)
                made.Set(claim.Fact, said);
        }

        return made;
    }
}
