using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>A case at one corner of a scenario's ranges.</summary>
/// <param name="Who">The customer, and the order and line that the case is about.</param>
/// <param name="At">When the message is written.</param>
/// <param name="Target">The product wanted in exchange, when it is another.</param>
/// <param name="Claims">Bits of the claims that the customer has a value for.</param>
/// <param name="Values">Their values, by fact.</param>
internal sealed record Corner(Identified Who, DateTime At, Product? Target, ulong Claims, long[] Values);

/// <summary>One choice of a corner: an end of each range, and each kind of what the scenario leaves open and the policy reads.</summary>
/// <param name="DaysLate">-1 for in time.</param>
internal readonly record struct CornerChoice(
    long Range,
    long Price,
    long Total,
    int Quantity,
    int Lines,
    int SettledLines,
    int DaysLate,
    int OverchargePercent,
    int DaysSinceRefund,
    int ShippingMethod,
    bool InStock,
    string Category,
    int WarrantyDays,
    string Tier);
