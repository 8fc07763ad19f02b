using TicketWorld.Grains;

namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>A grain that does on request what the conformance suite wants to see.</summary>
public interface IProbeGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    Task<int> Total();

    Task Append(int item);

    Task<IReadOnlyList<int>> Items();

    Task<bool> RunAlone();

    Task<int> AddAtBarrier(int amount, string barrier);

    [Priority(MessagePriority.Bulk)]
    Task WaitInBulk(string barrier);

    Task DoAllThenThrow(string other);

    Task DoAllThenRefuse(string other);

    Task FailTimes(string name, int times);

    /// <summary>Finds the store away so many times.</summary>
    Task FindStoreAway(string name, int times);

    Task CountDown(int from);

    Task Bounce(string other, int left);

    Task<int> AwaitOther(string other);

    Task AskOther(string other, int amount, string tag);

    Task AskForFailure(string other, bool refuse);

    Task AskWrongReply(string other);

    Task OtherAnswered(Reply<int> reply);

    Task OtherFailed(Reply reply);

    Task<IReadOnlyList<string>> Answers();

    Task<int> AddLater(int amount, int milliseconds);

    Task Fill(int bytes);

    Task<int> FilledBytes();

    Task Clear();

    Task<long> Version();

    Task Fail();

    Task Refuse();

    Task StageRow(string id);

    Task<long> WriteChunk(string batch, string chunk, int bytes, bool keep);

    Task<string> Notify(string name);

    Task WaitForCancellation(string name, CancellationToken cancellation);

    Task SendAfterTheTurn(string name);
}

public sealed class ProbeState
{
    public int Total { get; set; }

    public List<int> Items { get; set; } = [];

    public List<string> Answers { get; set; } = [];
}

public sealed class BulkyState
{
    public string Text { get; set; } = "";
}

