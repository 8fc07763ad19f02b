using System.Text.Json;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What a ticket that belongs to a pair tells: its link, the facts that it was decided on, and the answer.</summary>
/// <param name="IsTwin">Whether it is the twin; else it is the ticket that the twin was made of.</param>
/// <param name="Facts">Values and sources by name, in a ticket with two requests by request and name.</param>
/// <param name="Answer">Outcome and actions, as one text.</param>
internal sealed record TwinRecord(TicketRecord Ticket, bool IsTwin, string Other, string Fact, string ThisValue, string OtherValue, IReadOnlyDictionary<string, (string Value, string Source)> Facts, string Answer)
{
    public const string Key = "_twin";

    private static readonly JsonKeys KeysOfTwin = ["of", "fact", "this", "other"];
    private static readonly JsonKeys KeysOfBase = ["with", "fact", "this", "other"];

    public static bool IsIn(JsonElement ticket) => ticket.ValueKind == JsonValueKind.Object && ticket.TryGetProperty(Key, out _);

    /// <summary>The record, or null for a ticket without a pair, and where the keys cannot be read, which is reported.</summary>
    public static TwinRecord? Read(JsonRecord record, TicketRecord ticket)
    {
        if (record.Member(Key) is not { } member)
            return null;
        var isTwin = member.ValueKind == JsonValueKind.Object && member.TryGetProperty("of", out _);
        if (record.Object(Key, isTwin ? KeysOfTwin : KeysOfBase) is not { } link)
            return null;
        return link.Text(isTwin ? "of" : "with") is { } other && link.Text("fact") is { } fact && link.Text("this") is { } value && link.Text("other") is { } otherValue && ticket.Plan is { } plan
            ? new TwinRecord(ticket with { Debug = null }, isTwin, other, fact, value, otherValue, FactsOf(record), AnswerOf(plan))
            : null;
    }

    /// <summary>The value of a fact in the first request that has it.</summary>
    public string? ValueOf(string fact) => Find(fact)?.Value;

    /// <summary>Where the value comes from.</summary>
    public string? SourceOf(string fact) => Find(fact)?.Source;

    private (string Value, string Source)? Find(string fact)
    {
        foreach (var (name, stated) in Facts)
        {
            if (name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..] == fact)
                return stated;
        }

        return null;
    }

    private static Dictionary<string, (string Value, string Source)> FactsOf(JsonRecord record)
    {
        var facts = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        if (record.Member("_facts") is not { ValueKind: JsonValueKind.Array } rows)
            return facts;
        foreach (var row in rows.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.Object))
            facts[$"{Text(row, "request")} {Text(row, "name")}".TrimStart()] = (Text(row, "value"), Text(row, "source"));
        return facts;
    }

    private static string AnswerOf(Records.ResolutionPlan plan) => string.Join('\n', plan.Actions
        .Select(a => $"{a.Type} {a.Value} {string.Join(", ", a.Details.Select(d => $"{d.Key}={d.Value}"))}")
        .Prepend(plan.Outcome));

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && JsonRecord.TryString(value, out var text) ? text : "";
}
