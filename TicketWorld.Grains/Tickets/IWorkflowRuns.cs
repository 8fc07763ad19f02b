namespace TicketWorld.Grains.Tickets;

/// <summary>A run of the workflow as the read model knows it.</summary>
/// <param name="Number">Which run of its ticket, from 1.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="EndedAt">Null while it goes on.</param>
/// <param name="Result">A <see cref="Support.Workflow.WorkflowResult"/> in JSON; null while the run goes on.</param>
public sealed record WorkflowRun(int Number, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Result);

/// <summary>Runs of the workflow: committed, and without waking a grain.</summary>
public interface IWorkflowRuns
{
    /// <summary>The result of a run in JSON; null while it goes on or when there is none.</summary>
    Task<string?> ResultAsync(TicketKey ticket, int number, CancellationToken cancellationToken = default);

    /// <summary>The newest runs of a ticket, the newest first.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="limit">The most that are wanted.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlyList<WorkflowRun>> ListAsync(TicketKey ticket, int limit, CancellationToken cancellationToken = default);
}
