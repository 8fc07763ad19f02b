using System.Globalization;
using System.Text.Json;
using TicketWorld.Cli.Terminal;

namespace TicketWorld.Cli.Tickets;

/// <summary>A ticket for people: the message as it was sent, then what is known, what decides and what follows as a tree.</summary>
internal static class TicketReport
{
    private static readonly Dictionary<string, string> StatusStyles = new(StringComparer.Ordinal)
    {
        ["decisive"] = "green",
        ["outranked"] = "yellow",
        ["overridden"] = "red",
    };

    public static void Print(JsonElement ticket, IReadOnlyDictionary<string, string> titles)
    {
        Console.Out.WriteLine($"From:    {Text(ticket, "customer_email")}        {Text(ticket, "timestamp")}");
        Console.Out.WriteLine($"Subject: {Text(ticket, "subject")}");
        Console.Out.WriteLine();
        Console.Out.WriteLine(Text(ticket, "body").ReplaceLineEndings("\n"));
        Console.Out.WriteLine();
        Tree(ticket, titles).Print();
    }

    private static TextTree Tree(JsonElement ticket, IReadOnlyDictionary<string, string> titles)
    {
        var tree = new TextTree(Text(ticket, "ticket_id"), "bold");
        var about = tree.Add("about");
        foreach (var key in (string[])["customer_id", "order_id", "product_id"])
            about.Add($"{key} {Text(ticket, key)}");
        AddValues(tree, "scenario " + Text(ticket, "_scenario_template"), Member(ticket, "_scenario_dimensions"));
        AddFacts(tree, ticket);
        AddValues(tree, "disclosure", Member(ticket, "_disclosure"));
        if (Member(ticket, "resolution_plan") is { } plan)
            AddPlan(tree, plan);
        AddProof(tree, ticket, titles);
        foreach (var other in ticket.EnumerateObject().Where(m => m.Name is "_difficulty" or "_twin" && m.Value.ValueKind == JsonValueKind.Object))
            AddValues(tree, other.Name.TrimStart('_'), other.Value);
        return tree;
    }

    private static void AddFacts(TextTree tree, JsonElement ticket)
    {
        if (Items(ticket, "_facts") is not { Length: > 0 } facts)
            return;
        var node = tree.Add("facts");
        foreach (var source in facts.GroupBy(f => Text(f, "source")))
        {
            var group = node.Add($"from the {source.Key}");
            foreach (var fact in source)
                group.Add($"{Text(fact, "name")} = {Text(fact, "value")}{Of(fact)}");
        }
    }

    private static void AddPlan(TextTree tree, JsonElement plan)
    {
        if (Member(plan, "customer_lookup") is { } lookup)
        {
            var node = tree.Add($"customer {Text(lookup, "status")} by {Text(lookup, "lookup_method")}, order by {Text(lookup, "order_method")}{(Text(lookup, "product_method") is { Length: > 0 } product ? $", product by {product}" : "")}");
            node.Add(Text(lookup, "notes"));
            foreach (var candidate in Items(lookup, "candidate_orders"))
                node.Add($"candidate {candidate}");
        }

        if (Items(plan, "discrepancies") is { Length: > 0 } discrepancies)
        {
            var node = tree.Add("the message and the record differ", "yellow");
            foreach (var discrepancy in discrepancies)
                node.Add($"{Text(discrepancy, "field")}: stated {Text(discrepancy, "stated")}, record {Text(discrepancy, "record")}");
        }

        var outcome = tree.Add($"resolution: {Text(plan, "expected_outcome")}, priority {Text(plan, "priority")}, total {Text(plan, "total_resolution_value")}", "bold");
        foreach (var action in Items(plan, "actions"))
        {
            var node = outcome.Add($"{Text(action, "type")} {Text(action, "value")}: {Text(action, "reason")}", "green");
            foreach (var detail in Member(action, "details")?.EnumerateObject() ?? default)
                node.Add($"{detail.Name} {Value(detail.Value)}");
        }

        if (Text(plan, "escalation_reason") is { Length: > 0 } reason)
            outcome.Add($"escalated: {reason}", "yellow");
        outcome.Add(Text(plan, "policy_reasoning"));
    }

    private static void AddProof(TextTree tree, JsonElement ticket, IReadOnlyDictionary<string, string> titles)
    {
        if (Member(ticket, "_proof") is not { } proof)
            return;
        var node = tree.Add($"proof: {(Text(proof, "unique") == "true" ? "one compliant resolution" : "not unique")}, {Text(proof, "completions")} completions decided");
        foreach (var clause in Items(proof, "clauses"))
        {
            var id = Text(clause, "id");
            var status = Text(clause, "status");
            node.Add($"{status} {id} {titles.GetValueOrDefault(id, "")}{(Text(clause, "overridden_by") is { Length: > 0 } by ? $" (by {by})" : "")}{Of(clause)}", StatusStyles.GetValueOrDefault(status));
        }

        var modified = Member(ticket, "_policy_analysis") is { } analysis ? Items(analysis, "modified_parameters") : [];
        foreach (var parameter in modified)
            node.Add($"{Text(parameter, "clause")}.{Text(parameter, "parameter")} is {Text(parameter, "value")} by {Text(parameter, "modified_by")}");
        if (Items(proof, "changes") is not { Length: > 0 } changes)
            return;
        var change = tree.Add("what the actions change");
        foreach (var row in changes)
            change.Add($"{Text(row, "order_id")} {Text(row, "product_id")} {Text(row, "field")}: {Text(row, "from")} becomes {Text(row, "to")}");
    }

    private static void AddValues(TextTree tree, string title, JsonElement? values)
    {
        if (values is not { } present)
            return;
        var node = tree.Add(title);
        foreach (var member in present.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null))
            node.Add($"{member.Name.Replace('_', ' ')} {Value(member.Value)}");
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : string.Join(", ", value.EnumerateArray().Select(Value)),
        JsonValueKind.Object => value.EnumerateObject().Any() ? string.Join(", ", value.EnumerateObject().Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} {Value(m.Value)}"))) : "none",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "",
        _ => value.ToString(),
    };

    /// <summary>In a ticket with two requests: which of them a fact or a clause belongs to.</summary>
    private static string Of(JsonElement entry) => Text(entry, "request") is { Length: > 0 } request ? $" (for {request})" : "";

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static JsonElement[] Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Value(value) : "";
}
