using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;
using TicketWorld.Grains.Customers;
using TicketWorld.Grains.Tickets;
using TicketWorld.Tests.Grains.Batches;

namespace TicketWorld.Tests.Grains.Tickets;

public sealed class TicketGrainTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ticketworld-ticket-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_generated_ticket_is_opened_as_a_grain_and_known_to_its_customer()
    {
        await using var silo = await BatchTests.StartAsync(_folder);
        await BatchTests.CompleteAsync(silo, "b", new() { Tickets = 3 });
        var document = (await silo.Services.GetRequiredService<IBatchTickets>().PageAsync("b"))!.Items[1];
        var id = document.GetProperty("ticket_id").GetString()!;
        var grain = silo.Grains.GetGrain<ITicketGrain>(new TicketKey("b", id).ToString());
        var ticket = await grain.Open(document);
        Assert.Equal((id, TicketStatus.Open, false), (ticket.TicketId, ticket.Status, ticket.Escalated));
        Assert.Equal(document.GetProperty("subject").GetString(), ticket.Subject);
        Assert.Equal(document.GetProperty("customer_id").GetString(), ticket.CustomerId);
        await grain.Open(document);
        Assert.Single((await grain.View()).History);
        await BatchTests.DrainAsync(silo);
        var customer = await silo.Grains.GetGrain<ICustomerGrain>($"b/{ticket.CustomerId}").View();
        var known = Assert.Single(customer.OpenTickets);
        Assert.Equal((id, TicketStatus.Open), (known.TicketId, known.Status));
    }

    [Fact]
    public async Task A_ticket_moves_on_keeps_its_history_and_leaves_the_open_ones_when_resolved()
    {
        await using var silo = await BatchTests.StartAsync(_folder);
        var grain = silo.Grains.GetGrain<ITicketGrain>("b/TK-1");
        await grain.Open(Document("TK-1"));
        await silo.Grains.GetGrain<ITicketGrain>("b/TK-2").Open(Document("TK-2"));
        await grain.ChangeStatus(TicketStatus.InProgress, "agent", "looking");
        var escalated = await grain.Escalate("agent", "over the limit");
        Assert.Equal((TicketStatus.InProgress, true, "over the limit"), (escalated.Status, escalated.Escalated, escalated.EscalationReason));
        await grain.ChangeStatus(TicketStatus.Resolved, "manager", null);
        var view = await grain.View();
        Assert.Equal(["opened", "status_changed", "escalated", "status_changed"], view.History.Select(h => h.Action));
        Assert.Equal(("looking", TicketStatus.Open, TicketStatus.InProgress), (view.History[1].Note, view.History[1].From, view.History[1].To));
        await BatchTests.DrainAsync(silo);
        var customer = await silo.Grains.GetGrain<ICustomerGrain>("b/CUST-0001").View();
        Assert.Equal(["TK-2"], customer.OpenTickets.Select(t => t.TicketId));
        Assert.Equal(1, customer.FinishedTickets);
    }

    [Fact]
    public async Task Only_the_transitions_of_the_table_are_made()
    {
        await using var silo = await BatchTests.StartAsync(_folder);
        TicketStatus[][] ways =
        [
            [], [TicketStatus.InProgress], [TicketStatus.PendingCustomer], [TicketStatus.Resolved], [TicketStatus.Resolved, TicketStatus.Closed], [TicketStatus.Cancelled],
        ];
        var number = 0;
        foreach (var way in ways)
        {
            foreach (var wanted in Enum.GetValues<TicketStatus>())
            {
                var id = $"TK-{number++}";
                var grain = silo.Grains.GetGrain<ITicketGrain>($"b/{id}");
                var ticket = await grain.Open(Document(id));
                foreach (var step in way)
                    ticket = await grain.ChangeStatus(step, "agent", null);
                if (ticket.Status == wanted || Allowed(ticket.Status, wanted))
                {
                    Assert.Equal(wanted, (await grain.ChangeStatus(wanted, "agent", null)).Status);
                    continue;
                }

                var error = await Assert.ThrowsAsync<GrainCallException>(() => grain.ChangeStatus(wanted, "agent", null));
                Assert.Equal("invalid_transition", error.Code);
                Assert.Equal(ticket.Status, (await grain.View()).Status);
            }
        }
    }

    [Fact]
    public async Task A_document_that_is_no_ticket_or_of_another_ticket_is_refused()
    {
        await using var silo = await BatchTests.StartAsync(_folder);
        var grain = silo.Grains.GetGrain<ITicketGrain>("b/TK-1");
        foreach (var document in (string[])["[]", "{}", """{"ticket_id":"TK-1","customer_id":7}"""])
            Assert.Equal("invalid_ticket", (await Assert.ThrowsAsync<GrainCallException>(() => grain.Open(JsonElement.Parse(document)))).Code);
        Assert.Equal("invalid_ticket", (await Assert.ThrowsAsync<GrainCallException>(() => grain.Open(Document("TK-2")))).Code);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<GrainCallException>(() => grain.View())).Code);
        Assert.Equal("invalid_ticket", (await Assert.ThrowsAsync<GrainCallException>(() => silo.Grains.GetGrain<ITicketGrain>("no-slash").Open(Document("TK-1")))).Code);
    }

    /// <summary>The table written out by hand: open, in progress, pending, resolved, closed or cancelled.</summary>
    private static bool Allowed(TicketStatus from, TicketStatus to) => (from, to) is
        (TicketStatus.Open, TicketStatus.InProgress or TicketStatus.PendingCustomer or TicketStatus.Resolved or TicketStatus.Cancelled)
        or (TicketStatus.InProgress, TicketStatus.PendingCustomer or TicketStatus.Resolved or TicketStatus.Cancelled)
        or (TicketStatus.PendingCustomer, TicketStatus.InProgress or TicketStatus.Resolved or TicketStatus.Cancelled)
        or (TicketStatus.Resolved, TicketStatus.InProgress or TicketStatus.Closed);

    private static JsonElement Document(string id) => JsonElement.Parse(
        $$"""{"ticket_id":"{{id}}","customer_email":"a@example.com","customer_id":"CUST-0001","subject":"s","body":"b","timestamp":"2026-01-14T09:12:44Z"}""");
}
