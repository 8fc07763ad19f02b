namespace TicketWorld.Support.Vocabulary;

/// <summary>Where a ticket stands. Whether it was escalated is said beside it.</summary>
public enum TicketState
{
    Open,
    InProgress,
    PendingCustomer,
    Resolved,
    Closed,
    Cancelled,
}
