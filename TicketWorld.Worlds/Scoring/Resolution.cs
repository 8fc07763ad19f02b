using System.Text.Json;

namespace TicketWorld.Worlds.Scoring;

/// <summary>What scoring reads of a resolution.</summary>
/// <param name="Values">The sum of the values of the actions of each type.</param>
/// <param name="Actions">Types with their number, sorted by type.</param>
internal sealed record Resolution(HashSet<string> Clauses, SortedDictionary<string, int> Actions, Dictionary<string, decimal> Values, string? Outcome)
{
    /// <summary>Reads the members of a <c>resolution_plan</c> that scoring needs.</summary>
    /// <exception cref="FormatException">The plan is not as docs/datasets.md describes it; the message says where.</exception>
    public static Resolution Read(JsonElement plan)
    {
        if (plan.ValueKind != JsonValueKind.Object)
            throw new FormatException("resolution_plan is no object");
        var clauses = new HashSet<string>(StringComparer.Ordinal);
        foreach (var clause in List(plan, "policy_references"))
            clauses.Add(clause.ValueKind == JsonValueKind.String ? clause.GetString()! : throw new FormatException("policy_references holds something that is no text"));
        var actions = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var values = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var action in List(plan, "actions"))
        {
            if (action.ValueKind != JsonValueKind.Object || Text(action, "type") is not { } type)
                throw new FormatException("an action has no type");
            actions[type] = actions.GetValueOrDefault(type) + 1;
            values[type] = values.GetValueOrDefault(type) + Amount(action);
        }

        return new Resolution(clauses, actions, values, Text(plan, "expected_outcome"));
    }

    private static JsonElement.ArrayEnumerator List(JsonElement plan, string name)
    {
        if (!plan.TryGetProperty(name, out var list))
            throw new FormatException($"{name} is missing");
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new FormatException($"{name} is no list");
    }

    private static string? Text(JsonElement owner, string name)
    {
        if (!owner.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
            return null;
        return member.ValueKind == JsonValueKind.String ? member.GetString() : throw new FormatException($"{name} is no text");
    }

    /// <summary>The value of an action; one that is left out is nothing.</summary>
    private static decimal Amount(JsonElement action)
    {
        if (!action.TryGetProperty("value", out var value) || value.ValueKind == JsonValueKind.Null)
            return 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var amount) && Math.Abs(amount) < 1_000_000_000_000m
            ? amount
            : throw new FormatException("the value of an action is no amount");
    }
}
