using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Customers;
using TicketWorld.Grains.Tickets;
using TicketWorld.Tests.Grains.Batches;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Tickets;

/// <summary>The rows of tickets and customers, on every store.</summary>
public abstract class TicketReadModelConformance
{
    protected abstract void AddStore(IServiceCollection services);

    /// <summary>Takes the tables and their migrations away, as they were missing before there were any, and gives customers' grains the states that they had then.</summary>
    /// <param name="customers">States in JSON by the keys of grains.</param>
    protected abstract Task ForgetTablesAsync(IReadOnlyDictionary<string, string> customers);

    [Fact]
    public async Task A_ticket_and_its_customer_are_rows_that_follow_each_change()
    {
        await using var silo = await StartAsync();
        await OpenAsync(silo, "TK-1", "CUST-1");
        await OpenAsync(silo, "TK-2", "CUST-1");
        await OpenAsync(silo, "TK-3", "CUST-2");
        await silo.Grains.GetGrain<ITicketGrain>("b/TK-1").ChangeStatus(TicketStatus.PendingCustomer, "agent", null);
        await silo.Grains.GetGrain<ITicketGrain>("b/TK-2").ChangeStatus(TicketStatus.Resolved, "agent", null);
        await silo.Grains.GetGrain<ITicketGrain>("b/TK-3").Escalate("agent", "angry");
        await BatchTests.DrainAsync(silo);

        Assert.Equal(["TK-3", "TK-2", "TK-1"], await IdsAsync(silo, new()));
        Assert.Equal(["TK-1"], await IdsAsync(silo, new(Status: TicketStatus.PendingCustomer)));
        Assert.Equal(["TK-3"], await IdsAsync(silo, new(Escalated: true)));
        Assert.Equal(["TK-2", "TK-1"], await IdsAsync(silo, new(CustomerId: "CUST-1", Escalated: false)));
        Assert.Equal(["TK-2"], await IdsAsync(silo, new(TicketStatus.Resolved, false, "b", "CUST-1")));
        Assert.Empty(await IdsAsync(silo, new(BatchId: "other")));
        Assert.Empty(await IdsAsync(silo, new(CustomerId: "' OR '1'='1")));

        var tickets = silo.Services.GetRequiredService<ITicketQueries>();
        var second = await tickets.ListAsync(new(), page: 2, pageSize: 2);
        Assert.Equal((3, "TK-1"), (second.Total, second.Items.Single().TicketId));
        var view = await silo.Grains.GetGrain<ITicketGrain>("b/TK-1").View();
        var row = second.Items[0];
        Assert.Equal((view.CustomerEmail, view.Subject, view.Status, view.WrittenAt), (row.CustomerEmail, row.Subject, row.Status, row.WrittenAt));
        Assert.Equal(view.UpdatedAt, row.UpdatedAt, TimeSpan.FromMilliseconds(1));

        var customers = silo.Services.GetRequiredService<ICustomerQueries>();
        var first = (await customers.ListAsync(new("b", "CUST-1"))).Items.Single();
        Assert.Equal(("cust-1@example.com", 1, 1), (first.Email, first.OpenTickets, first.FinishedTickets));
        Assert.Equal(2, (await customers.ListAsync(new())).Total);
        Assert.Equal("CUST-2", (await customers.ListAsync(new(Email: "CUST-2@Example.com"))).Items.Single().CustomerId);
    }

    [Fact]
    public async Task Tickets_that_were_opened_before_there_were_rows_have_them_after_the_upgrade()
    {
        List<TicketSummary> tickets;
        List<CustomerSummary> customers;
        await using (var silo = await StartAsync())
        {
            for (var i = 0; i < 5; i++)
                await OpenAsync(silo, $"TK-{i}", $"CUST-{i % 2}", writtenAt: "2026-01-14T09:12:44.9996Z");
            await silo.Grains.GetGrain<ITicketGrain>("b/TK-1").ChangeStatus(TicketStatus.Resolved, "agent", null);
            await silo.Grains.GetGrain<ITicketGrain>("b/TK-2").Escalate("agent", "angry");
            await BatchTests.DrainAsync(silo);
            (tickets, customers) = await RowsAsync(silo);
        }

        await ForgetTablesAsync(tickets.GroupBy(ticket => $"b/{ticket.CustomerId}", StringComparer.Ordinal).ToDictionary(group => group.Key, OldState, StringComparer.Ordinal));
        await using var upgraded = await StartAsync();
        var (after, customersAfter) = await RowsAsync(upgraded);
        Assert.Equal(5, after.Count);
        foreach (var (before, now) in tickets.Zip(after))
        {
            Assert.Equal(before with { WrittenAt = now.WrittenAt, OpenedAt = now.OpenedAt, UpdatedAt = now.UpdatedAt }, now);
            Assert.Equal(before.WrittenAt, now.WrittenAt, TimeSpan.FromMilliseconds(1));
            Assert.Equal(before.OpenedAt, now.OpenedAt, TimeSpan.FromMilliseconds(1));
            Assert.Equal(before.UpdatedAt, now.UpdatedAt, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(2, customersAfter.Count);
        foreach (var (before, now) in customers.Zip(customersAfter))
            Assert.Equal(before with { UpdatedAt = now.UpdatedAt }, now);
    }

    /// <summary>What a customer's grain kept when it kept every ticket.</summary>
    private static string OldState(IEnumerable<TicketSummary> tickets) => JsonSerializer.Serialize(
        new
        {
            tickets = tickets.ToDictionary(
                ticket => ticket.TicketId, ticket => new CustomerTicket(ticket.TicketId, ticket.Subject, ticket.Status, ticket.Escalated, ticket.UpdatedAt, 1, ticket.CustomerEmail)),
        },
        GrainJson.Options);

    private static async Task<(List<TicketSummary>, List<CustomerSummary>)> RowsAsync(TestSilo silo) => (
        [.. (await silo.Services.GetRequiredService<ITicketQueries>().ListAsync(new())).Items.OrderBy(t => t.TicketId, StringComparer.Ordinal)],
        [.. (await silo.Services.GetRequiredService<ICustomerQueries>().ListAsync(new())).Items.OrderBy(c => c.CustomerId, StringComparer.Ordinal)]);

    private static async Task<IEnumerable<string>> IdsAsync(TestSilo silo, TicketFilter filter)
    {
        var page = await silo.Services.GetRequiredService<ITicketQueries>().ListAsync(filter);
        Assert.Equal(page.Total, page.Items.Count);
        return page.Items.Select(t => t.TicketId);
    }

    private static Task<TicketView> OpenAsync(TestSilo silo, string ticket, string customer, string writtenAt = "2026-01-14T09:12:44Z") => silo.Grains.GetGrain<ITicketGrain>($"b/{ticket}").Open(JsonElement.Parse(
        $$"""{"ticket_id":"{{ticket}}","customer_email":"{{customer.ToLowerInvariant()}}@example.com","customer_id":"{{customer}}","subject":"It's \"{{ticket}}\"","body":"b","timestamp":"{{writtenAt}}"}"""));

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(services =>
    {
        services.AddTicketWorldGrains();
        AddStore(services);
    });
}
