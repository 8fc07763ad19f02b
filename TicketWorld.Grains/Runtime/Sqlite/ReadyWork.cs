namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>
/// What the steps of a group made ready. Where this process has open slots it is claimed for them in the group's own commit; of the rest the silo is told when
/// the group is durable. Only the writer's thread uses it.
/// </summary>
/// <param name="claim">Claims grains of a priority whose head is due.</param>
internal sealed class ReadyWork(StoreHints hints, TimeProvider time, Func<SqliteSession, ClaimRequest, IEnumerable<ClaimedTurn>> claim) : SqliteWriter.IGroupEnd
{
    private readonly List<(MessagePriority Priority, DateTimeOffset Due)> _ready = [];
    private readonly List<(IOpenSlots Slots, int Taken, List<ClaimedTurn> Turns)> _filled = [];

    /// <summary>Priorities of which everything that is due has been claimed.</summary>
    private readonly HashSet<MessagePriority> _claimed = [];
    private DateTimeOffset _now;

    public void Add(MessagePriority priority, DateTimeOffset due) => _ready.Add((priority, due));

    public void Run(SqliteSession session)
    {
        if (_ready.Count == 0)
            return;
        _now = time.GetUtcNow();
        foreach (var priority in _ready.Where(work => work.Due <= _now).Select(work => work.Priority).Distinct().ToList())
        {
            foreach (var slots in hints.SlotsOf(priority))
            {
                var taken = slots.TakeAll();
                if (taken == 0)
                    continue;
                var turns = new List<ClaimedTurn>();
                _filled.Add((slots, taken, turns));
                turns.AddRange(claim(session, new(slots.Silo, priority, taken, _now, _now + slots.LeaseDuration)));

                if (turns.Count < taken)
                    _claimed.Add(priority);
            }
        }
    }

    /// <summary>The claims were undone, not what made the messages ready.</summary>
    public void Fail(Exception error) => GiveBack();

    public void Committed()
    {
        foreach (var (slots, taken, turns) in _filled)
        {
            slots.GiveBack(taken - turns.Count);
            turns.ForEach(slots.Run);
        }

        _filled.Clear();
        foreach (var (priority, due) in _ready)
        {
            if (due > _now || !_claimed.Contains(priority))
                hints.OnWorkReady(priority, due);
        }

        _ready.Clear();
        _claimed.Clear();
    }

    public void Undone()
    {
        GiveBack();
        _ready.Clear();
    }

    private void GiveBack()
    {
        foreach (var (slots, taken, _) in _filled)
            slots.GiveBack(taken);
        _filled.Clear();
        _claimed.Clear();
    }
}
