using System.Collections.Concurrent;

namespace TicketWorld.Grains.Runtime;

/// <summary>The grains that this silo has in memory.</summary>
internal sealed class Activations(SiloId silo, TimeProvider time)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _active = new();

    public int Count => _active.Values.Count(a => a.IsLoaded);

    public Activation Get(GrainId grain) => _active.GetOrAdd(grain, _ => new Activation { LastUsed = time.GetUtcNow() });

    /// <summary>Forgets the grains that no turn has used for the given time; gives their leases, which the caller releases.</summary>
    public IReadOnlyList<GrainLease> DropIdle(TimeSpan idleTime)
    {
        var before = time.GetUtcNow() - idleTime;
        var dropped = new List<GrainLease>();
        foreach (var (grain, activation) in _active)
        {
            // An activation whose gate is held runs a turn. A turn that already holds the object of one that is dropped
            // here loads it again; the store runs one turn of a grain at a time, so the two objects never work at once.
            if (activation.LastUsed > before || !activation.Gate.Wait(0))
                continue;
            try
            {
                if (activation.IsLoaded)
                    dropped.Add(new(grain, silo, activation.Epoch));
                activation.Drop();
                _active.TryRemove(new KeyValuePair<GrainId, Activation>(grain, activation));
            }
            finally
            {
                activation.Gate.Release();
            }
        }

        return dropped;
    }
}
