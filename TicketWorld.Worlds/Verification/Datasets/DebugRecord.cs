namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What the debug keys of a ticket claim about its place among the others.</summary>
internal sealed record DebugRecord(string? Template, string? Group, string? TicketType, string? Complexity, bool? WhatIf);
