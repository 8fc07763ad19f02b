namespace TicketWorld.Worlds.Policy;

/// <summary>A paragraph on how the policy is applied.</summary>
public sealed record ApplicationParagraph(string Id, string Title, string Text);

/// <summary>The words in which a policy's conventions are told: what a careful reader needs besides the clauses.</summary>
/// <param name="Paragraphs">In the order in which they are written.</param>
/// <param name="Lists">By list: the line before it.</param>
/// <param name="Subjects">By subject of a request, in snake case.</param>
/// <param name="Amounts">By amount, in snake case; a fact is told by its description.</param>
/// <param name="Share">Before an amount of which a part is taken.</param>
/// <param name="Details">By source of a particular, in snake case; a literal is told as it is.</param>
public sealed record PolicyApplication(
    ApplicationParagraph[] Paragraphs,
    IReadOnlyDictionary<string, string> Lists,
    IReadOnlyDictionary<string, string> Subjects,
    IReadOnlyDictionary<string, string> Amounts,
    string Share,
    IReadOnlyDictionary<string, string> Details)
{
    /// <summary>The heading of the part of <c>company_policy.txt</c> that tells them.</summary>
    public const string Heading = "How this policy is applied";

    public static PolicyApplication None { get; } = new([], Empty, Empty, Empty, "", Empty);

    private static Dictionary<string, string> Empty => [];
}
