namespace TicketWorld.Worlds.Auditing;

/// <summary>How bad a finding is for the customer or the company.</summary>
public enum AuditSeverity : byte
{
    /// <summary>The customer would get something else than the policy gives, or somebody else would.</summary>
    Critical,

    /// <summary>The decision may stand, but what it rests on, or a particular of it, is wrong.</summary>
    Major,

    /// <summary>A text is missing or says what the case does not have.</summary>
    Minor,
}

/// <summary>What kind of error a finding is.</summary>
public enum AuditErrorType : byte
{
    /// <summary>A clause that decides is not cited, or one that does not is.</summary>
    MissedPolicy,

    /// <summary>Action, outcome, escalation or priority is not what the policy demands.</summary>
    IncorrectAction,

    /// <summary>Dates do not fit, or the decision is right for another day only.</summary>
    WrongTimeline,

    /// <summary>An amount or another particular of an action is wrong.</summary>
    IncorrectValue,
    WrongCustomer,
    WrongOrder,
    WrongProduct,

    /// <summary>The message contradicts the record, and the resolution does not say so; or it says so, and the message does not.</summary>
    MissedDiscrepancy,

    /// <summary>A text of the resolution states what the case does not have, or nothing.</summary>
    UnsupportedClaim,

    /// <summary>The record cannot be read, or contradicts other records.</summary>
    InvalidRecord,
}

/// <summary>Something in a ticket or a record that is wrong.</summary>
/// <param name="Record">Id of the ticket or record, or its place when it has no readable id.</param>
/// <param name="Field">Path of the field, as in docs/datasets.md.</param>
public sealed record AuditFinding(
    string Record, AuditSeverity Severity, AuditErrorType ErrorType, string Field, string Problem, string Found, string Expected);
