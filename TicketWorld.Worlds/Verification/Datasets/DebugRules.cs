using System.Text.Json;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks the debug keys of a ticket against its message, the records and the checker's verdict.</summary>
internal sealed class DebugRules(PolicyDocument policy, RecordBook book, Adjudicator adjudicator)
{
    private static readonly string[] DimensionKeys = ["group", "ticket_type", "complexity", "customer_tier", "completeness", "completeness_kind", "sentiment", "persona", "what_if"];
    private static readonly string[] DisclosureKeys = ["requests", "sender", "order_number", "written_order_number", "product", "named_product", "order_date", "stated_days", "states", "withholds", "misstates", "thread", "days_since_order"];
    private static readonly string[] Senders = ["primary", "alternate", "unknown"];
    private static readonly string[] Numbers = ["exact", "misspelled", "withheld", "none"];
    private static readonly string[] Named = ["named", "withheld", "none"];

    private readonly DebugProofRules _proof = new(policy, adjudicator);

    public DebugRecord Check(JsonRecord record, TicketRecord ticket, Reading reading, Verdict verdict, RecordCheck check)
    {
        var order = ticket.Order is { } id ? book.Order(id) : null;
        var customer = ticket.Customer is { } owner ? book.Customer(owner) : null;
        var template = record.Text("_scenario_template");
        var disclosure = record.Object("_disclosure", DisclosureKeys) is { } said ? CheckDisclosure(said, ticket, order, customer, reading, verdict) : default;
        var debug = record.Object("_scenario_dimensions", DimensionKeys) is { } dimensions
            ? CheckDimensions(dimensions, template, customer, disclosure)
            : new DebugRecord(template, null, null, null, null);
        if (verdict.Case is { } @case && verdict.IsUnique)
        {
            CheckFacts(record.Array("_facts"), @case, verdict, check);
            _proof.Check(record, @case, verdict, book);
        }

        return debug;
    }

    private static DebugRecord CheckDimensions(JsonRecord record, string? template, Customer? customer, Disclosed disclosed)
    {
        var tier = record.Text("customer_tier");
        if (tier is not null && customer is not null && tier != customer.Tier)
            record.Report(VerificationLayer.Debug, "customer_tier", $"it is the tier of {customer.Id}", tier, customer.Tier);
        var complexity = record.Text("complexity");
        var completeness = record.OneOf("completeness", ["complete", "missing_details", "wrong_info"]);
        var kind = record.OneOf("completeness_kind", ["complete", "missing_order_number", "minimal_details", "incorrect_info", "wrong_email"]);
        if (kind is not null && completeness is not null)
        {
            var expected = kind switch
            {
                "complete" => "complete",
                "missing_order_number" or "minimal_details" => "missing_details",
                _ => "wrong_info",
            };
            if (completeness != expected)
                record.Report(VerificationLayer.Debug, "completeness", $"it does not belong to '{kind}'", completeness, expected);
            CheckKind(record, kind, disclosed);
        }

        record.Text("sentiment");
        record.Text("persona");
        return new DebugRecord(template, record.Text("group"), record.Text("ticket_type"), complexity, record.Boolean("what_if"));
    }

    private static void CheckKind(JsonRecord record, string kind, Disclosed disclosed)
    {
        if (disclosed.Sender is null || disclosed.OrderNumber is null)
            return;
        var possible = kind switch
        {
            "complete" => disclosed is { Sender: "primary", OrderNumber: "exact" or "none" },
            "missing_order_number" => disclosed is { Sender: "primary", OrderNumber: "withheld" },
            "minimal_details" => disclosed.Sender == "primary" && disclosed.OrderNumber != "misspelled",
            "incorrect_info" => disclosed is { Sender: "primary", OrderNumber: "misspelled" },
            _ => disclosed.Sender != "primary" && disclosed.OrderNumber != "misspelled",
        };
        if (!possible)
            record.Report(VerificationLayer.Debug, "completeness_kind", $"the sender is {disclosed.Sender}, the order number {disclosed.OrderNumber}", kind, "a kind that fits both");
    }

