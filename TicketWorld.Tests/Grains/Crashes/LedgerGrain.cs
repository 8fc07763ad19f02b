using TicketWorld.Grains;

namespace TicketWorld.Tests.Grains.Crashes;

/// <summary>Counts what reached it, and passes each count on, so that both a turn's state and its sends are counted.</summary>
public interface ILedgerGrain : IGrainWithStringKey
{
    Task Enter();

    Task PassedOn();

    Task<int> Count();
}

public sealed class LedgerState
{
    public int Count { get; set; }
}

public sealed class LedgerGrain([PersistentState("ledger")] IPersistentState<LedgerState> ledger) : Grain, ILedgerGrain
{
    public const string Sum = "sum";

    public Task Enter()
    {
        ledger.State.Count++;
        Stage("count_entry", new { });
        return Grains.GetGrain<ILedgerGrain>(Sum).PassedOn();
    }

    public Task PassedOn()
    {
        ledger.State.Count++;
        return Task.CompletedTask;
    }

    public Task<int> Count() => Task.FromResult(ledger.State.Count);
}
