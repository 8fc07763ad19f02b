using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>What the first oracle was told of a ticket, and what it answered.</summary>
internal sealed record TicketInput(
    string Template, Message Message, RequestDefinition[] Requests, Disclosed Disclosed, ulong States, long[] Truth, Product? Target, ResolutionPlan Plan,
    string CustomerName, string ProductMention, Product? Product, bool HasThread)
{
    public static TicketInput Of(TicketDraft draft) => new(
        draft.Scenario.Id, draft.Message, draft.Requests, DisclosedIn(draft), draft.Disclosure.States, [.. draft.Truth], draft.Target, draft.Plan,
        draft.Customer.Name, draft.Disclosure.Product, draft.Disclosure.NamedProduct, draft.Disclosure.Thread);

    public static Disclosed DisclosedIn(TicketDraft draft) => new(
        draft.Message.Sender,
        draft.Disclosure.WrittenOrderNumber,
        draft.Disclosure.NamedProduct?.Id,
        draft.Disclosure.Sender == "unknown" ? draft.Customer.Name : null,
        draft.Message.Timestamp,
        draft.Disclosure.StatedDays);

    /// <summary>What the first oracle answers on other records.</summary>
    public ResolutionPlan ResolveWith(PolicyEngine engine, RecordBook book) =>
        new Resolver(engine, book).Resolve(Requests, Disclosed, States, Truth, Target is { } target ? book.Product(target.Id) : null);
}