    private Disclosed CheckDisclosure(JsonRecord record, TicketRecord ticket, Order? order, Customer? customer, Reading reading, Verdict verdict)
    {
        var address = book.CustomerByEmail(ticket.Message.Sender);
        var sender = address is not { } found ? "unknown" : found.IsAlternate ? "alternate" : "primary";
        Expect(record, "sender", record.OneOf("sender", Senders), sender);
        var exact = order is not null && reading.OrderNumber is { } written && written.Equals(order.Id.ToString(), StringComparison.OrdinalIgnoreCase);
        var number = ticket.Order is null ? "none" : reading.OrderNumber is null ? "withheld" : exact ? "exact" : "misspelled";
        Expect(record, "order_number", record.OneOf("order_number", Numbers), number);
        if (record.Member("written_order_number") is not null)
        {
            // A persona may write in small letters; the number disclosed is the one meant.
            var stated = record.TextOrNull("written_order_number");
            if (!string.Equals(stated, reading.OrderNumber, StringComparison.OrdinalIgnoreCase))
                record.Report(VerificationLayer.Debug, "written_order_number", "the message holds another", stated ?? "null", reading.OrderNumber ?? "null");
        }

        var product = record.OneOf("product", Named);
        if (product is not null && product == "named" != reading.Product is not null)
            record.Report(VerificationLayer.Debug, "product", "it says whether the message names the product", product, reading.Product is null ? "withheld or none" : "named");
        var days = order is null ? "null" : $"{DateOnly.FromDateTime(ticket.Message.Timestamp).DayNumber - order.Id.Date.DayNumber}";
        if (record.Member("days_since_order") is { } distance && distance.GetRawText() != days)
            record.Report(VerificationLayer.Debug, "days_since_order", "it is counted from the order date", distance.GetRawText(), days);
        CheckClaims(record, reading, verdict);
        return new Disclosed(sender, number);
    }

    private void CheckClaims(JsonRecord record, Reading reading, Verdict verdict)
    {
        if (verdict.Case is not { } @case)
            return;
        var stated = new List<string>();
        var unknown = new List<string>();
        foreach (var claim in @case.Request.Claims)
        {
            var fact = policy.Facts[claim.Fact];
            var value = fact.Type == FactType.Money ? reading.Amount?.Cents : reading.Value(claim.Fact);
            if (value is { } said)
                stated.Add($"{fact.Name}={Values.Format(said, fact.Type, policy.Symbols)}");
            else if (claim.Silence is null)
                unknown.Add(fact.Name);
        }

        if (record.Object("states", [], open: true) is not null && record.Member("states") is { } states)
        {
            var found = states.EnumerateObject().Select(p => $"{p.Name}={(JsonRecord.TryString(p.Value, out var text) ? text : p.Value.GetRawText())}");
            Expect(record, "states", string.Join(", ", found.Order(StringComparer.Ordinal)), string.Join(", ", stated.Order(StringComparer.Ordinal)));
        }

        Expect(record, "withholds", string.Join(", ", record.Texts("withholds")), string.Join(", ", unknown));
    }

    private void CheckFacts(JsonElement[] elements, Case @case, Verdict verdict, RecordCheck check)
    {
        var identified = verdict.AskFor is not [("customer" or "order_number" or "product")];
        var found = new List<string>();
        for (var i = 0; i < elements.Length; i++)
        {
            if (JsonRecord.Of(elements[i], check, $"_facts[{i}]", ["name", "value", "source"]) is { } fact)
                found.Add($"{fact.Text("name")}={fact.Text("value")} ({fact.Text("source")})");
        }

        var expected = new List<string>();
        foreach (var fact in policy.Facts)
        {
            var isBase = fact.Name is "request" or "customer_tier";
            if ((@case.Present >> fact.Index & 1) != 0 && (identified || isBase))
                expected.Add($"{fact.Name}={Values.Format(@case.Values[fact.Index], fact.Type, policy.Symbols)} ({Snake.Name(fact.Source)})");
        }

        foreach (var extra in found.Except(expected, StringComparer.Ordinal))
            check.Add(VerificationLayer.Debug, "_facts", "the fact does not hold", extra, expected.Find(e => e.Split('=')[0] == extra.Split('=')[0]) ?? "no such fact");
        foreach (var lost in expected.Except(found, StringComparer.Ordinal).Where(e => !found.Exists(f => f.Split('=')[0] == e.Split('=')[0])))
            check.Add(VerificationLayer.Debug, "_facts", "the fact is missing", "missing", lost);
        if (found.Count != expected.Count || !found.SequenceEqual(expected, StringComparer.Ordinal))
            check.Same(VerificationLayer.Debug, "_facts", "the facts stand in the order of the policy", string.Join(", ", found.Select(f => f.Split('=')[0])), string.Join(", ", expected.Select(f => f.Split('=')[0])));
    }

    private static void Expect(JsonRecord record, string name, string? found, string expected)
    {
        if (found is not null && found != expected)
            record.Report(VerificationLayer.Debug, name, "message and records say otherwise", found, expected);
    }

    /// <summary>What the message shows of sender and order.</summary>
    private readonly record struct Disclosed(string? Sender, string? OrderNumber);
}
