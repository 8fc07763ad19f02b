using TicketWorld.Grains.Tickets;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Duplicates;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Grains.Customers;

/// <summary>What happens to a ticket at its owner: it is compared with the open ones and counted among them.</summary>
internal sealed class Submission(DuplicateFinder finder, IFieldExtractor extractor, TimeProvider time)
{
    /// <summary>The sender waits for the result, so the ticket goes on as fast as it came.</summary>
    public static SendOptions Send { get; } = new() { Priority = MessagePriority.Interactive };

    /// <summary>The ticket as its own grain gets it, with its duplicate; <paramref name="tickets"/> has it from now on.</summary>
    public ReceivedTicket Take(OpenTickets tickets, SubmittedTicket ticket, DateTimeOffset now)
    {
        var clock = StepClock.Start(time);
        var text = new TicketText(ticket.Subject, ticket.Body, ticket.CustomerEmail);
        var found = extractor.Extract(text, null);
        var fingerprint = TicketFingerprint.Of(ticket.TicketId, text, found.Fields);
        DuplicateMatch? duplicate = null;
        if (ticket.Options.EnableDuplicateDetection)
        {
            duplicate = finder.Find(fingerprint, tickets.Known.TakeLast(finder.Compared)
                .Where(known => known.Fingerprint is not null && known.Ticket.TicketId != ticket.TicketId).Select(known => known.Fingerprint!));
        }

        tickets.Register(new(ticket.TicketId, ticket.Subject, TicketStatus.Open, Escalated: false, now, Revision: 1, ticket.CustomerEmail), fingerprint);
        return new(ticket, duplicate, clock.End(StepNames.DuplicateDetection, ticket.Options.EnableDuplicateDetection ? StepStatus.Completed : StepStatus.Skipped), found);
    }
}
