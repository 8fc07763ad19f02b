namespace TicketWorld.Grains;

/// <summary>The store of the grains cannot be used or has refused a write; nothing of that write has taken effect.</summary>
public sealed class GrainStoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// Whether the store is away or has no room, so that the same step may succeed later. A turn that meets it is run again without
    /// having failed.
    /// </summary>
    public bool IsPassing { get; init; }
}
