namespace TicketWorld.Grains.Customers;

/// <summary>Customers who have opened tickets, as the read model knows them: committed, and without waking a grain.</summary>
public interface ICustomerQueries
{
    /// <summary>One page, the ones whose tickets changed last first.</summary>
    /// <param name="filter">Which customers.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 100.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<CustomerPage> ListAsync(CustomerFilter filter, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default);
}

/// <summary>Which customers are asked for; what is null lets all through. Addresses are compared without regard to case.</summary>
public sealed record CustomerFilter(string? BatchId = null, string? CustomerId = null, string? Email = null);

/// <summary>A customer in a list.</summary>
/// <param name="BatchId">The world's batch.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Email">The address that the last ticket came from; null where it is not known.</param>
/// <param name="OpenTickets">How many tickets somebody still has to work on.</param>
/// <param name="FinishedTickets">How many are resolved, closed or cancelled.</param>
/// <param name="UpdatedAt">When one of the tickets last changed.</param>
public sealed record CustomerSummary(string BatchId, string CustomerId, string? Email, int OpenTickets, int FinishedTickets, DateTimeOffset UpdatedAt);

/// <summary>One page of customers.</summary>
/// <param name="Items">The customers.</param>
/// <param name="Total">How many pass the filter.</param>
public sealed record CustomerPage(IReadOnlyList<CustomerSummary> Items, int Total);
