using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification;

/// <summary>What a message states of a claim, in words or as an amount.</summary>
internal static class StatedClaims
{
    /// <summary>The value stated, or null; of several amounts none is.</summary>
    public static long? Claim(this Reading reading, FactDefinition fact) =>
        fact.Type == FactType.Money ? reading.Amount?.Cents : reading.Value(fact.Index);
}
