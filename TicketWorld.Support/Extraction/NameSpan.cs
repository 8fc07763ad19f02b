namespace TicketWorld.Support.Extraction;

/// <summary>A stretch of text that may be the name of a product.</summary>
/// <param name="First">Its first token.</param>
/// <param name="Last">Its last token.</param>
/// <param name="Start">Where it starts in the text.</param>
/// <param name="End">Where it ends; a plus sign that touches the last token belongs to it, a genitive s does not.</param>
internal readonly record struct NameSpan(int First, int Last, int Start, int End);
