namespace TicketWorld.Grains.Tickets;

/// <summary>What a ticket grain remembers.</summary>
internal sealed class TicketState
{
    public TicketView? Ticket { get; set; }
}
