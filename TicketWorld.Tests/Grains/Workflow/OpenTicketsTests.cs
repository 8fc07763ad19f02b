using System.Text.Json;
using TicketWorld.Grains;
using TicketWorld.Grains.Customers;
using TicketWorld.Grains.Tickets;
using TicketWorld.Support.Duplicates;

namespace TicketWorld.Tests.Grains.Workflow;

/// <summary>What a customer's grain remembers, however many tickets there are.</summary>
public sealed class OpenTicketsTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 14, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ten_thousand_open_tickets_are_counted_and_what_is_kept_stays_small()
    {
        var tickets = new OpenTickets();
        var body = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"word{i}"));
        for (var i = 0; i < 10_000; i++)
            Assert.True(tickets.Register(Ticket(i), TicketFingerprint.Of($"t-{i}", new($"Subject {i}", body), [])));
        Assert.Equal((10_000, 0, OpenTickets.MostKnown), (tickets.Open, tickets.Finished, tickets.Known.Count));
        Assert.Equal("t-9999", tickets.Known[^1].Ticket.TicketId);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(tickets, GrainJson.Options).Length, 1, 300_000);
    }

    [Fact]
    public void Tickets_that_are_no_longer_known_are_still_counted_right()
    {
        var tickets = new OpenTickets();
        for (var i = 0; i < OpenTickets.MostKnown + 10; i++)
            tickets.Register(Ticket(i), TicketFingerprint.Of($"t-{i}", new("s", "b"), []));
        tickets.Change(Ticket(0) with { Status = TicketStatus.Resolved, Revision = 2, WasFinished = false });
        Assert.Equal((OpenTickets.MostKnown + 9, 1), (tickets.Open, tickets.Finished));
        tickets.Change(Ticket(0) with { Status = TicketStatus.Closed, Revision = 3, WasFinished = true });
        Assert.Equal((OpenTickets.MostKnown + 9, 1), (tickets.Open, tickets.Finished));
        tickets.Change(Ticket(0) with { Status = TicketStatus.InProgress, Revision = 4, WasFinished = true });
        Assert.Equal((OpenTickets.MostKnown + 10, 0), (tickets.Open, tickets.Finished));
    }

    [Fact]
    public void An_older_change_than_the_known_one_counts_for_nothing()
    {
        var tickets = new OpenTickets();
        Assert.True(tickets.Change(Ticket(1) with { Revision = 5 }));
        Assert.False(tickets.Change(Ticket(1) with { Revision = 4, Status = TicketStatus.Resolved, WasFinished = false }));
        Assert.Equal((1, 0), (tickets.Open, tickets.Finished));
    }

    [Fact]
    public void What_an_earlier_version_kept_is_counted_and_taken_over()
    {
        var kept = $$"""
            {"tickets": {
              "t-1": {"ticket_id": "t-1", "subject": "s", "status": "open", "escalated": false, "updated_at": "{{At:O}}", "revision": 1},
              "t-2": {"ticket_id": "t-2", "subject": "s", "status": "closed", "escalated": false, "updated_at": "{{At:O}}", "revision": 3} } }
            """;
        var tickets = JsonSerializer.Deserialize<OpenTickets>(kept, GrainJson.Options)!;
        tickets.Change(Ticket(1) with { Status = TicketStatus.Resolved, Revision = 2, WasFinished = false });
        Assert.Equal((0, 2, 0), (tickets.Open, tickets.Finished, tickets.Known.Count));
        Assert.Null(tickets.Tickets);
    }

    private static CustomerTicket Ticket(int number) => new($"t-{number}", $"Subject {number}", TicketStatus.Open, Escalated: false, At.AddMinutes(number), Revision: 1);
}
