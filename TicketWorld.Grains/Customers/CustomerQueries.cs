namespace TicketWorld.Grains.Customers;

/// <inheritdoc cref="ICustomerQueries"/>
internal sealed class CustomerQueries(IReadModel readModel) : ICustomerQueries
{
    public async Task<CustomerPage> ListAsync(CustomerFilter filter, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 100);
        var parameters = new
        {
            batch_id = filter.BatchId,
            customer_id = filter.CustomerId,
            email = filter.Email,
            limit = pageSize,
            offset = (page - 1L) * pageSize,
        };
        var rows = await readModel.QueryAsync<Row>("list_customers", parameters, cancellationToken);
        return new(
            [.. rows.Select(r => new CustomerSummary(r.BatchId, r.CustomerId, r.Email, r.OpenTickets, r.FinishedTickets, DateTimeOffset.FromUnixTimeMilliseconds(r.UpdatedAt)))],
            await readModel.FirstAsync<int>("count_customers", parameters, cancellationToken));
    }

    /// <summary>A row of the table; the stores give numbers in types of their own, which properties take.</summary>
    private sealed class Row
    {
        public string BatchId { get; set; } = "";

        public string CustomerId { get; set; } = "";

        public string? Email { get; set; }

        public int OpenTickets { get; set; }

        public int FinishedTickets { get; set; }

        public long UpdatedAt { get; set; }
    }
}
