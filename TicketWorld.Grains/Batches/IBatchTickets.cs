using System.Text.Json;

namespace TicketWorld.Grains.Batches;

/// <summary>The tickets of a batch, read from the chunks that its grain has counted.</summary>
public interface IBatchTickets
{
    /// <summary>
    /// One page in the order of generation; null when there is no such batch. While the batch runs, only tickets of the
    /// chunks counted so far are listed, and <see cref="TicketPage.Total"/> is their number.
    /// </summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 100.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<TicketPage?> PageAsync(string batchId, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default);

    /// <summary>The ticket's document, with its proof when the batch was made with debug keys; null when there is none.</summary>
    Task<JsonElement?> GetAsync(string batchId, string ticketId, CancellationToken cancellationToken = default);
}

/// <summary>One page of ticket documents.</summary>
public sealed record TicketPage(IReadOnlyList<JsonElement> Items, int Total, int Page, int PageSize);
