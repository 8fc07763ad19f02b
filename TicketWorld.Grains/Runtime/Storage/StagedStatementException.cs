namespace TicketWorld.Grains.Runtime;

/// <summary>A statement that a turn staged failed in its transaction, and the turn with it.</summary>
internal sealed class StagedStatementException(string statement, Exception inner)
    : Exception($"The staged statement '{statement}' failed: {inner.Message}", inner);
