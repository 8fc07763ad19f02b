using TicketWorld.Support.Workflow;

namespace TicketWorld.Grains.Tickets;

/// <summary>What a ticket grain remembers.</summary>
internal sealed class TicketState
{
    public TicketView? Ticket { get; set; }

    /// <summary>The run that waits for a model; null where none does.</summary>
    public WorkflowState? Run { get; set; }

    /// <summary>How many changes the ticket had when the draft that is awaited was begun.</summary>
    public int DraftedAt { get; set; }

    /// <summary>How often a draft was thrown away because the ticket had changed meanwhile.</summary>
    public int Redrafts { get; set; }
}
