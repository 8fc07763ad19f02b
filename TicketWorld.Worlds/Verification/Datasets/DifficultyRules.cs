using System.Text.Json;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks <c>_difficulty</c>: counts everything again from the ticket's other keys and the records, as docs/worlds.md says.</summary>
internal sealed class DifficultyRules(PolicyDocument policy, RecordBook book)
{
    private static readonly JsonKeys Keys = ["level", "score", "lookups", "clauses", "distractor_clauses", "distractor_orders", "gaps"];
    private static readonly string[] Paid = ["charged_total", "charge_count", "overcharge", "failed_charge", "refund_state", "refund_amount", "days_since_refund", "refunded_total"];

    private readonly HashSet<string> _ofPayments = [.. policy.Clauses.Where(c => ReadsPayments(policy, c)).Select(c => c.Id)];

    public void Check(JsonRecord record, TicketRecord ticket, Verdict verdict)
    {
        if (record.Object("_difficulty", Keys) is not { } stated)
            return;
        var acting = Acting(record);
        var order = ticket.Order is { } id ? book.Order(id) : null;
        var lookups = Lookups(verdict);
        var clauses = Math.Max(0, acting.Count + Length(record, "_policy_analysis", "modified_parameters") - 1);
        var idle = Idle(record, acting);
        var orders = order is null ? 0 : Distractors(order, ticket);
        var gaps = Gaps(record, verdict);
        var searched = IsFound(verdict) ? Math.Min(2, orders) : 0;
        var score = lookups * 2 + Math.Min(3, clauses) + idle + searched + gaps * 3;
        var level = score < 3 ? 1 : score < 6 ? 2 : score < 11 ? 3 : 4;
        int[] expected = [level, score, lookups, clauses, idle, orders, gaps];
        for (var i = 0; i < Keys.Length; i++)
        {
            if (stated.Integer(Keys[i], 0, int.MaxValue) is { } found && found != expected[i])
                stated.Report(VerificationLayer.Debug, Keys[i], "ticket and records give another", $"{found}", $"{expected[i]}");
        }
    }

    private static bool ReadsPayments(PolicyDocument policy, Clause clause)
    {
        var reads = false;
        clause.Applies.Visit(See);
        foreach (var rule in clause.Rules)
        {
            rule.When.Visit(See);
            reads |= rule.Value.Amount == Amount.Fact && Paid.Contains(policy.Facts[rule.Value.Source].Name, StringComparer.Ordinal);
        }

        return reads;

        void See(Operand operand) => reads |= operand.Fact >= 0 && Paid.Contains(policy.Facts[operand.Fact].Name, StringComparer.Ordinal);
    }

    /// <summary>Whether the order is identified by other than its number.</summary>
    private static bool IsFound(Verdict verdict) => verdict.OrderMethod is not ("order_number" or "not_needed" or "ambiguous" or "not_found");

    private int Lookups(Verdict verdict)
    {
        var count = verdict.LookupMethod is "primary_email" or "none" ? 0 : 1;
        count += IsFound(verdict) ? 1 : 0;
        count += verdict.ProductMethod is "corrected_product" or "only_line" ? 1 : 0;
        foreach (var id in verdict.References)
        {
            if (_ofPayments.Contains(id))
                return count + 1;
        }

        return count;
    }

    /// <summary>Ids of the clauses that decided, were outranked or overridden, as often as the proof names them.</summary>
    private static List<string> Acting(JsonRecord record)
    {
        var acting = new List<string>();
        if (Inner(record, "_proof", "clauses") is not { } clauses)
            return acting;
        foreach (var clause in clauses.EnumerateArray())
        {
            if (clause.ValueKind == JsonValueKind.Object && clause.TryGetProperty("status", out var status) && !IsText(status, "applicable")
                && clause.TryGetProperty("id", out var id) && JsonRecord.TryString(id, out var text))
            {
                acting.Add(text);
            }
        }

        return acting;
    }

    private static int Idle(JsonRecord record, List<string> acting)
    {
        var idle = 0;
        if (Inner(record, "_policy_analysis", "applicable_policies") is not { } applicable)
            return idle;
        foreach (var element in applicable.EnumerateArray())
            idle += JsonRecord.TryString(element, out var id) && !acting.Contains(id) ? 1 : 0;
        return idle;
    }

    private int Distractors(Order order, TicketRecord ticket)
    {
        var count = 0;
        foreach (var other in book.OrdersOf(order.Customer))
        {
            if (other.Id == order.Id || other.OrderedAt > ticket.Message.Timestamp)
                continue;
            var days = other.Id.Date.DayNumber - order.Id.Date.DayNumber;
            var numbers = other.Id.Sequence - order.Id.Sequence;
            var alike = days is >= -14 and <= 14 || numbers is >= -10 and <= 10 || (ticket.Product is { } product && Array.Exists(other.Items, i => i.Product == product));
            count += alike ? 2 : 1;
        }

        return count;
    }

    private static int Gaps(JsonRecord record, Verdict verdict)
    {
        var gaps = verdict.Requests.Count > 1 ? 1 : 0;
        gaps += verdict.AskFor.Count > 0 ? 1 : 0;
        if (record.Member("_disclosure") is { ValueKind: JsonValueKind.Object } disclosure)
        {
            gaps += disclosure.TryGetProperty("order_number", out var number) && IsText(number, "withheld") ? 1 : 0;
            gaps += disclosure.TryGetProperty("product", out var product) && IsText(product, "withheld") ? 1 : 0;
        }

        return gaps + Length(record, "_disclosure", "withholds") + Length(record, "_disclosure", "misstates");
    }

    private static int Length(JsonRecord record, string outer, string inner) => Inner(record, outer, inner)?.GetArrayLength() ?? 0;

    private static JsonElement? Inner(JsonRecord record, string outer, string inner) =>
        record.Member(outer) is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(inner, out var array) && array.ValueKind == JsonValueKind.Array ? array : null;

    private static bool IsText(JsonElement element, string text) => PlainJson.Is(element, text);
}
