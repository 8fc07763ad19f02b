using System.Text.Json;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Grains.Tickets;

/// <summary>One ticket that is worked on. Its key is <see cref="TicketKey"/>: batch and ticket id.</summary>
[GrainKind("ticket")]
public interface ITicketGrain : IGrainWithStringKey
{
    /// <summary>Opens the ticket from a generated document and registers it with its customer. Opening it again changes nothing.</summary>
    /// <exception cref="GrainCallException"><c>invalid_ticket</c> when the document lacks a field or is of another ticket than the key.</exception>
    Task<TicketView> Open(JsonElement document);

    /// <summary>Takes a ticket that a customer sent, and works on it. Taking it again changes nothing.</summary>
    Task Receive(ReceivedTicket received);

    /// <summary>Works on the ticket anew; the answer is the number of the run. Refused with <c>invalid_transition</c> on a finished ticket, and with <c>run_exists</c> while a run is under way.</summary>
    Task<int> Process(WorkflowOptions options);

    /// <summary>A model has answered.</summary>
    Task ModelAnswered(Reply<ModelAnswer> reply);

    /// <summary>Ends the run by rules if it still waits for a model.</summary>
    Task EndRun(int number);

    /// <summary>The ticket; refused with <c>not_found</c> before it is opened.</summary>
    Task<TicketView> View();

    /// <summary>Moves the ticket on; refused with <c>invalid_transition</c> where <see cref="TicketStatusRules"/> forbids it.</summary>
    Task<TicketView> ChangeStatus(TicketStatus status, string actor, string? note);

    /// <summary>Raises the escalation flag with its reason; refused with <c>invalid_transition</c> on a finished ticket.</summary>
    Task<TicketView> Escalate(string actor, string reason);
}

/// <summary>The address of a ticket.</summary>
public readonly record struct TicketKey(string BatchId, string TicketId)
{
    /// <summary>Stands in place of a batch for tickets that customers sent. No batch is called so.</summary>
    public const string Desk = "desk";

    /// <summary>Whether a customer sent it; else it was opened from a batch.</summary>
    public bool IsOfDesk => BatchId == Desk;

    /// <summary>The address of a ticket that a customer sent.</summary>
    public static TicketKey OfDesk(string ticketId) => new(Desk, ticketId);

    /// <inheritdoc/>
    public override string ToString() => $"{BatchId}/{TicketId}";

    /// <summary>Splits <c>batch/ticket</c>.</summary>
    /// <exception cref="GrainCallException"><c>invalid_ticket</c></exception>
    public static TicketKey Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < key.Length - 1
            ? new(key[..slash], key[(slash + 1)..])
            : throw new GrainCallException("invalid_ticket", $"The ticket key '{key}' is not batch/ticket-id, such as b1/TK-20260101-ABCDEFGHJKMN.");
    }
}

/// <summary>A ticket as its callers see it.</summary>
public sealed record TicketView
{
    public required string BatchId { get; init; }

    public required string TicketId { get; init; }

    /// <summary>Null of a ticket whose sender did not say who they are.</summary>
    public string? CustomerId { get; init; }

    public string? CustomerEmail { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    public required TicketStatus Status { get; init; }

    public required bool Escalated { get; init; }

    public string? EscalationReason { get; init; }

    /// <summary>What the last run of the workflow says of it; null before one has ended.</summary>
    public Category? Category { get; init; }

    /// <inheritdoc cref="Category"/>
    public Severity? Severity { get; init; }

    /// <inheritdoc cref="Category"/>
    public string? AssignedTeam { get; init; }

    /// <inheritdoc cref="Category"/>
    public Priority? Priority { get; init; }

    /// <summary>The open ticket that it repeats.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>How similar it is to that one, 0 to 1; null when it repeats none.</summary>
    public double? SimilarityScore { get; init; }

    /// <summary>What the sender's system added.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>How many runs of the workflow have begun.</summary>
    public int Runs { get; init; }

    /// <summary>When the customer wrote, by the world's clock.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Every change, the oldest first.</summary>
    public required IReadOnlyList<TicketChange> History { get; init; }
}

/// <summary>One change of a ticket.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action"><c>opened</c>, <c>status_changed</c>, <c>escalated</c> or <c>processed</c>.</param>
/// <param name="From">The status before; null when it was opened.</param>
/// <param name="To">The status after.</param>
/// <param name="Note">What the actor wrote to it.</param>
public sealed record TicketChange(DateTimeOffset At, string Actor, string Action, TicketStatus? From, TicketStatus To, string? Note);
