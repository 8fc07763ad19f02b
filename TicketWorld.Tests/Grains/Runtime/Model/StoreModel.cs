using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Runtime.Model;

/// <summary>
/// The protocol of <see cref="IGrainStore"/> as plain collections and a clock that stands still: what each step must answer
/// and leave behind. It knows nothing of tables, indexes, copies of heads, groups or transactions.
/// </summary>
internal sealed class StoreModel
{
    private readonly Dictionary<GrainId, ModelGrain> _grains = [];
    private readonly Dictionary<string, ModelMessage> _messages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _rows = new(StringComparer.Ordinal);
    private long _order;

    public DateTimeOffset Now { get; set; } = new(2026, 2, 15, 9, 0, 0, TimeSpan.Zero);

    public IReadOnlyDictionary<string, ModelMessage> Messages => _messages;

    public IReadOnlyDictionary<GrainId, ModelGrain> Grains => _grains;

    public IEnumerable<string> Rows => _rows.Order(StringComparer.Ordinal);

    public IEnumerable<ModelMessage> Parked => _messages.Values.Where(m => m.State == ModelState.Parked);

    public QueueDepth Depth => new(
        _messages.Values.Count(m => m.State == ModelState.InLine && !m.IsRunning),
        _messages.Values.Count(m => m.State == ModelState.Delayed),
        _messages.Values.Count(m => m.IsRunning),
        Parked.Count());

    public EnqueueResult Enqueue(NewMessage message)
    {
        if (_messages.TryGetValue(message.Id, out var known))
        {
            return (known.Target, known.Method, known.Arguments) == (message.Target, message.Method, message.Arguments)
                ? EnqueueResult.Duplicate
                : EnqueueResult.Conflict;
        }

        var added = new ModelMessage(message) { Order = ++_order };
        _messages.Add(message.Id, added);
        if (message.DueAt > message.CreatedAt)
            added.State = ModelState.Delayed;
        else
            JoinLine(added);
        return EnqueueResult.Accepted;
    }

    /// <summary>What a claim does before it takes anything; gives the grains that can be taken, and whether delayed messages joined.</summary>
    public (IReadOnlyList<ModelGrain> Claimable, bool Joined) BeginClaim(SiloId silo, MessagePriority priority, TimeSpan lease)
    {
        // What a silo holds itself it takes over only a whole lease after the expiry: it was claimed, and the answer never came.
        foreach (var grain in _grains.Values.Where(g => g.Running is not null && g.ExpiresAt <= (g.Owner == silo ? Now - lease : Now)))
            TakeOver(grain);
        var due = _messages.Values.Where(m => m.State == ModelState.Delayed && m.DueAt <= Now).OrderBy(m => m.DueAt).ThenBy(m => m.Order).ToList();
        foreach (var message in due)
        {
            message.Order = ++_order;
            JoinLine(message);
        }

        var claimable = _grains.Values
            .Where(g => g.Running is null && g.Head is { } head && head.Priority == priority && head.DueAt <= Now
                && (g.Owner is null || g.Owner == silo || g.ExpiresAt <= Now))
            .OrderBy(g => g.Head!.DueAt).ThenBy(g => g.Head!.Order);
        return ([.. claimable], due.Count > 0);
    }

    /// <summary>Takes the head of a grain's line; gives the lease under which it runs.</summary>
    public static GrainLease Claim(ModelGrain grain, SiloId silo, DateTimeOffset expiresAt)
    {
        if (grain.Owner != silo)
            grain.Epoch++;
        (grain.Owner, grain.ExpiresAt, grain.Running) = (silo, expiresAt, grain.Head);
        grain.Running!.IsRunning = true;
        return new(grain.Id, silo, new(grain.Epoch));
    }

    /// <summary>When the next message of a priority is due that nobody runs.</summary>
    public DateTimeOffset? NextDue(MessagePriority priority)
    {
        var due = _grains.Values.Where(g => g.Running is null && g.Head is { } head && head.Priority == priority && head.DueAt > Now).Select(g => g.Head!.DueAt)
            .Concat(_messages.Values.Where(m => m.State == ModelState.Delayed).Select(m => m.DueAt)).ToList();
        return due.Count == 0 ? null : due.Min();
    }

    /// <summary>The end of a turn; null where a staged row is there already, which undoes all of it.</summary>
    public CommitResult? Commit(TurnEffects turn, string? row)
    {
        if (Holding(turn.Lease, turn.MessageId) is not { } grain)
            return CommitResult.LeaseLost;
        if (turn.States.Any(s => (grain.States.TryGetValue(s.Name, out var held) ? held.Version : 0) != s.ExpectedVersion))
            return CommitResult.VersionConflict;
        if (row is not null && !_rows.Add(row))
            return null;
        foreach (var state in turn.States)
        {
            if (state.Json is null)
                grain.States.Remove(state.Name);
            else
                grain.States[state.Name] = new(state.ExpectedVersion + 1, state.Json);
        }

        var message = grain.Running!;
        LeaveLine(grain, message);
        (message.State, message.EndedAt, message.Outcome) = (ModelState.Ended, Now, turn.Outcome);
        message.Effects++;
        foreach (var sent in turn.Messages)
            Enqueue(sent);
        grain.ExpiresAt = turn.ExpiresAt;
        return CommitResult.Committed;
    }

