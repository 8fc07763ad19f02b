namespace TicketWorld.Worlds.Generation.Twins;

/// <summary>A ticket that differs from one of the set in a single fact, and so has another answer.</summary>
/// <param name="Base">Index of the ticket that it is the twin of.</param>
/// <param name="At">When it is written.</param>
/// <param name="Claim">Index of the claim that it states otherwise, or -1 where only the time differs.</param>
/// <param name="Value">The value of that claim.</param>
/// <param name="KeepsText">Whether the text of the base ticket stands as it is; else it is written again with the same draws.</param>
/// <param name="Fact">Name of the fact that differs.</param>
/// <param name="BaseValue">The fact in the base ticket, as <c>_facts</c> has it.</param>
/// <param name="TwinValue">The fact in the twin.</param>
/// <param name="BaseId">Id of the base ticket.</param>
internal sealed record Twin(int Base, DateTime At, int Claim, long Value, bool KeepsText, string Fact, string BaseValue, string TwinValue, string BaseId);

/// <summary>The link of a ticket to its counterpart.</summary>
/// <param name="IsTwin">Whether the ticket is the twin; else it is the one that the twin was made of.</param>
internal sealed record TwinLink(bool IsTwin, string Other, string Fact, string ThisValue, string OtherValue);
