namespace TicketWorld.Grains.Access;

/// <summary>What the holder of a key is to the desk.</summary>
public enum ApiKeyRole
{
    /// <summary>May do everything.</summary>
    Admin,

    /// <summary>Works on tickets: tickets, customers, workflow.</summary>
    Agent,

    /// <summary>Reads, and makes batches and their files.</summary>
    Analyst,

    /// <summary>Sees and posts what belongs to one customer.</summary>
    Customer,
}
