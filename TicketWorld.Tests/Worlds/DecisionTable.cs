using System.Text.RegularExpressions;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds;

/// <summary>An action that a worked decision expects.</summary>
public sealed record WorkedAction(string Type, string Value, string[] Clauses, string[] Details);

/// <summary>A decision worked by hand: what is known of a case, and what must follow.</summary>
/// <param name="Day">Date of the message.</param>
/// <param name="Facts">Facts by name, as the policy writes their values; a claim of the request that is missing is withheld.</param>
/// <param name="Particulars">quantity, tracking_number, order_status, target_product, as far as the case has them.</param>
/// <param name="Outcome">Expected outcome, or <c>none</c> when the policy does not decide the case.</param>
public sealed record WorkedDecision(
    string Name,
    string Request,
    DateOnly Day,
    IReadOnlyDictionary<string, string> Facts,
    IReadOnlyDictionary<string, string> Particulars,
    string Outcome,
    string Priority,
    WorkedAction[] Actions,
    string[] References)
{
    public override string ToString() => Name;
}

/// <summary>Reads <c>decisions.yaml</c> and <c>deep_decisions.yaml</c>, the tables that both oracles are run against.</summary>
public static partial class DecisionTable
{
    private static readonly DateOnly UsualDay = new(2026, 2, 10);
    private static readonly string[] Particulars = ["quantity", "tracking_number", "order_status", "target_product"];

    /// <param name="subjectOf">The subject (item, order, product, none) of a request kind.</param>
    public static IReadOnlyList<WorkedDecision> Read(Func<string, string> subjectOf) =>
        [.. ReadFile("decisions.yaml", subjectOf), .. ReadFile("deep_decisions.yaml", subjectOf)];

    private static IEnumerable<WorkedDecision> ReadFile(string file, Func<string, string> subjectOf)
    {
        using var stream = typeof(DecisionTable).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The resource '{file}' is not in the test assembly.");
        using var reader = new StreamReader(stream);
        var root = PackNode.Parse(file, reader);
        root.Only("defaults", "cases");
        return [.. root["cases"].Items.Select(node => ReadCase(node, root["defaults"][subjectOf(node["request"].Text)]))];
    }

    private static WorkedDecision ReadCase(PackNode node, PackNode defaults)
    {
        node.Only("name", "request", "day", "facts", "outcome", "priority", "actions", "references");
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in defaults.Entries.Concat(node.Find("facts")?.Entries ?? []))
            known[name] = value.Text;
        return new WorkedDecision(
            node["name"].Text,
            node["request"].Text,
            node.Find("day")?.Date() ?? UsualDay,
            known.Where(f => f.Value != "absent" && !Particulars.Contains(f.Key)).ToDictionary(StringComparer.Ordinal),
            known.Where(f => Particulars.Contains(f.Key)).ToDictionary(StringComparer.Ordinal),
            node["outcome"].Text,
            node.Find("priority")?.Text ?? "",
            [.. (node.Find("actions")?.Items ?? []).Select(ReadAction)],
            Words(node.Find("references")?.Text));
    }

    private static WorkedAction ReadAction(PackNode node) => new(
        node.Items[0].Text,
        decimal.Parse(node.Items[1].Text).ToString("0.00"),
        Words(node.Items[2].Text),
        node.Items.Count > 3 ? [.. Detail().Matches(node.Items[3].Text).Select(m => m.Value)] : []);

    private static string[] Words(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>One <c>name=value</c>; the value goes on to the next name.</summary>
    [GeneratedRegex(@"\w+=.*?(?=\s+\w+=|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Detail();
}
