using System.Text.Json;
using TicketWorld.Support.Duplicates;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Grains.Tickets;

/// <summary>A ticket that a customer sent to the desk, fit to be kept (<see cref="TicketIntake"/>).</summary>
public sealed record SubmittedTicket
{
    /// <summary>A UUID.</summary>
    public required string TicketId { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    /// <summary>Null for a sender who did not say.</summary>
    public string? CustomerId { get; init; }

    public string? CustomerEmail { get; init; }

    /// <summary>What the sender's system added; kept as it came.</summary>
    public JsonElement? Metadata { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required WorkflowOptions Options { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How the text was checked.</summary>
    public required WorkflowStep Validation { get; init; }

    /// <summary>The name under which the sender's tickets are kept together: the id, else the address; null for neither.</summary>
    public string? Owner => CustomerId ?? CustomerEmail?.ToLowerInvariant();
}

/// <summary>A submitted ticket after its owner has looked at it.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Duplicate">The open ticket that it repeats.</param>
/// <param name="Comparison">How it was compared.</param>
/// <param name="Found">What rules have found in it on the way, so that they need not look again.</param>
public sealed record ReceivedTicket(SubmittedTicket Ticket, DuplicateMatch? Duplicate, WorkflowStep Comparison, TicketExtraction? Found = null);

/// <summary>What the sender of a ticket is told at once.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Duplicate">The open ticket that it repeats.</param>
public sealed record SubmitReceipt(string TicketId, DuplicateMatch? Duplicate);
