namespace TicketWorld.Tests.Chaos;

/// <summary>One batch after the other over HTTP: the first a large one, then smaller ones for as long as faults go on.</summary>
internal sealed class BatchLoad(ApiClient api, Tally tally, ChaosOptions options)
{
    private readonly List<(string Id, int Tickets)> _completed = [];
    private int _done;

    public IReadOnlyList<(string Id, int Tickets)> Completed => _completed;

    /// <summary>Tickets done of the batch that runs.</summary>
    public int Done => _done;

    public static object OptionsFor(int tickets) => new { tickets, customers = 2_000, products = 100, orders = 2_000, seed = 5 };

    /// <summary>Runs batches until told to stop, and the last one to its end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var number = 1; number == 1 || !stop.IsCancellationRequested; number++)
        {
            var tickets = number == 1 ? options.Tickets : options.LaterTickets;
            var answer = await api.PostAsync("/api/v1/batches", OptionsFor(tickets), $"chaos-batch-{number}", CancellationToken.None);
            var id = answer.GetProperty("batch_id").GetString()!;
            if (await api.EndOfBatchAsync(id, done => _done = done, CancellationToken.None) is not "completed" and var end)
                tally.Violation($"the batch {id} ended as {end}");
            else
                _completed.Add((id, tickets));
        }
    }

    /// <summary>Compares each file of each batch with that of a run without faults.</summary>
    public async Task CheckAsync(IReadOnlyDictionary<int, SortedDictionary<string, string>> calm, CancellationToken cancellation)
    {
        foreach (var (id, tickets) in _completed)
        {
            var files = await api.FilesAsync(id, cancellation);
            if (!files.SequenceEqual(calm[tickets]))
                tally.Violation($"the batch {id} of {tickets} tickets has other bytes in {string.Join(", ", files.Except(calm[tickets]).Select(f => f.Key))} than without faults");
        }
    }
}
