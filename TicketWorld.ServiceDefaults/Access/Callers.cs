namespace TicketWorld.ServiceDefaults;

/// <summary>Who may call an endpoint. Every endpoint states it; a host with endpoints that are silent about it does not start.</summary>
[Flags]
public enum Callers
{
    /// <summary>Nobody; no endpoint states it.</summary>
    None = 0,

    /// <summary>Holders of keys of the role admin.</summary>
    Admin = 1,

    /// <summary>Holders of keys of the role agent.</summary>
    Agent = 2,

    /// <summary>Holders of keys of the role analyst.</summary>
    Analyst = 4,

    /// <summary>Holders of keys of the role customer, for what belongs to their customer.</summary>
    Customer = 8,

    /// <summary>Whoever reaches the host, with a key or without.</summary>
    Anyone = 16,

    /// <summary>
    /// Any process of this machine: for hosts without keys, which bind loopback addresses only and refuse foreign Host and Origin headers,
    /// and so enforce it for all endpoints alike.
    /// </summary>
    ThisMachine = 32,

    /// <summary>Holders of keys of every role but customer.</summary>
    Staff = Admin | Agent | Analyst,

    /// <summary>Holders of keys of any role.</summary>
    KeyHolders = Staff | Customer,
}
