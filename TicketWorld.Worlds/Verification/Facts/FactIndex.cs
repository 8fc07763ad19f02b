using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification.Facts;

/// <summary>Where a policy has a fact of the records, if it reads it.</summary>
internal static class FactIndex
{
    /// <summary>Index of the fact; -1 when the policy does not define it.</summary>
    public static int Of(PolicyDocument policy, string fact) =>
        policy.FactsByName.TryGetValue(fact, out var definition) ? definition.Index : -1;

    /// <summary>Calendar days between two UTC dates.</summary>
    public static long Days(DateTime from, DateTime to) =>
        DateOnly.FromDateTime(to).DayNumber - DateOnly.FromDateTime(from).DayNumber;
}
