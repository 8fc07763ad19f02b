using System.Collections.Concurrent;

namespace TicketWorld.AppHost.Processes;

/// <summary>The current snapshot of every process, and a way to wait for a change.</summary>
internal sealed class ResourceBoard
{
    private readonly ConcurrentDictionary<string, ResourceSnapshot> _snapshots;
    private readonly IReadOnlyList<string> _order;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ResourceBoard(ApplicationPlan plan)
    {
        _order = [.. plan.Processes.Select(process => process.Name)];
        _snapshots = new(plan.Processes.ToDictionary(
            process => process.Name,
            process => new ResourceSnapshot { Name = process.Name, Resource = process.Resource, Address = process.Address }));
    }

    public IReadOnlyList<ResourceSnapshot> All => [.. _order.Select(name => _snapshots[name])];

    public ResourceSnapshot? Find(string name) => _snapshots.GetValueOrDefault(name);

    public void Update(string name, Func<ResourceSnapshot, ResourceSnapshot> change)
    {
        _snapshots.AddOrUpdate(name, _ => throw new KeyNotFoundException(name), (_, old) => change(old));
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Returns when every named process is healthy.</summary>
    public async Task WaitUntilHealthyAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the look, so that a change in between is not missed.
            var changed = Volatile.Read(ref _changed).Task;
            if (names.All(name => _snapshots[name].Health == ResourceHealth.Healthy))
                return;
            await changed.WaitAsync(cancellationToken);
        }
    }
}
