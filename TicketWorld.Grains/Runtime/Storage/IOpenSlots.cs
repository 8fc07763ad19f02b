namespace TicketWorld.Grains.Runtime;

/// <summary>
/// Free places for turns of one priority in this process. A store that is in the same process fills them in the step that makes messages ready, which saves the
/// silo a claim of its own. Called on the store's thread.
/// </summary>
internal interface IOpenSlots
{
    SiloId Silo { get; }

    /// <summary>How long the lease of a claimed turn holds without renewal.</summary>
    TimeSpan LeaseDuration { get; }

    /// <summary>Takes all places that are free now; 0 when the silo does not run or stops. Each is filled or given back.</summary>
    int TakeAll();

    void GiveBack(int places);

    /// <summary>Runs a turn, whose claim is durable, in a place that was taken.</summary>
    void Run(ClaimedTurn turn);
}
