using System.Text.Json;

namespace TicketWorld.Grains.Tickets;

/// <summary>Where a ticket stands. Whether it is escalated is kept beside this.</summary>
public enum TicketStatus
{
    Open,
    InProgress,
    PendingCustomer,
    Resolved,
    Closed,
    Cancelled,
}

/// <summary>Which status may follow which.</summary>
public static class TicketStatusRules
{
    /// <summary>The statuses that may follow; none for a ticket that is closed or cancelled.</summary>
    public static IReadOnlyList<TicketStatus> After(TicketStatus status) => status switch
    {
        TicketStatus.Open => [TicketStatus.InProgress, TicketStatus.PendingCustomer, TicketStatus.Resolved, TicketStatus.Cancelled],
        TicketStatus.InProgress => [TicketStatus.PendingCustomer, TicketStatus.Resolved, TicketStatus.Cancelled],
        TicketStatus.PendingCustomer => [TicketStatus.InProgress, TicketStatus.Resolved, TicketStatus.Cancelled],
        TicketStatus.Resolved => [TicketStatus.InProgress, TicketStatus.Closed],
        _ => [],
    };

    /// <summary>The status as it is written everywhere: in_progress.</summary>
    public static string Word(TicketStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    /// <summary>The status that a word stands for, or null.</summary>
    public static TicketStatus? Find(string word) =>
        Enum.GetValues<TicketStatus>().Cast<TicketStatus?>().FirstOrDefault(status => string.Equals(Word(status!.Value), word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether nobody works on the ticket any more.</summary>
    public static bool IsFinished(TicketStatus status) =>
        status is TicketStatus.Resolved or TicketStatus.Closed or TicketStatus.Cancelled;
}
