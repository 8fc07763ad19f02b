namespace TicketWorld.Worlds.Decisions;

/// <summary>
/// What derivations with the same answer cite in common: the clauses that each of them cites and, for an action that no clause demands
/// in all of them, those that demand it in any. Reusable scratch.
/// </summary>
internal sealed class Citations(int mostActions)
{
    private readonly ulong[] _always = new ulong[mostActions];
    private readonly ulong[] _ever = new ulong[mostActions];

    /// <summary>Bits of the clauses that all of them cite.</summary>
    public ulong References { get; private set; }

    public void Begin()
    {
        References = ulong.MaxValue;
        Array.Fill(_always, ulong.MaxValue);
        Array.Clear(_ever);
    }

    public void Add(Derivation derivation)
    {
        References &= derivation.References;
        for (var i = 0; i < derivation.ActionCount; i++)
        {
            _always[i] &= derivation.Actions[i].Clauses;
            _ever[i] |= derivation.Actions[i].Clauses;
        }
    }

    public ulong OfAction(int index) => _always[index] != 0 ? _always[index] : _ever[index];
}
