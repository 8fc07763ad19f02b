using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Routing;

/// <summary>A team of the rules.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PriorityModifier">Steps up (or down, below zero) on the scale of priorities.</param>
/// <param name="EscalationPath">To whom it hands on, the nearest first.</param>
internal sealed record Team(string Name, int PriorityModifier, IReadOnlyList<string> EscalationPath);

/// <summary><c>routing_rules.yaml</c>, checked: no category or severity belongs to two teams.</summary>
internal sealed class RoutingRules
{
    public const string FileName = "routing_rules.yaml";

    private const int MostModifier = 3;

    private RoutingRules(
        IReadOnlyDictionary<Category, Team> byCategory, IReadOnlyDictionary<Severity, Team> bySeverity, IReadOnlyDictionary<Severity, Priority> priorities, Team fallback, string second)
    {
        ByCategory = byCategory;
        BySeverity = bySeverity;
        Priorities = priorities;
        Fallback = fallback;
        Second = second;
    }

    public IReadOnlyDictionary<Category, Team> ByCategory { get; }

    /// <summary>Empty where severities are not asked.</summary>
    public IReadOnlyDictionary<Severity, Team> BySeverity { get; }

    public IReadOnlyDictionary<Severity, Priority> Priorities { get; }

    public Team Fallback { get; }

    public string Second { get; }

    /// <exception cref="PackException">The file cannot be used; names file and line.</exception>
    public static RoutingRules Read(RuleFiles files)
    {
        var root = files.Read(FileName);
        root.Only("teams", "priorities", "routing_strategy");
        var strategy = root["routing_strategy"];
        strategy.Only("default", "fallback", "second");
        var asksSeverity = strategy["default"].Text switch
        {
            "category_severity" => true,
            "category" => false,
            var other => throw strategy["default"].Error($"'{other}' is no strategy.", "Use category_severity or category."),
        };
        var teams = new Dictionary<string, Team>(StringComparer.Ordinal);
        var byCategory = new Dictionary<Category, Team>();
        var bySeverity = new Dictionary<Severity, Team>();
        foreach (var node in root["teams"].Items)
        {
            var team = ReadTeam(node);
            if (!teams.TryAdd(team.Name, team))
                throw node["name"].Error($"There are two teams '{team.Name}'.", "Give each team one entry.");
            Claim<Category>(node.Find("categories"), team, byCategory);
            Claim<Severity>(node.Find("severities"), team, bySeverity);
        }

        var fallback = strategy["fallback"].Text;
        var second = strategy["second"];
        if (!teams.ContainsKey(second.Text))
            throw second.Error($"There is no team '{second.Text}'.", $"Use one of {string.Join(", ", teams.Keys)}.");
        return new(
            byCategory, asksSeverity ? bySeverity : new Dictionary<Severity, Team>(), ReadPriorities(root["priorities"]),
            teams.GetValueOrDefault(fallback) ?? new Team(fallback, 0, []), second.Text);
    }

    private static Team ReadTeam(PackNode node)
    {
        node.Only("name", "categories", "severities", "priority_modifier", "escalation_path");
        var name = node["name"];
        if (name.Text.Length is 0 or > 60 || !name.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw name.Error($"'{name.Text}' is no name of a team.", "Use 1 to 60 letters, digits, '_' and '-'.");
        return new(name.Text, node.Find("priority_modifier")?.Integer(-MostModifier, MostModifier) ?? 0, node.Find("escalation_path")?.Texts() ?? []);
    }

    private static void Claim<T>(PackNode? labels, Team team, Dictionary<T, Team> taken)
        where T : struct, Enum
    {
        foreach (var label in labels?.Items ?? [])
        {
            if (!taken.TryAdd(RuleWords.Read<T>(label), team))
                throw label.Error($"'{label.Text}' belongs to two teams.", "Leave it with one of them.");
        }
    }

    private static Dictionary<Severity, Priority> ReadPriorities(PackNode node)
    {
        node.Only([.. RuleWords.All<Severity>()]);
        return Enum.GetValues<Severity>().ToDictionary(severity => severity, severity => RuleWords.Read<Priority>(node[RuleWords.Of(severity)]));
    }
}
