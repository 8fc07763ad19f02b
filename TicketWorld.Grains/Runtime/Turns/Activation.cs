namespace TicketWorld.Grains.Runtime;

/// <summary>
/// A grain in memory. It is valid under one lease epoch: as long as claims bring the same epoch, nobody else has written
/// the grain and its states are current. After a failed turn it is thrown away, because its objects may be half changed.
/// </summary>
internal sealed class Activation
{
    private readonly List<PersistentState> _states = [];
    private ActivationContext? _context;
    private Grain? _grain;

    /// <summary>Held from the load of a turn to the end of its commit, since the next claim can come before this process has seen the commit.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public LeaseEpoch Epoch { get; private set; }

    public bool IsLoaded => _grain is not null;

    public DateTimeOffset LastUsed { get; set; }

    public T AddState<T>(T state)
        where T : PersistentState
    {
        if (_states.Exists(s => s.Name == state.Name))
            throw new InvalidOperationException($"The grain names the state '{state.Name}' twice. Give each of its states its own name.");
        _states.Add(state);
        return state;
    }

    /// <summary>Makes the grain object and loads its states.</summary>
    public async Task<Grain> LoadAsync(
        GrainLease lease, GrainClass grainClass, IServiceProvider services, IGrainFactory factory, IGrainStore store, TurnContext turn)
    {
        if (_grain is not null && Epoch == lease.Epoch)
        {
            _context!.CurrentTurn = turn;
            return _grain;
        }

        Drop();
        var grain = grainClass.Create(services, this);
        if (_states.Count > 0)
        {
            var stored = await store.LoadStatesAsync(lease.Grain);
            foreach (var state in _states)
                state.Load(stored.GetValueOrDefault(state.Name));
        }

        _context = new(lease.Grain, factory) { CurrentTurn = turn };
        grain.Activation = _context;
        await grain.OnActivateAsync(turn.Cancellation);
        Epoch = lease.Epoch;
        return _grain = grain;
    }

    public List<StateChange> Changes() => [.. _states.Select(s => s.Change()).OfType<StateChange>()];

    public void Accept(IReadOnlyList<StateChange> changes)
    {
        foreach (var change in changes)
            _states.Find(s => s.Name == change.Name)!.Accept(change);
    }

    public void EndTurn() => _context?.EndTurn();

    /// <summary>Forgets the grain object and its states.</summary>
    public void Drop()
    {
        _grain = null;
        _context = null;
        _states.Clear();
    }
}
