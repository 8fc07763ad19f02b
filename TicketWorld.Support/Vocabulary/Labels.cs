namespace TicketWorld.Support.Vocabulary;

/// <summary>What kind of work a ticket is; the label set of the workflow.</summary>
public enum Category
{
    Technical,
    Billing,
    Account,
    FeatureRequest,
    BugReport,
    General,
}

/// <summary>Impact on the writer's side now, the gravest last, so that comparing says which is graver.</summary>
public enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>How the writer feels, the worst first.</summary>
public enum Sentiment
{
    Angry,
    Negative,
    Neutral,
    Positive,
}

/// <summary>Place in a team's queue, the first to be served last.</summary>
public enum Priority
{
    Low,
    Normal,
    High,
    Urgent,
}
