namespace TicketWorld.Support.Analysis;

/// <summary>What a customer wrote.</summary>
/// <param name="Subject">The subject as it came.</param>
/// <param name="Body">The body as it came.</param>
/// <param name="Sender">The address or name that it came from; null when nobody said.</param>
public sealed record TicketText(string Subject, string Body, string? Sender = null);
