using System.Reflection;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Policy;

/// <summary>How the policy is applied: what is told for every pack, and what this one tells instead or besides.</summary>
public sealed partial class PolicyReader
{
    private const string DefaultName = "policy/application.yaml";
    private const string ManagerMark = "{manager}";

    private PolicyApplication ReadApplication(ActionDefinition[] actions, string ask)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(DefaultName)
            ?? throw new PackException(DefaultName, 0, "The paragraphs that hold for every pack are missing.", "Rebuild the project.");
        var defaults = PackNode.Parse(DefaultName, new StreamReader(stream));
        var paragraphs = defaults["paragraphs"].Items.Select(ReadParagraph).ToList();
        foreach (var node in _root.Find("application")?.Items ?? [])
        {
            var own = ReadParagraph(node);
            if (paragraphs.FindIndex(p => p.Id == own.Id) is >= 0 and var known)
                paragraphs[known] = own;
            else
                paragraphs.Add(own);
        }

        var managers = string.Join(", ", actions.Where(a => a.Kind == ActionKind.Escalate).Select(a => a.Name));
        return new PolicyApplication(
            [.. paragraphs.Where(p => managers.Length > 0 || !p.Text.Contains(ManagerMark, StringComparison.Ordinal)).Select(p => p with { Text = Filled(p.Text) })],
            Words(defaults["lists"]),
            Words(defaults["subjects"]),
            Words(defaults["amounts"]),
            defaults["share"].Text,
            Words(defaults["details"]));

        string Filled(string text) => text.Replace("{ask}", ask, StringComparison.Ordinal).Replace(ManagerMark, managers, StringComparison.Ordinal);

        static Dictionary<string, string> Words(PackNode node) => node.Entries.ToDictionary(e => e.Key, e => e.Value.Text, StringComparer.Ordinal);
    }

    private static ApplicationParagraph ReadParagraph(PackNode node)
    {
        node.Only("id", "title", "text");
        var text = node["text"].Text.Trim();
        if (text.Length == 0 || text.Contains('\n', StringComparison.Ordinal))
            throw node["text"].Error("A paragraph is one line that is not empty.", "Join the lines ('>-' does it), or make two paragraphs.");
        return new ApplicationParagraph(node["id"].Text, node["title"].Text, text);
    }
}
