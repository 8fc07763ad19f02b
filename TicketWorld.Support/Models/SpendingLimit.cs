namespace TicketWorld.Support.Models;

/// <summary>What calls may cost together. What a call may cost at most is set aside before it, and replaced afterwards by what it cost.</summary>
/// <param name="limit">US dollars; null for no limit.</param>
internal sealed class SpendingLimit(decimal? limit, ModelLedger ledger)
{
    private readonly Lock _gate = new();
    private decimal? _limit = limit;
    private decimal _committed;

    /// <summary>Sets another limit; what was spent stays.</summary>
    public void Change(decimal? another)
    {
        lock (_gate)
            _limit = another;
    }

    /// <exception cref="ModelCallException">The limit does not cover it.</exception>
    public void Reserve(decimal most)
    {
        lock (_gate)
        {
            if (_limit is { } all && _committed + most > all)
            {
                ledger.Stop(FormattableString.Invariant($"the budget of ${all} does not cover another call"));
                throw new ModelCallException(ModelFault.BudgetSpent, FormattableString.Invariant($"The budget of ${all} does not cover another call of the model."));
            }

            _committed += most;
        }
    }

    public void Settle(decimal reserved, decimal used)
    {
        lock (_gate)
            _committed += used - reserved;
    }
}
