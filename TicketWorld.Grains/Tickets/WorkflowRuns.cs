namespace TicketWorld.Grains.Tickets;

/// <inheritdoc cref="IWorkflowRuns"/>
internal sealed class WorkflowRuns(IReadModel readModel) : IWorkflowRuns
{
    public async Task<string?> ResultAsync(TicketKey ticket, int number, CancellationToken cancellationToken = default) =>
        (await readModel.FirstAsync<Row>("find_workflow_run", new { batch_id = ticket.BatchId, ticket_id = ticket.TicketId, number }, cancellationToken))?.Result;

    public async Task<IReadOnlyList<WorkflowRun>> ListAsync(TicketKey ticket, int limit, CancellationToken cancellationToken = default)
    {
        var rows = await readModel.QueryAsync<Row>("list_workflow_runs", new { batch_id = ticket.BatchId, ticket_id = ticket.TicketId, limit }, cancellationToken);
        return
        [
            .. rows.Select(row => new WorkflowRun(
                row.Number, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), row.EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null, row.Result)),
        ];
    }

    /// <summary>A row of the table; the stores give numbers in types of their own, which properties take.</summary>
    private sealed class Row
    {
        public int Number { get; set; }

        public long CreatedAt { get; set; }

        public long? EndedAt { get; set; }

        public string? Result { get; set; }
    }
}
