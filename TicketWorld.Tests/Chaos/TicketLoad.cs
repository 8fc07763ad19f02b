using System.Collections.Concurrent;
using System.Globalization;
using TicketWorld.Grains.Tickets;

namespace TicketWorld.Tests.Chaos;

/// <summary>Tickets that are opened over HTTP and worked on until they are closed.</summary>
internal sealed class TicketLoad(ApiClient api, GrainLink link, Tally tally, int tickets)
{
    private const int PageSize = 100;
    private const int Workers = 3;

    private static readonly TicketStatus[] Way = [TicketStatus.InProgress, TicketStatus.Resolved, TicketStatus.Closed];

    private static readonly string[] Changes = ["opened open", "status_changed in_progress", "status_changed resolved", "status_changed closed"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly ConcurrentQueue<string> _ids = new();
    private readonly ConcurrentBag<string> _accepted = [];
    private string _batch = "";

    public int Accepted => _accepted.Count;

    /// <summary>Makes the batch whose tickets are opened.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        var answer = await api.PostAsync("/api/v1/batches", new { tickets, customers = 100, orders = tickets, seed = 11 }, "chaos-tickets", cancellation);
        _batch = answer.GetProperty("batch_id").GetString()!;
        if (await api.EndOfBatchAsync(_batch, null, cancellation) is not "completed" and var end)
            throw new InvalidOperationException($"The batch of the tickets ended as {end}.");
        for (var page = 1; page <= (tickets + PageSize - 1) / PageSize; page++)
        {
            var found = await api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/batches/{_batch}/tickets?page={page}&page_size={PageSize}"), cancellation);
            foreach (var ticket in found.GetProperty("items").EnumerateArray())
                _ids.Enqueue(ticket.GetProperty("ticket_id").GetString()!);
        }
    }

    /// <summary>Opens tickets until told to stop or none are left, and works each to its end.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(stop)));

    /// <summary>How many accepted tickets are not where they were left, and how many of their changes were applied more than once.</summary>
    public async Task<(int Lost, int Doubled)> CheckAsync(CancellationToken cancellation)
    {
        var (lost, doubled) = (0, 0);
        foreach (var id in _accepted)
        {
            var answer = await api.GetAsync($"/api/v1/tickets/{_batch}.{id}", cancellation);
            var ticket = answer.GetProperty("ticket");
            var history = ticket.GetProperty("history").EnumerateArray()
                .Select(change => $"{change.GetProperty("action").GetString()} {change.GetProperty("to").GetString()}").ToList();
            var missing = Changes.Except(history).Count();
            var again = history.Count - history.Distinct().Count();
            if (missing == 0 && again == 0 && history.SequenceEqual(Changes) && ticket.GetProperty("status").GetString() == "closed")
                continue;
            (lost, doubled) = (lost + missing, doubled + again);
            tally.Violation($"the ticket {id} is {ticket.GetProperty("status")} with the changes {string.Join(", ", history)}");
        }

        return (lost, doubled);
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && _ids.TryDequeue(out var id))
        {
            await api.PostAsync($"/api/v1/batches/{_batch}/tickets/{id}/open", null, $"open-{id}", CancellationToken.None);
            _accepted.Add(id);
            foreach (var status in Way)
            {
                await link.CallAsync(
                    $"ticket {id} to {status}",
                    () => link.Grains.GetGrain<ITicketGrain>(new TicketKey(_batch, id).ToString(), new() { MessageId = $"{id}-{status}" }).ChangeStatus(status, "agent", null),
                    CancellationToken.None);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
