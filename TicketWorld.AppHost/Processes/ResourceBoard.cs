using System.Collections.Concurrent;

namespace TicketWorld.AppHost.Processes;

/// <summary>The current snapshot of every process, and a way to wait for a change.</summary>
internal sealed class ResourceBoard
{
    private readonly ConcurrentDictionary<string, ResourceSnapshot> _snapshots = new();
    private readonly List<string> _resources;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ResourceBoard(ApplicationPlan plan)
    {
        _resources = [.. plan.Resources];
        foreach (var process in plan.Processes)
            Add(process);
    }

    /// <summary>In the order of the application's description, replicas by their numbers.</summary>
    public IReadOnlyList<ResourceSnapshot> All =>
        [.. _snapshots.Values.OrderBy(snapshot => _resources.IndexOf(snapshot.Resource)).ThenBy(snapshot => snapshot.Replica)];

    public ResourceSnapshot? Find(string name) => _snapshots.GetValueOrDefault(name);

    public void Add(ProcessPlan process)
    {
        _snapshots[process.Name] = new() { Name = process.Name, Resource = process.Resource, Replica = process.Replica, Address = process.Address };
        TellChange();
    }

    public void Remove(string name)
    {
        _snapshots.TryRemove(name, out _);
        TellChange();
    }

    public void Update(string name, Func<ResourceSnapshot, ResourceSnapshot> change)
    {
        _snapshots.AddOrUpdate(name, _ => throw new KeyNotFoundException(name), (_, old) => change(old));
        TellChange();
    }

    /// <summary>Returns when every named process is healthy; one that was removed is not waited for.</summary>
    public async Task WaitUntilHealthyAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the look, so that a change in between is not missed.
            var changed = Volatile.Read(ref _changed).Task;
            if (names.All(name => Find(name) is null or { Health: ResourceHealth.Healthy }))
                return;
            await changed.WaitAsync(cancellationToken);
        }
    }

    private void TellChange() =>
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
