using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>Chooses what is true of a ticket: scenario, order, customer, time, and what the customer knows.</summary>
internal sealed class Situations
{
    private readonly PackSettings _settings;
    private readonly WorldTables _tables;
    private readonly RecordFacts _names;
    private readonly RequestDefinition[][] _requests;

    public Situations(World world, RecordFacts names)
    {
        _settings = world.Pack.Settings;
        _tables = world.Tables;
        _names = names;
        _requests = Array.ConvertAll(world.Pack.Scenarios, s => s.Requests(world.Pack.Policy.Requests));
    }

    public void Choose(TicketDraft draft, PlannedTicket planned, Assignment assignment, ref Draws draws)
    {
        var scenario = assignment.Scenario;
        draft.Scenario = scenario;
        draft.Requests = _requests[scenario.Index];
        draft.IsWhatIf = assignment.IsRepeat;
        draft.Sentiment = _settings.Sentiment[planned.Sentiment].Name;
        draft.Order = null;
        draft.Line = -1;
        draft.Product = null;
        draft.Target = null;
        var at = scenario.Order is { } requirement ? AboutOrder(draft, requirement, assignment, ref draws) : AboutNoOrder(draft, planned, ref draws);
        draft.Message = new Message("", draft.Customer.PrimaryEmail, "", "", at);
        Claim(draft, ref draws);
    }

    private DateTime AboutOrder(TicketDraft draft, OrderRequirement requirement, Assignment assignment, ref Draws draws)
    {
        var order = _tables.Book.Orders[assignment.Order];
        var product = _tables.Book.Product(order.Items[assignment.Line].Product)!;
        draft.Order = order;
        draft.Line = assignment.Line;
        draft.Product = product;
        draft.Customer = _tables.Book.Customer(order.Customer)!;
        var (from, to) = TicketTime.Window(requirement, order, assignment.Line, product.WarrantyDays, _tables.Clock);
        var at = TicketTime.Pick(from, to, _tables.Clock, ref draws);
        if (draft.Scenario.Target is ExchangeTarget.Pricier or ExchangeTarget.Cheaper)
            draft.Target = _tables.ScenarioProducts.Target(draft.Scenario.Target, product, ref draws);
        return at;
    }

    private DateTime AboutNoOrder(TicketDraft draft, PlannedTicket planned, ref Draws draws)
    {
        // Somebody who writes from another address must have one that is on record.
        var wrongEmail = _settings.Completeness[planned.Completeness].Name == "wrong_info";
        for (var attempt = 0; ; attempt++)
        {
            draft.Customer = _tables.Book.Customers[_tables.CustomerTiers.Draw(planned.Tier, ref draws)];
            if (!wrongEmail || draft.Customer.AlternateEmail is not null || attempt == 100)
                break;
        }

        var oldest = _tables.Clock.Today.DayNumber - draft.Customer.CreatedDate.DayNumber;
        var at = _tables.Clock.At(_tables.Clock.Today.AddDays(-Clock.Age(Math.Min(oldest, 400), ref draws)), ref draws);
        if (draft.Scenario.Subject == RequestSubject.Product)
            draft.Product = draws.Pick(_tables.Products);
        return at;
    }

    private void Claim(TicketDraft draft, ref Draws draws)
    {
        var scenario = draft.Scenario;
        draft.Known = 0;
        foreach (var claim in scenario.Claims)
            draft.Know(claim.Fact, draws.Pick(claim.Values));
        foreach (var claim in scenario.Refuted)
            draft.Know(claim.Fact, draws.Pick(claim.Values));
        if (scenario.CompetitorPercent is { } percent)
        {
            var paid = draft.Order!.Items[draft.Line].PricePaid;
            draft.Know(_names.CompetitorPrice, Math.Max(1, paid.Percent(draws.Between(percent.From, percent.To)).Cents));
        }

        if (scenario.QuotedAmount is { } quoted)
            draft.Know(_names.QuotedAmount, draws.Between(quoted.From, quoted.To));
    }
}
