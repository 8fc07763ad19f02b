using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Dilution;

/// <summary>A part of <c>company_policy.txt</c>: its heading and its clauses, each as it is written.</summary>
internal sealed record PolicyPart(string Heading, string Category, string[] Clauses);

/// <summary><c>company_policy.txt</c> taken apart without changing a letter of a clause.</summary>
/// <param name="Application">How the policy is applied, by paragraph; nothing in a document that does not tell it.</param>
internal sealed record PolicyText(string Title, PolicyPart[] Parts, string[] Application)
{
    /// <param name="categories">By clause: its category.</param>
    /// <remarks>Blocks are parted by empty lines. A block that begins with a clause's id is that clause; one line before a clause is a heading; anything else belongs to the clause before it.</remarks>
    public static PolicyText Parse(string text, IReadOnlyDictionary<string, string> categories)
    {
        var all = text.Split("\n\n", StringSplitOptions.None).Select(b => b.Trim('\n')).Where(b => b.Length > 0).ToArray();
        var end = Array.IndexOf(all, PolicyApplication.Heading) is >= 0 and var heads ? heads : all.Length;
        var blocks = all[..end];
        var parts = new List<(string Heading, string Category, List<string> Clauses)>();
        string? heading = null;
        for (var i = 1; i < blocks.Length; i++)
        {
            var block = blocks[i];
            if (Category(block) is { } category)
            {
                if (heading is not null || parts.Count == 0)
                    parts.Add((heading ?? category, category, []));
                heading = null;
                parts[^1].Clauses.Add(block);
            }
            else if (!block.Contains('\n', StringComparison.Ordinal) && i + 1 < blocks.Length && Category(blocks[i + 1]) is not null)
            {
                heading = block;
            }
            else if (parts.Count > 0)
            {
                parts[^1].Clauses[^1] += "\n\n" + block;
            }
        }

        return new PolicyText(blocks[0], [.. parts.Select(p => new PolicyPart(p.Heading, p.Category, [.. p.Clauses]))], [.. all.Skip(end + 1)]);

        string? Category(string block)
        {
            var space = block.IndexOf(' ', StringComparison.Ordinal);
            return space > 0 ? categories.GetValueOrDefault(block[..space]) : null;
        }
    }
}
