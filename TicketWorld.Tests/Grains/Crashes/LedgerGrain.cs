using TicketWorld.Grains;

namespace TicketWorld.Tests.Grains.Crashes;

/// <summary>
/// Counts what reached it, writes a row for each entry, and passes each count on, so that a turn's state, its rows and its sends are counted.
/// </summary>
public interface ILedgerGrain : IGrainWithStringKey
{
    Task Enter(EntryTrouble trouble = EntryTrouble.None);

    Task PassedOn();

    Task<int> Count();
}

/// <summary>What befalls an entry before it is made.</summary>
public enum EntryTrouble
{
    None,

    /// <summary>It is passed on by a message that waits for a moment.</summary>
    Delayed,

    /// <summary>The first attempt throws.</summary>
    FirstAttempt,

    /// <summary>Every attempt throws, until somebody has repaired what the entry needs.</summary>
    UntilRepaired,
}

public sealed class LedgerState
{
    public int Count { get; set; }
}

public sealed class LedgerGrain([PersistentState("ledger")] IPersistentState<LedgerState> ledger, IReadModel readModel) : Grain, ILedgerGrain
{
    /// <summary>The ledgers that the others pass on to; several, so that no single line holds everybody up.</summary>
    public static readonly IReadOnlyList<string> Sums = [.. Enumerable.Range(0, 8).Select(i => $"sum-{i}")];

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    public async Task Enter(EntryTrouble trouble = EntryTrouble.None)
    {
        if (trouble == EntryTrouble.FirstAttempt && Turn.Attempt == 1)
            throw new InvalidOperationException("The first attempt fails.");
        if (trouble == EntryTrouble.UntilRepaired && await readModel.FirstAsync<int>("count_repairs", new { entry = Turn.MessageId }, Turn.Cancellation) == 0)
            throw new InvalidOperationException("Nothing is repaired.");
        ledger.State.Count++;
        Stage("count_entry", new { entry = Turn.MessageId });
        await Grains.GetGrain<ILedgerGrain>(Sums[Key[^1] % Sums.Count], new() { Delay = trouble == EntryTrouble.Delayed ? Moment : null }).PassedOn();
    }

    public Task PassedOn()
    {
        ledger.State.Count++;
        return Task.CompletedTask;
    }

    public Task<int> Count() => Task.FromResult(ledger.State.Count);
}
