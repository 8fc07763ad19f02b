namespace TicketWorld.Support.Vocabulary;

/// <summary>What a label set calls a topic.</summary>
/// <param name="Label">The label.</param>
/// <param name="Subcategory">The finer one, bound to its label; null for none.</param>
public sealed record TopicLabel(string Label, string? Subcategory = null)
{
    public override string ToString() => Subcategory is null ? Label : $"{Label}/{Subcategory}";
}
