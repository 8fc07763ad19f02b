namespace TicketWorld.Support.Responding;

/// <summary>A reply in its parts, as a model gives it.</summary>
/// <param name="Citations">Ids of the passages that it rests on.</param>
public sealed record ModelReply(
    string Greeting,
    string Acknowledgment,
    string Explanation,
    IReadOnlyList<string> ActionItems,
    string Timeline,
    string Closing,
    IReadOnlyList<string> Citations)
{
    /// <summary>All texts that the customer reads.</summary>
    internal IEnumerable<string> Texts => [Greeting, Acknowledgment, Explanation, .. ActionItems, Timeline, Closing];
}
