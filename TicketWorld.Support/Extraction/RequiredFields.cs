using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Extraction;

/// <summary>The fields that a ticket of each category needs, from categories.yaml.</summary>
internal sealed class RequiredFields
{
    private const string FileName = "categories.yaml";

    private readonly Dictionary<Category, string[]> _fields = [];

    /// <exception cref="PackException">The file names a category or field that does not exist, or leaves a category out.</exception>
    public RequiredFields(RuleFiles files)
    {
        var categories = files.Read(FileName)["categories"];
        foreach (var item in categories.Items)
        {
            var id = item["id"];
            if (id.Text.Length == 0 || !char.IsAsciiLetter(id.Text[0]) || !Enum.TryParse<Category>(id.Text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var category))
                throw id.Error($"The category '{id.Text}' is unknown.", "Use one of: technical, billing, account, feature_request, bug_report, general.");
            foreach (var field in item["required_fields"].Items)
            {
                if (!FieldNames.All.Contains(field.Text, StringComparer.Ordinal))
                    throw field.Error($"The field '{field.Text}' is unknown.", $"Use one of: {string.Join(", ", FieldNames.All)}.");
            }

            _fields[category] = item["required_fields"].Texts();
        }

        foreach (var category in Enum.GetValues<Category>())
        {
            if (!_fields.ContainsKey(category))
                throw categories.Error($"The category {category} is missing.", "Add it with its required_fields.");
        }
    }

    public IReadOnlyList<string> Of(Category category) => _fields[category];
}
