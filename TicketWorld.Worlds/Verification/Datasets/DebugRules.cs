using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks the debug keys of a ticket against its message, the records and the checker's verdict.</summary>
internal sealed class DebugRules
{
    private static readonly JsonKeys DimensionKeys = ["group", "ticket_type", "complexity", "customer_tier", "completeness", "completeness_kind", "sentiment", "persona", "what_if"];
    private static readonly string[] Completeness = ["complete", "missing_details", "wrong_info"];
    private static readonly string[] Kinds = ["complete", "missing_order_number", "minimal_details", "incorrect_info", "wrong_email"];

    private readonly RecordBook _book;
    private readonly DisclosureRules _disclosure;
    private readonly DebugFactRules _facts;
    private readonly DebugProofRules _proof;
    private readonly DifficultyRules _difficulty;

    public DebugRules(PolicyDocument policy, RecordBook book, Adjudicator adjudicator)
    {
        _book = book;
        _disclosure = new DisclosureRules(policy, book);
        _facts = new DebugFactRules(policy);
        _proof = new DebugProofRules(policy, adjudicator);
        _difficulty = new DifficultyRules(policy, book);
    }

    public DebugRecord Check(JsonRecord record, TicketRecord ticket, Reading reading, Verdict verdict, RecordCheck check)
    {
        var customer = ticket.Customer is { } owner ? _book.Customer(owner) : null;
        var template = record.Text("_scenario_template");
        var disclosed = _disclosure.Check(record, ticket, reading, verdict);
        var debug = record.Object("_scenario_dimensions", DimensionKeys) is { } dimensions
            ? CheckDimensions(dimensions, template, customer, disclosed)
            : new DebugRecord(template, null, null, null, null);
        if (verdict.Cases.Length > 0 && verdict.IsUnique)
        {
            _facts.Check(record, verdict.Cases, check);
            _proof.Check(record, verdict, _book);
            _difficulty.Check(record, ticket, verdict);
        }

        return debug;
    }

    private static DebugRecord CheckDimensions(JsonRecord record, string? template, Customer? customer, Disclosed? disclosed)
    {
        var tier = record.Text("customer_tier");
        if (tier is not null && customer is not null && tier != customer.Tier)
            record.Report(VerificationLayer.Debug, "customer_tier", $"it is the tier of {customer.Id}", tier, customer.Tier);
        var complexity = record.Text("complexity");
        var completeness = record.OneOf("completeness", Completeness);
        var kind = record.OneOf("completeness_kind", Kinds);
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
            if (disclosed is { } shown)
                CheckKind(record, kind, shown);
        }

        record.Text("sentiment");
        record.Text("persona");
        return new DebugRecord(template, record.Text("group"), record.Text("ticket_type"), complexity, record.Boolean("what_if"));
    }

    private static void CheckKind(JsonRecord record, string kind, Disclosed disclosed)
    {
        var possible = kind switch
        {
            "complete" => disclosed is { Sender: "primary", OrderNumber: "exact" or "none", IsWrong: false },
            "missing_order_number" => disclosed is { Sender: "primary", OrderNumber: "withheld", IsWrong: false },
            "minimal_details" => disclosed is { Sender: "primary", IsWrong: false },
            "incorrect_info" => disclosed is { Sender: "primary", IsWrong: true },
            _ => disclosed.Sender != "primary" && !disclosed.IsWrong,
        };
        if (!possible)
            record.Report(VerificationLayer.Debug, "completeness_kind", $"the sender is {disclosed.Sender}, the order number {disclosed.OrderNumber}, and {(disclosed.IsWrong ? "something" : "nothing")} is stated wrongly", kind, "a kind that fits");
    }
}
