namespace TicketWorld.Grains;

/// <summary>The store of the grains cannot be used or has refused a write; nothing of that write has taken effect.</summary>
public sealed class GrainStoreException(string message, Exception? inner = null) : Exception(message, inner);
