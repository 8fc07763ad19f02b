using System.Globalization;
using System.Text;
using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Runtime.Model;

/// <summary>One step of a script; what it does depends on what there is when it is reached. Small numbers are plain cases.</summary>
internal readonly record struct Step(int Kind, int A, int B, int C);

/// <summary>
/// Runs steps on a store and on the model, compares each answer, and at the end everything that can be seen. A silo here is a name
/// under which turns are claimed: when it crashes its turns are still tried later, as a process that was only asleep would.
/// </summary>
/// <param name="store">An empty store that nobody else uses.</param>
/// <param name="restart">Ends the store's process and starts it again; null where silos outlive the store's restart.</param>
/// <param name="parked">The store's parked messages.</param>
/// <param name="rows">What the staged statement has left.</param>
internal sealed class StoreScript(
    IGrainStore store, Func<Task<IGrainStore>>? restart, Func<Task<IReadOnlyList<ParkedMessage>>> parked, Func<Task<IReadOnlyList<string>>> rows)
{
    /// <summary>The name of a statement that adds a row with the identity <c>@id</c>, and fails if it is there.</summary>
    public const string AddRow = "add_model_row";

    private const int Grains = 3;
    private const int Silos = 3;

    private readonly StoreModel _model = new();
    private readonly List<Turn> _turns = [];
    private readonly SiloId[] _silos = [.. Enumerable.Range(0, Silos).Select(i => new SiloId($"silo-{i}"))];
    private readonly StringBuilder _trace = new();
    private IGrainStore _store = store;
    private int _next;

    /// <summary>What has been done so far, a line a step.</summary>
    public string Trace => _trace.ToString();

    public async Task RunAsync(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            await RunAsync(step);
            Same(_model.Depth, await _store.DepthAsync(default), "depth");
        }

        await CompareAsync();
        await DrainAsync();
        await CompareAsync();
    }

    private Task RunAsync(Step step) => step.Kind switch
    {
        < 22 => EnqueueAsync(step),
        < 46 => ClaimAsync(_silos[step.A % Silos], (MessagePriority)(step.B % 2), 1 + (step.C % 4)),
        < 66 => CommitAsync(step),
        < 76 => FailAsync(step),
        < 80 => RenewAsync(step),
        < 83 => Crash(step.A % Silos),
        < 91 => Advance(step),
        < 94 => ReplayAsync(step.A),
        < 95 => DiscardAsync(step.A),
        < 97 => ReleaseAsync(step),
        < 98 => PurgeAsync(step.A),
        _ => step.C % 8 == 7 ? RestartAsync() : ClaimAsync(_silos[step.A % Silos], (MessagePriority)(step.B % 2), 4),
    };

    private async Task EnqueueAsync(Step step)
    {
        // Of eight messages one has an identity that was used before, with the same content or another.
        var known = step.B % 8 == 7 && _next > 0;
        var message = NewMessage(known ? $"m{step.A % _next}" : $"m{_next++}", step.A, step.C, known && step.C % 2 == 1 ? "[1]" : "[]");
        if (known && _model.Messages.TryGetValue(message.Id, out var first))
            message = message with { Target = first.Target };
        await BothAsync($"enqueue {Describe(message)}", _model.Enqueue(message), _store.EnqueueAsync(message, default));
    }

    private async Task ClaimAsync(SiloId silo, MessagePriority priority, int max)
    {
        var expiresAt = _model.Now.AddSeconds(30);
        var line = $"claim by {silo} of {priority}, at most {max}";
        var found = await _store.ClaimAsync(new(silo, priority, max, _model.Now, expiresAt));
        Write($"{line}: {string.Join(", ", found.Turns.Select(t => $"{t.MessageId} of {t.Lease.Grain} under {t.Lease.Epoch}"))}");

        var (claimable, joined) = _model.BeginClaim(silo, priority, expiresAt - _model.Now);
        Same(Math.Min(max, claimable.Count), found.Turns.Count, "claimed");
        var chosen = found.Turns.Select(t => t.Lease.Grain).ToHashSet();
        Same(found.Turns.Count, chosen.Count, "one turn a grain");

        // A store may take what was due before it looks at what has just joined.
        if (!joined)
            Same(string.Join(' ', claimable.Take(max).Select(g => g.Id).Order(Comparer)), string.Join(' ', chosen.Order(Comparer)), "the longest due first");
        foreach (var turn in found.Turns)
        {
            var grain = claimable.SingleOrDefault(g => g.Id == turn.Lease.Grain) ?? throw new ModelMismatchException($"{turn.Lease.Grain} cannot be claimed.");
            Same(StoreModel.Claim(grain, silo, expiresAt), turn.Lease, "lease");
            var message = grain.Running!;
            Same(
                (message.Id, message.Method, message.Arguments, message.Priority, message.Attempts, message.Interruptions),
                (turn.MessageId, turn.Method, turn.Arguments, turn.Priority, turn.FailedAttempts, turn.Interruptions), "claimed message");
            var states = await _store.LoadStatesAsync(grain.Id);
            Same(Describe(grain.States), Describe(states), "states");
            _turns.Add(new(turn, new Dictionary<string, StoredState>(states, StringComparer.Ordinal)));
        }

        Same(found.Turns.Count < max ? _model.NextDue(priority) : null, found.NextDue, "next due");
    }

    private async Task CommitAsync(Step step)
    {
        if (Pick(step.A) is not { } turn)
            return;
        var states = new List<StateChange>();
        foreach (var name in new[] { "first", "second" }.Take(step.B % 3))
        {
            var version = turn.States.TryGetValue(name, out var loaded) ? loaded.Version : 0;
            if (version == 0 || step.C % 5 > 0)
                states.Add(new(name, version, Encoding.UTF8.GetBytes($"\"{turn.MessageId} {step.C}\"")));
            else
                states.Add(new(name, version, null));
        }

        if (step.C % 29 == 28 && states.Count > 0)
            states[0] = states[0] with { ExpectedVersion = states[0].ExpectedVersion + 1, Json = "0"u8.ToArray() };
        var messages = Enumerable.Range(0, step.C % 3).Select(i => NewMessage($"{turn.MessageId}.{i}", step.B + i, step.C + i, "[]")).ToList();
        var row = step.B % 4 == 0 ? $"row {step.C % 6}" : $"of {turn.MessageId}";
        var effects = new TurnEffects
        {
            Lease = turn.Lease,
            Seq = turn.Seq,
            MessageId = turn.MessageId,
            Priority = turn.Priority,
            Outcome = step.C % 7 == 6 ? new(null, new("Refusal", "Not today.", "refused")) : new(step.C % 2 == 0 ? null : $"{step.C}", null),
            States = states,
            Messages = messages,
            Statements = [new(AddRow, new { id = row })],
            Now = _model.Now,
            ExpiresAt = _model.Now.AddSeconds(30),
        };
        var expected = _model.Commit(effects, row);
        CommitResult? found;
        try
        {
            found = await _store.CommitAsync(effects);
        }
        catch (StagedStatementException)
        {
            found = null;
        }

        var line = $"commit {turn} with {Describe(states)} row '{row}' sends {string.Join(' ', messages.Select(Describe))}";
        Write($"{line}: {found?.ToString() ?? "the row is there"}");
        Same(expected, found, line);
        turn.IsOpen = found is null;
    }

    private async Task FailAsync(Step step)
    {
        if (Pick(step.A) is not { } turn)
            return;
        var retryAt = step.B % 3 == 0 ? (DateTimeOffset?)null : _model.Now.AddSeconds(step.B % 9);
        var failure = new TurnFailure
        {
            Lease = turn.Lease,
            Seq = turn.Seq,
            MessageId = turn.MessageId,
            Error = new("Oops", $"failure {step.C}", "parked"),
            Detail = "a stack",
            RetryAt = retryAt,
            CountsAsAttempt = step.C % 4 > 0,
            Reply = retryAt is null && step.C % 2 == 0 ? NewMessage($"{turn.MessageId}.failed", step.C, step.B, "[]") : null,
            Now = _model.Now,
        };
        var line = $"fail {turn}, {(retryAt is { } at ? $"again at {Time(at)}" : "park")}{(failure.Reply is { } reply ? $", replies {Describe(reply)}" : "")}";
        await BothAsync(line, _model.Fail(failure), _store.FailAsync(failure));
        turn.IsOpen = false;
    }

    private async Task RenewAsync(Step step)
    {
        // One renewal is of one silo's turns.
        if (Pick(step.A) is not { } picked)
            return;
        var leases = _turns.Where(t => t.Lease.Owner == picked.Lease.Owner && (t.IsOpen || t == picked)).Select(t => t.Lease).Distinct().ToList();
        var expiresAt = _model.Now.AddSeconds(30 + (step.B % 30));
        var lost = _model.Renew(leases, expiresAt);
        var line = $"renew {string.Join(' ', leases)}";
        var found = await _store.RenewAsync(leases, _model.Now, expiresAt);
        Write($"{line}: lost {string.Join(' ', found)}");
        Same(string.Join(' ', lost), string.Join(' ', found), line);
    }

    private Task Crash(int silo)
    {
        Write($"crash of {_silos[silo]}");
        _silos[silo] = new($"silo-{silo}-{_trace.Length}");
        return Task.CompletedTask;
    }

    private Task Advance(Step step)
    {
        // From a millisecond to two leases.
        _model.Now += step.A % 4 == 0 ? TimeSpan.FromMilliseconds(1 + step.B) : TimeSpan.FromSeconds(1 + (step.B % 60));
        Write($"now {Time(_model.Now)}");
        return Task.CompletedTask;
    }

    private async Task ReplayAsync(int choice)
    {
        if (PickParked(choice) is { } id)
            await BothAsync($"replay {id}", _model.Replay(id), _store.ReplayAsync(id, _model.Now));
    }

    private async Task DiscardAsync(int choice)
    {
        if (PickParked(choice) is { } id)
            await BothAsync($"discard {id}", _model.Discard(id, "no use"), _store.DiscardAsync(id, "no use", _model.Now));
    }

    private async Task ReleaseAsync(Step step)
    {
        if (step.A % 2 == 0)
        {
            Write($"release all of {_silos[step.B % Silos]}");
            _model.ReleaseAll(_silos[step.B % Silos]);
            await _store.ReleaseAllAsync(_silos[step.B % Silos]);
        }
        else if (Pick(step.B) is { } turn)
        {
            Write($"release {turn.Lease}");
            _model.Release([turn.Lease]);
            await _store.ReleaseAsync([turn.Lease]);
        }
    }

    private Task PurgeAsync(int age)
    {
        var before = _model.Now.AddSeconds(-(age % 60));
        return BothAsync($"purge before {Time(before)}", _model.Purge(before), _store.PurgeAsync(before));
    }

    private async Task RestartAsync()
    {
        if (restart is null)
            return;
        Write("restart");
        _store = await restart();
        _model.TakeOverAll();
        for (var i = 0; i < Silos; i++)
            await Crash(i);
    }

    /// <summary>Time passes, and whatever is left is handled: nothing may be stuck, and nothing may run twice.</summary>
    private async Task DrainAsync()
    {
        for (var round = 0; round < 1000; round++)
        {
            if (_model.Depth is { Ready: 0, Delayed: 0, Leased: 0 })
                break;
            _model.Now += TimeSpan.FromHours(1);
            var silo = new SiloId($"last-{round}");
            foreach (var priority in Enum.GetValues<MessagePriority>())
                await ClaimAsync(silo, priority, 100);
            foreach (var turn in _turns.Where(t => t.Lease.Owner == silo).ToList())
            {
                var effects = new TurnEffects
                {
                    Lease = turn.Lease,
                    Seq = turn.Seq,
                    MessageId = turn.MessageId,
                    Priority = turn.Priority,
                    Outcome = new(null, null),
                    Now = _model.Now,
                    ExpiresAt = _model.Now,
                };
                await BothAsync($"commit {turn}", _model.Commit(effects, null)!.Value, _store.CommitAsync(effects));
            }
        }

        Same(new QueueDepth(0, 0, 0, _model.Parked.Count()), await _store.DepthAsync(default), "depth at the end");
        foreach (var message in _model.Messages.Values)
            Same(message.State == ModelState.Parked || message.Outcome?.Failure?.Code == "discarded" ? 0 : 1, message.Effects, $"effects of {message.Id}");
    }

    private async Task CompareAsync()
    {
        foreach (var message in _model.Messages.Values)
            Same(message.Outcome, await _store.FindOutcomeAsync(message.Id, default), $"outcome of {message.Id}");
        foreach (var grain in _model.Grains.Values)
            Same(Describe(grain.States), Describe(await _store.LoadStatesAsync(grain.Id)), $"states of {grain.Id}");
        Same(
            string.Join(' ', _model.Parked.Select(m => $"{m.Id}:{m.Attempts}:{Time(m.EndedAt!.Value)}").Order(StringComparer.Ordinal)),
            string.Join(' ', (await parked()).Select(m => $"{m.MessageId}:{m.Attempts}:{Time(m.ParkedAt)}").Order(StringComparer.Ordinal)), "parked");
        Same(string.Join(", ", _model.Rows), string.Join(", ", (await rows()).Order(StringComparer.Ordinal)), "rows");
    }

    private static IComparer<GrainId> Comparer => Comparer<GrainId>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));

    private NewMessage NewMessage(string id, int target, int choice, string arguments) => new()
    {
        Id = id,
        Target = new("model", $"g{target % Grains}"),
        Method = "Do",
        Arguments = arguments,
        Priority = (MessagePriority)(choice % 4 == 3 ? 1 : 0),
        CreatedAt = _model.Now,
        DueAt = _model.Now.AddSeconds(choice % 5 == 4 ? choice % 40 : 0),
    };

    /// <summary>A turn that was claimed: mostly one whose end is not known, sometimes one that has ended or was given up.</summary>
    private Turn? Pick(int choice)
    {
        var among = choice % 6 > 0 ? _turns.Where(t => t.IsOpen).ToList() : _turns;
        return among.Count == 0 ? null : among[choice % among.Count];
    }

    private string? PickParked(int choice)
    {
        var ids = _model.Parked.Select(m => m.Id).Order(StringComparer.Ordinal).ToList();
        return ids.Count > 0 ? ids[choice % ids.Count] : _next > 0 ? $"m{choice % _next}" : null;
    }

    private async Task BothAsync<T>(string line, T expected, Task<T> found)
    {
        var answer = await found;
        Write($"{line}: {answer}");
        Same(expected, answer, line);
    }

    private void Write(string line) => _trace.AppendLine(line);

    private void Same<T>(T expected, T found, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
            throw new ModelMismatchException($"{what}: the model says {expected?.ToString() ?? "nothing"}, the store {found?.ToString() ?? "nothing"}, after\n{Trace}");
    }

    private static string Time(DateTimeOffset time) => time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Describe(NewMessage m) => $"{m.Id} to {m.Target} {m.Priority}{(m.DueAt > m.CreatedAt ? $" at {Time(m.DueAt)}" : "")}";

    private static string Describe(IReadOnlyDictionary<string, StoredState> states) =>
        string.Join(", ", states.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {s.Value.Version} {Encoding.UTF8.GetString(s.Value.Json)}"));

    private static string Describe(IEnumerable<StateChange> states) =>
        string.Join(", ", states.Select(s => $"{s.Name} from {s.ExpectedVersion} {(s.Json is null ? "removed" : Encoding.UTF8.GetString(s.Json))}"));

    /// <summary>A claimed turn and what it read.</summary>
    private sealed class Turn(ClaimedTurn claimed, Dictionary<string, StoredState> states)
    {
        public GrainLease Lease => claimed.Lease;

        public long Seq => claimed.Seq;

        public string MessageId => claimed.MessageId;

        public MessagePriority Priority => claimed.Priority;

        public Dictionary<string, StoredState> States => states;

        /// <summary>Whether its silo has not told the store how it ended.</summary>
        public bool IsOpen { get; set; } = true;

        public override string ToString() => $"{MessageId} of {Lease.Grain} by {Lease.Owner} under {Lease.Epoch}";
    }
}

/// <summary>The store did what the model does not allow.</summary>
internal sealed class ModelMismatchException(string message) : Exception(message);
