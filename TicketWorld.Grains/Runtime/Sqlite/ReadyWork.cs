using Microsoft.Extensions.Logging;

namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>
/// What the steps of a group made ready. Where this process has open slots it is claimed for them in the group's own commit; of the rest the silo is told when
/// the group is durable. Only the writer's thread uses it.
/// </summary>
/// <param name="claim">Claims grains of a priority whose head is due.</param>
internal sealed class ReadyWork(StoreHints hints, TimeProvider time, ILogger log, Func<SqliteSession, ClaimRequest, IEnumerable<ClaimedTurn>> claim) : SqliteWriter.IGroupEnd
{
    private readonly List<(MessagePriority Priority, DateTimeOffset Due)> _ready = [];

    /// <summary>Not in their lines yet, even if their time has come meanwhile: the silo's own claim joins them.</summary>
    private readonly List<(MessagePriority Priority, DateTimeOffset Due)> _delayed = [];
    private readonly List<(IOpenSlots Slots, int Taken, List<ClaimedTurn> Turns)> _filled = [];

    /// <summary>Priorities of which everything that is due has been claimed.</summary>
    private readonly HashSet<MessagePriority> _claimed = [];
    private DateTimeOffset _now;

    public void Add(MessagePriority priority, DateTimeOffset due) => _ready.Add((priority, due));

    public void AddDelayed(MessagePriority priority, DateTimeOffset due) => _delayed.Add((priority, due));

    public void Run(SqliteSession session)
    {
        if (_ready.Count == 0)
            return;
        _now = time.GetUtcNow();
        foreach (var priority in _ready.Where(work => work.Due <= _now).Select(work => work.Priority).Distinct().ToList())
        {
            // A silo without open slots, or with all of them filled, may have work of its own left over.
            var isAllClaimed = false;
            foreach (var slots in hints.SlotsOf(priority))
            {
                var taken = slots.TakeAll();
                var turns = new List<ClaimedTurn>();
                _filled.Add((slots, taken, turns));
                if (taken > 0)
                    turns.AddRange(claim(session, new(slots.Silo, priority, taken, _now, _now + slots.LeaseDuration)));
                isAllClaimed = turns.Count < taken;
                if (!isAllClaimed)
                    break;
            }

            if (isAllClaimed)
                _claimed.Add(priority);
        }
    }

    /// <summary>The claims were undone, not what made the messages ready.</summary>
    public void Fail(Exception error)
    {
        log.LogError(error, "Messages that became ready could not be claimed with the commit; the silo claims them for itself");
        GiveBack();
    }

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

        foreach (var (priority, due) in _delayed)
            hints.OnWorkReady(priority, due);
        _ready.Clear();
        _delayed.Clear();
        _claimed.Clear();
    }

    public void Undone()
    {
        GiveBack();
        _ready.Clear();
        _delayed.Clear();
    }

    private void GiveBack()
    {
        foreach (var (slots, taken, _) in _filled)
            slots.GiveBack(taken);
        _filled.Clear();
        _claimed.Clear();
    }
}