public sealed class ProbeGrain(
    Signals signals,
    IChunkStore chunks,
    [PersistentState("probe")] IPersistentState<ProbeState> probe,
    [PersistentState("bulky")] IPersistentState<BulkyState> bulky) : Grain, IProbeGrain
{
    private int _inside;

    public Task<int> Add(int amount) => Task.FromResult(probe.State.Total += amount);

    public Task<int> Total() => Task.FromResult(probe.State.Total);

    public Task Append(int item)
    {
        probe.State.Items.Add(item);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<int>> Items() => Task.FromResult<IReadOnlyList<int>>(probe.State.Items);

    public async Task<bool> RunAlone()
    {
        var alone = Interlocked.Increment(ref _inside) == 1;
        for (var i = 0; i < 20; i++)
            await Task.Yield();
        alone &= Interlocked.Decrement(ref _inside) == 0;
        return alone;
    }

    public async Task<int> AddAtBarrier(int amount, string barrier)
    {
        probe.State.Total += amount;
        await Grains.GetGrain<IProbeGrain>("beside-" + Key).Append(amount);
        await signals.MeetAsync(barrier);
        return probe.State.Total;
    }

    public Task WaitInBulk(string barrier)
    {
        signals.MeetAsync(barrier).Wait();
        return Task.CompletedTask;
    }

    public Task DoAllThenThrow(string other)
    {
        DoAll(other);
        throw new InvalidOperationException("thrown on purpose");
    }

    public Task DoAllThenRefuse(string other)
    {
        DoAll(other);
        throw new GrainCallException("not_today", "Refused on purpose.");
    }

    public Task FindStoreAway(string name, int times)
    {
        probe.State.Total++;
        signals.Reach(name);
        return signals.Count(name) <= times ? throw new GrainStoreException("away on purpose") { IsPassing = true } : Task.CompletedTask;
    }

    public Task FailTimes(string name, int times)
    {
        signals.Reach(name);
        probe.State.Total++;
        if (Turn.Attempt <= times)
            throw new InvalidOperationException($"attempt {Turn.Attempt} fails");
        return Task.CompletedTask;
    }

    public Task CountDown(int from)
    {
        probe.State.Items.Add(from);
        return from == 0 ? Task.CompletedTask : Grains.GetGrain<IProbeGrain>(Key).CountDown(from - 1);
    }

    public Task Bounce(string other, int left)
    {
        probe.State.Total++;
        return left == 0 ? Task.CompletedTask : Grains.GetGrain<IProbeGrain>(other).Bounce(Key, left - 1);
    }

    public async Task<int> AwaitOther(string other) => await Grains.GetGrain<IProbeGrain>(other).Add(1);

    public Task AskOther(string other, int amount, string tag)
    {
        _ = Grains.GetGrain<IProbeGrain>(other, new() { ReplyTo = nameof(OtherAnswered), Tag = tag }).Add(amount);
        return Task.CompletedTask;
    }

    public Task AskForFailure(string other, bool refuse)
    {
        var grain = Grains.GetGrain<IProbeGrain>(other, new() { ReplyTo = nameof(OtherFailed) });
        return refuse ? grain.Refuse() : grain.Fail();
    }

    public Task AskWrongReply(string other) =>
        Grains.GetGrain<IProbeGrain>(other, new() { ReplyTo = nameof(OtherFailed) }).Add(1);

    public Task OtherAnswered(Reply<int> reply)
    {
        probe.State.Answers.Add($"{reply.From} {reply.Tag} {reply.Value}");
        signals.Reach("answered-" + Key);
        return Task.CompletedTask;
    }

    public Task OtherFailed(Reply reply)
    {
        probe.State.Answers.Add($"{reply.From} {reply.Failure?.Code} {reply.Failure?.Message}");
        signals.Reach("answered-" + Key);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> Answers() => Task.FromResult<IReadOnlyList<string>>(probe.State.Answers);

    public Task<int> AddLater(int amount, int milliseconds)
    {
        _ = Grains.GetGrain<IProbeGrain>(Key, new() { Delay = TimeSpan.FromMilliseconds(milliseconds) }).Add(amount);
        return Task.FromResult(probe.State.Total);
    }

    public Task Fill(int bytes)
    {
        bulky.State.Text = new string('x', bytes);
        return Task.CompletedTask;
    }

    public Task<int> FilledBytes() => Task.FromResult(bulky.State.Text.Length);

    public Task Clear()
    {
        probe.Clear();
        return Task.CompletedTask;
    }

    public Task<long> Version() => Task.FromResult(probe.Version);

    public Task Fail() => throw new InvalidOperationException("fails always");

    public Task Refuse() => throw new GrainCallException("not_today", "Refused on purpose.");

    public Task StageRow(string id)
    {
        Stage("insert_probe_row", new { id });
        return Task.CompletedTask;
    }

    public async Task<long> WriteChunk(string batch, string chunk, int bytes, bool keep)
    {
        var id = new ChunkId(batch, chunk, Turn.Epoch);
        await using var stream = chunks.OpenWrite(id);
        for (var i = 0; i < bytes; i++)
            stream.WriteByte((byte)(i % 251));
        var length = await stream.CompleteAsync();
        if (keep)
            Turn.Keep(id, length);
        return length;
    }

    public Task<string> Notify(string name)
    {
        signals.Reach(name);
        return Task.FromResult(name);
    }

    public async Task WaitForCancellation(string name, CancellationToken cancellation)
    {
        signals.Reach(name);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
    }

    public Task SendAfterTheTurn(string name)
    {
        var grains = Grains;
        var key = Key;
        _ = Task.Run(async () =>
        {
            await signals.MeetAsync(name);
            try
            {
                await grains.GetGrain<IProbeGrain>(key).Append(1);
            }
            catch (InvalidOperationException)
            {
                signals.Reach(name + "-refused");
            }
        });
        return Task.CompletedTask;
    }

    private void DoAll(string other)
    {
        probe.State.Total = 1000;
        _ = Grains.GetGrain<IProbeGrain>(other).Add(1000);
        Stage("insert_probe_row", new { id = Key });
    }
}
