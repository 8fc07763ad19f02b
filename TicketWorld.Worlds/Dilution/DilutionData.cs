using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Dilution;

/// <summary>A clause that looks as if it applied and does not, because of the scope that its text states.</summary>
/// <param name="Category">The category of the policy whose clauses it stands among; null for one in a section of its own.</param>
internal sealed record NearMiss(string Id, string Title, string Text, string? Category);

/// <summary>A section that decides nothing.</summary>
internal sealed record DilutionSection(string Title, string[] Paragraphs, NearMiss[] Clauses);

/// <summary>What a pack adds around its policy: <c>dilution.yaml</c>.</summary>
internal sealed record DilutionData(NearMiss[] Clauses, DilutionSection[] Sections)
{
    public const string FileName = "dilution.yaml";

    /// <param name="categories">By clause of the policy: its category.</param>
    /// <exception cref="PackException">The pack has no such file, or it does not go with the policy.</exception>
    public static DilutionData Read(PackSource pack, IReadOnlyDictionary<string, string> categories)
    {
        var root = pack.ReadOptional(FileName)
            ?? throw new PackException(FileName, 0, $"The pack {pack.Name} has nothing to dilute its policy with.", $"Add a {FileName} to the pack; docs/datasets.md describes it.");
        root.Only("clauses", "sections");
        var seen = new HashSet<string>(categories.Keys, StringComparer.Ordinal);
        var clauses = root.Find("clauses")?.Items.Select(c => Clause(c, inSection: false)).ToArray() ?? [];
        var sections = root.Find("sections")?.Items.Select(Section).ToArray() ?? [];
        return clauses.Length + sections.Length > 0 ? new DilutionData(clauses, sections) : throw root.Error("There is neither a clause nor a section.", "Write some.");

        DilutionSection Section(PackNode node)
        {
            node.Only("title", "paragraphs", "clauses");
            return new DilutionSection(node["title"].Text, [.. node["paragraphs"].Items.Select(Paragraph)], node.Find("clauses")?.Items.Select(c => Clause(c, inSection: true)).ToArray() ?? []);
        }

        NearMiss Clause(PackNode node, bool inSection)
        {
            node.Only(inSection ? ["id", "title", "text"] : ["id", "category", "title", "text"]);
            var id = node["id"];
            if (id.Text.Length == 0 || id.Text.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
                throw id.Error($"'{id.Text}' is no clause id.", "Use letters, digits and hyphens, such as POL-RETURN-101.");
            if (!seen.Add(id.Text))
                throw id.Error($"The clause {id.Text} stands in the policy already, or twice here.", "Give it an id of its own.");
            var category = inSection ? null : node["category"];
            if (category is not null && !categories.Values.Contains(category.Text, StringComparer.Ordinal))
                throw category.Error($"The policy has no category '{category.Text}'.", $"Use one of: {string.Join(", ", categories.Values.Distinct(StringComparer.Ordinal))}.");
            return new NearMiss(id.Text, node["title"].Text, Paragraph(node["text"]), category?.Text);
        }

        static string Paragraph(PackNode node) => node.Text.Contains('\n', StringComparison.Ordinal) || node.Text.Length == 0
            ? throw node.Error("A paragraph is one line that is not empty.", "Join the lines, or make two paragraphs.")
            : node.Text;
    }
}