    public CommitResult Fail(TurnFailure failure)
    {
        if (Holding(failure.Lease, failure.MessageId) is not { } grain)
            return CommitResult.LeaseLost;
        var message = grain.Running!;
        message.Attempts += failure.CountsAsAttempt ? 1 : 0;
        if (failure.RetryAt is { } retryAt)
        {
            message.DueAt = retryAt;
            message.IsRunning = false;
            grain.Running = null;
        }
        else
        {
            LeaveLine(grain, message);
            (message.State, message.EndedAt, message.Outcome) = (ModelState.Parked, Now, new(null, failure.Error));
        }

        grain.Owner = null;
        if (failure.Reply is { } reply)
            Enqueue(reply);
        return CommitResult.Committed;
    }

    public IReadOnlyList<GrainLease> Renew(IReadOnlyList<GrainLease> leases, DateTimeOffset expiresAt)
    {
        var lost = new List<GrainLease>();
        foreach (var lease in leases)
        {
            if (_grains.GetValueOrDefault(lease.Grain) is { Running: not null } grain && Owns(grain, lease))
                grain.ExpiresAt = expiresAt;
            else
                lost.Add(lease);
        }

        return lost;
    }

    public void Release(IReadOnlyList<GrainLease> leases)
    {
        foreach (var lease in leases)
        {
            if (_grains.GetValueOrDefault(lease.Grain) is { Running: null } grain && Owns(grain, lease))
                grain.Owner = null;
        }
    }

    public void ReleaseAll(SiloId silo)
    {
        foreach (var grain in _grains.Values.Where(g => g.Running is null && g.Owner == silo))
            grain.Owner = null;
    }

    /// <summary>The store's process died and starts again, and with it every silo there is.</summary>
    public void TakeOverAll()
    {
        foreach (var grain in _grains.Values.Where(g => g.Owner is not null))
            TakeOver(grain);
    }

    public bool Replay(string id)
    {
        if (_messages.GetValueOrDefault(id) is not { State: ModelState.Parked } message)
            return false;
        (message.Attempts, message.Interruptions, message.DueAt, message.Outcome, message.EndedAt, message.Order) = (0, 0, Now, null, null, ++_order);
        JoinLine(message);
        return true;
    }

    public bool Discard(string id, string reason)
    {
        if (_messages.GetValueOrDefault(id) is not { State: ModelState.Parked } message)
            return false;
        (message.State, message.EndedAt) = (ModelState.Ended, Now);
        message.Outcome = new(null, message.Outcome!.Failure! with { Code = "discarded", Message = reason });
        return true;
    }

    public int Purge(DateTimeOffset endedBefore)
    {
        var gone = _messages.Values.Where(m => m.State == ModelState.Ended && m.EndedAt < endedBefore).ToList();
        foreach (var message in gone)
            _messages.Remove(message.Id);
        return gone.Count;
    }

    private static bool Owns(ModelGrain grain, GrainLease lease) => grain.Owner == lease.Owner && grain.Epoch == lease.Epoch.Value;

    private static void TakeOver(ModelGrain grain)
    {
        if (grain.Running is { } cutOff)
        {
            cutOff.Interruptions++;
            cutOff.IsRunning = false;
        }

        (grain.Running, grain.Owner) = (null, null);
        grain.Epoch++;
    }

    private static void LeaveLine(ModelGrain grain, ModelMessage message)
    {
        grain.Line.Remove(message);
        message.IsRunning = false;
        grain.Running = null;
    }

    private ModelGrain? Holding(GrainLease lease, string messageId) =>
        _grains.GetValueOrDefault(lease.Grain) is { } grain && Owns(grain, lease) && grain.Running?.Id == messageId ? grain : null;

    private void JoinLine(ModelMessage message)
    {
        if (!_grains.TryGetValue(message.Target, out var grain))
            _grains.Add(message.Target, grain = new(message.Target));
        message.State = ModelState.InLine;
        grain.Line.Add(message);
    }
}

internal enum ModelState
{
    InLine,
    Delayed,
    Ended,
    Parked,
}

internal sealed class ModelGrain(GrainId id)
{
    public GrainId Id { get; } = id;

    /// <summary>In the order of acceptance; the head is the first.</summary>
    public List<ModelMessage> Line { get; } = [];

    public ModelMessage? Head => Line.Count == 0 ? null : Line[0];

    public ModelMessage? Running { get; set; }

    public long Epoch { get; set; }

    public SiloId? Owner { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public Dictionary<string, StoredState> States { get; } = new(StringComparer.Ordinal);
}

internal sealed class ModelMessage(NewMessage sent)
{
    public string Id { get; } = sent.Id;

    public GrainId Target { get; } = sent.Target;

    public string Method { get; } = sent.Method;

    public string Arguments { get; } = sent.Arguments;

    public MessagePriority Priority { get; } = sent.Priority;

    public DateTimeOffset DueAt { get; set; } = sent.DueAt;

    public ModelState State { get; set; }

    public bool IsRunning { get; set; }

    public long Order { get; set; }

    public int Attempts { get; set; }

    public int Interruptions { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public MessageOutcome? Outcome { get; set; }

    /// <summary>How often a turn for this message was committed.</summary>
    public int Effects { get; set; }
}
