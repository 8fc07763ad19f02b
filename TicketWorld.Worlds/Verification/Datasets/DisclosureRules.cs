using System.Text.Json;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What a message shows of sender and order.</summary>
/// <param name="IsWrong">Whether order number, product or order date are stated otherwise than they are.</param>
internal readonly record struct Disclosed(string Sender, string OrderNumber, bool IsWrong);

/// <summary>Checks <c>_disclosure</c>: what the message states, withholds and misstates of what the ticket is truly about.</summary>
internal sealed class DisclosureRules(PolicyDocument policy, RecordBook book)
{
    private static readonly JsonKeys Keys =
    [
        "requests", "sender", "order_number", "written_order_number", "product", "named_product", "order_date", "stated_days",
        "states", "withholds", "misstates", "thread", "days_since_order",
    ];

    private static readonly JsonKeys NoKeys = [];
    private static readonly string[] Senders = ["primary", "alternate", "unknown"];
    private static readonly string[] Numbers = ["exact", "misspelled", "withheld", "none"];
    private static readonly string[] Named = ["named", "misnamed", "withheld", "none"];
    private static readonly string[] Dates = ["stated", "misstated", "unsaid", "none"];

    private readonly CaseBuilder _cases = new(policy);

    public Disclosed? Check(JsonRecord ticketRecord, TicketRecord ticket, Reading reading, Verdict verdict)
    {
        var order = ticket.Order is { } id ? book.Order(id) : null;
        var address = book.CustomerByEmail(ticket.Message.Sender);
        var sender = address is not { } found ? "unknown" : found.IsAlternate ? "alternate" : "primary";
        var exact = order is not null && reading.OrderNumber is { } written && written.Equals(order.Id.ToString(), StringComparison.OrdinalIgnoreCase);
        var number = ticket.Order is null ? "none" : reading.OrderNumber is null ? "withheld" : exact ? "exact" : "misspelled";
        var misnamed = reading.Product is { } named && IsMisnamed(ticket, order, named);
        var days = order is null ? -1 : OrderSearch.DaysSince(order, ticket.Message);
        var date = order is null ? "none"
            : reading.StatedBands.Count == 0 ? "unsaid"
            : reading.StatedBands.All(b => b.Holds(days)) ? "stated" : "misstated";
        if (ticketRecord.Object("_disclosure", Keys) is not { } record)
            return null;

        Expect(record, "sender", record.OneOf("sender", Senders), sender);
        Expect(record, "order_number", record.OneOf("order_number", Numbers), number);
        CheckWritten(record, reading);
        CheckProduct(record, reading, misnamed);
        Expect(record, "order_date", record.OneOf("order_date", Dates), date);
        var band = order is not null && reading.StatedDays is { } said ? $"[{said.From},{said.To}]" : "null";
        Expect(record, "stated_days", record.Member("stated_days")?.GetRawText().Replace(" ", "", StringComparison.Ordinal), band);
        Expect(record, "days_since_order", record.Member("days_since_order")?.GetRawText(), order is null ? "null" : $"{days}");
        Expect(record, "thread", record.Boolean("thread") is { } thread ? (thread ? "true" : "false") : null, reading.HasThread ? "true" : "false");
        if (!JsonRows.AreTexts(record, "requests", verdict.Requests))
            Expect(record, "requests", string.Join(", ", record.Texts("requests")), string.Join(", ", verdict.Requests));
        CheckClaims(record, ticket, reading, verdict, number == "misspelled", misnamed, date == "misstated");
        return new Disclosed(sender, number, number == "misspelled" || misnamed || date == "misstated");
    }

    private static bool IsMisnamed(TicketRecord ticket, Order? order, ProductId named) =>
        ticket.Product is { } product ? product != named : order is not null && !Array.Exists(order.Items, i => i.Product == named);

    private static void CheckWritten(JsonRecord record, Reading reading)
    {
        if (record.Member("written_order_number") is null)
            return;

        // A persona may write in small letters; the number disclosed is the one meant.
        var stated = record.TextOrNull("written_order_number");
        if (!string.Equals(stated, reading.OrderNumber, StringComparison.OrdinalIgnoreCase))
            record.Report(VerificationLayer.Debug, "written_order_number", "the message holds another", stated ?? "null", reading.OrderNumber ?? "null");
    }

