using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Packs;

/// <summary>What scenarios are checked against: all of a pack but its texts.</summary>
/// <param name="Engine">Null when the policy is not whole, so that it decides nothing.</param>
internal sealed record PackBasis(PackSettings Settings, PolicyDocument Policy, PolicyEngine? Engine, Catalog Catalog, People People, Scenario[] Scenarios);
