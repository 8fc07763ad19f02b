using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Grains.Tickets;

/// <inheritdoc cref="ITicketQueries"/>
internal sealed class TicketQueries(IReadModel readModel) : ITicketQueries
{
    public async Task<TicketPage> ListAsync(TicketFilter filter, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 100);
        var parameters = new
        {
            status = filter.Status is { } status ? TicketStatusRules.Word(status) : null,
            escalated = filter.Escalated,
            batch_id = filter.BatchId,
            customer_id = filter.CustomerId,
            category = filter.Category is { } category ? RuleWords.Of(category) : null,
            severity = filter.Severity is { } severity ? RuleWords.Of(severity) : null,
            assigned_team = filter.AssignedTeam,
            limit = pageSize,
            offset = (page - 1L) * pageSize,
        };
        var rows = await readModel.QueryAsync<Row>("list_tickets", parameters, cancellationToken);
        return new([.. rows.Select(row => row.ToSummary())], await readModel.FirstAsync<int>("count_tickets", parameters, cancellationToken));
    }

    /// <summary>A row of the table; the stores give numbers and truth values in types of their own, which properties take.</summary>
    private sealed class Row
    {
        public string BatchId { get; set; } = "";

        public string TicketId { get; set; } = "";

        public string CustomerId { get; set; } = "";

        public string CustomerEmail { get; set; } = "";

        public string Subject { get; set; } = "";

        public string Status { get; set; } = "";

        public bool Escalated { get; set; }

        public string? Category { get; set; }

        public string? Severity { get; set; }

        public string? AssignedTeam { get; set; }

        public string? Priority { get; set; }

        public string? DuplicateOf { get; set; }

        public long WrittenAt { get; set; }

        public long OpenedAt { get; set; }

        public long UpdatedAt { get; set; }

        public TicketSummary ToSummary() => new()
        {
            BatchId = BatchId,
            TicketId = TicketId,
            CustomerId = CustomerId.Length > 0 ? CustomerId : null,
            CustomerEmail = CustomerEmail.Length > 0 ? CustomerEmail : null,
            Subject = Subject,
            Status = TicketStatusRules.Find(Status)!.Value,
            Escalated = Escalated,
            Category = Category is null ? null : RuleWords.Find<Category>(Category),
            Severity = Severity is null ? null : RuleWords.Find<Severity>(Severity),
            AssignedTeam = AssignedTeam,
            Priority = Priority is null ? null : RuleWords.Find<Priority>(Priority),
            DuplicateOf = DuplicateOf,
            WrittenAt = DateTimeOffset.FromUnixTimeMilliseconds(WrittenAt),
            OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt),
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
        };
    }
}