    private static void CheckProduct(JsonRecord record, Reading reading, bool misnamed)
    {
        var product = record.OneOf("product", Named);
        var names = product is "named" or "misnamed";
        if (product is not null && (names != reading.Product is not null || (names && misnamed != (product == "misnamed"))))
            record.Report(VerificationLayer.Debug, "product", "it says whether the message names the product", product, reading.Product is null ? "withheld or none" : misnamed ? "misnamed" : "named");
        if (record.Member("named_product") is not null)
            Expect(record, "named_product", record.TextOrNull("named_product") ?? "null", reading.Product?.ToString() ?? "null");
    }

    private void CheckClaims(JsonRecord record, TicketRecord ticket, Reading reading, Verdict verdict, bool misspelled, bool misnamed, bool misdated)
    {
        if (verdict.Cases.Length == 0)
            return;
        ulong claims = 0;
        ulong open = 0;
        ulong misstated = 0;
        for (var i = 0; i < verdict.Cases.Length; i++)
        {
            var truth = verdict.Cases[i].IsIdentified ? verdict.Cases[i] : TrueCase(verdict.Cases[i].Request, ticket, reading);
            foreach (var claim in verdict.Cases[i].Request.Claims)
            {
                claims |= 1UL << claim.Fact;
                var stated = reading.Claim(policy.Facts[claim.Fact]);
                open |= stated is null && claim.Silence is null ? 1UL << claim.Fact : 0;
                if (stated is { } said && truth is not null && (truth.Answered >> claim.Fact & 1) != 0 && truth.Values[claim.Fact] != said)
                    misstated |= 1UL << claim.Fact;
            }
        }

        var states = new List<(string Name, string Value)>();
        var withholds = new List<string>();
        var misstates = new List<string>();
        if (misspelled)
            misstates.Add("order_number");
        if (misnamed)
            misstates.Add("product");
        if (misdated)
            misstates.Add("order_date");
        foreach (var fact in policy.Facts)
        {
            if ((claims >> fact.Index & 1) != 0 && reading.Claim(fact) is { } said)
                states.Add((fact.Name, Values.Format(said, fact.Type, policy.Symbols)));
            if ((open >> fact.Index & 1) != 0)
                withholds.Add(fact.Name);
            if ((misstated >> fact.Index & 1) != 0)
                misstates.Add(fact.Name);
        }

        CheckStates(record, states);
        if (!JsonRows.AreTexts(record, "withholds", withholds))
            Expect(record, "withholds", string.Join(", ", record.Texts("withholds")), string.Join(", ", withholds));
        if (!JsonRows.AreTexts(record, "misstates", misstates))
            Expect(record, "misstates", string.Join(", ", record.Texts("misstates")), string.Join(", ", misstates));
    }

    /// <summary>The case with what the ticket is truly about, where the message does not let anybody find it.</summary>
    private Case? TrueCase(RequestDefinition request, TicketRecord ticket, Reading reading)
    {
        var order = ticket.Order is { } id ? book.Order(id) : null;
        var line = order is not null && ticket.Product is { } product ? Array.Find(order.Items, i => i.Product == product) : null;
        var identified = new Identification(
            ticket.Customer is { } customer ? book.Customer(customer) : null, "", order, "", [], line,
            ticket.Product is { } item ? book.Product(item) : null, "", null, null);
        return _cases.Build(request, ticket.Message, reading, identified, out _);
    }

    private static void CheckStates(JsonRecord record, List<(string Name, string Value)> expected)
    {
        if (record.Object("states", NoKeys, open: true) is null || record.Member("states") is not { } states)
            return;
        var next = 0;
        var same = true;
        foreach (var property in states.EnumerateObject())
        {
            same = same && next < expected.Count && property.NameEquals(expected[next].Name)
                && property.Value.ValueKind == JsonValueKind.String && property.Value.ValueEquals(expected[next].Value);
            next++;
        }

        if (same && next == expected.Count)
            return;
        var found = states.EnumerateObject().Select(p => $"{p.Name}={(JsonRecord.TryString(p.Value, out var text) ? text : p.Value.GetRawText())}");
        Expect(record, "states", string.Join(", ", found.Order(StringComparer.Ordinal)), string.Join(", ", expected.Select(e => $"{e.Name}={e.Value}").Order(StringComparer.Ordinal)));
    }

    private static void Expect(JsonRecord record, string name, string? found, string expected)
    {
        if (found is not null && found != expected)
            record.Report(VerificationLayer.Debug, name, "message and records say otherwise", found, expected);
    }
}
