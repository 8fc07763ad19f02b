namespace TicketWorld.Grains.Runtime;

/// <summary>Something that is kept beside the grains, in the same place: it opens after the grain store has, before any turn runs, and closes before the store does.</summary>
internal interface IStoreCompanion
{
    /// <exception cref="GrainStoreException">It cannot be used; the message says why and what to do.</exception>
    Task OpenAsync(CancellationToken cancellation);

    Task CloseAsync();
}
