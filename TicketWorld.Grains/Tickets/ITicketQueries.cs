using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Grains.Tickets;

/// <summary>Opened tickets as the read model knows them: committed, and without waking a grain.</summary>
public interface ITicketQueries
{
    /// <summary>One page, the ones opened last first.</summary>
    /// <param name="filter">Which tickets.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 100.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<TicketPage> ListAsync(TicketFilter filter, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default);
}

/// <summary>Which tickets are asked for; what is null lets all through.</summary>
public sealed record TicketFilter(
    TicketStatus? Status = null, bool? Escalated = null, string? BatchId = null, string? CustomerId = null, Category? Category = null, Severity? Severity = null,
    string? AssignedTeam = null);

/// <summary>A ticket in a list.</summary>
public sealed record TicketSummary
{
    public required string BatchId { get; init; }

    public required string TicketId { get; init; }

    /// <summary>Null of a ticket whose sender did not say who they are.</summary>
    public string? CustomerId { get; init; }

    public string? CustomerEmail { get; init; }

    public required string Subject { get; init; }

    public required TicketStatus Status { get; init; }

    public required bool Escalated { get; init; }

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

    /// <summary>When the customer wrote, by the world's clock.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>One page of tickets.</summary>
/// <param name="Items">The tickets.</param>
/// <param name="Total">How many pass the filter.</param>
public sealed record TicketPage(IReadOnlyList<TicketSummary> Items, int Total);
