using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Routing;

/// <summary>Decides who works on a ticket by <c>routing_rules.yaml</c>.</summary>
public sealed class TicketRouter
{
    private const int MostAlternatives = 2;
    private const double SentBySeverity = 0.95;
    private const double Least = 0.8;
    private const double ForNamedCategory = 0.1;
    private const double ForGrave = 0.05;
    private readonly RoutingRules _rules;

    /// <exception cref="Worlds.Packs.PackException">The rules cannot be used; names file and line.</exception>
    public TicketRouter(RuleFiles files) => _rules = RoutingRules.Read(files);

    /// <summary>The names of the teams that tickets may be given to.</summary>
    public IReadOnlyCollection<string> Teams =>
        [.. _rules.ByCategory.Values.Concat(_rules.BySeverity.Values).Append(_rules.Fallback).Select(team => team.Name).Distinct(StringComparer.Ordinal)];

    /// <param name="category">What kind of work it is.</param>
    /// <param name="severity">How grave it is.</param>
    /// <param name="secondary">Further kinds of work in it; their teams are alternatives.</param>
    public RoutingDecision Route(Category category, Severity severity, IReadOnlyList<Category> secondary)
    {
        var home = _rules.ByCategory.GetValueOrDefault(category);
        if (_rules.BySeverity.TryGetValue(severity, out var called))
        {
            return new(
                called.Name, _rules.Priorities[severity], $"{Capital(RuleWords.Of(severity))} severity requires {Readable(called.Name)}", SentBySeverity,
                Alternatives(called, [home?.Name ?? _rules.Fallback.Name, _rules.Second]), called.EscalationPath);
        }

        var team = home ?? _rules.Fallback;
        var priority = Moved(_rules.Priorities[severity], team.PriorityModifier);
        var confidence = Math.Round(Least + (home is null ? 0 : ForNamedCategory) + (severity >= Severity.High ? ForGrave : 0), 2);
        var reasoning = home is null
            ? $"No team names the category {RuleWords.Of(category)}, so it goes to {Readable(team.Name)} with {RuleWords.Of(priority)} priority"
            : $"Routed based on {RuleWords.Of(category)} category with {RuleWords.Of(priority)} priority";
        return new(
            team.Name, priority, reasoning, confidence,
            Alternatives(team, secondary.Select(other => (_rules.ByCategory.GetValueOrDefault(other) ?? _rules.Fallback).Name)), team.EscalationPath);
    }

    private static Priority Moved(Priority priority, int steps) =>
        (Priority)Math.Clamp((int)priority + steps, (int)Priority.Low, (int)Priority.Urgent);

    private static string[] Alternatives(Team team, IEnumerable<string> names) =>
        [.. names.Where(name => name != team.Name).Distinct(StringComparer.Ordinal).Take(MostAlternatives)];

    private static string Readable(string name) => name.Replace('_', ' ');

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
