using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>A message written without sight of the grammar, and what it says by the judgement of its writer.</summary>
/// <param name="Number">Even for development, odd for measurement.</param>
/// <param name="Statements">What is to be found, as <c>field</c> and <c>value</c>; <c>days</c> as <c>from-to</c>.</param>
public sealed record IndependentMessage(int Number, string Subject, string Body, string[] Catalog, IReadOnlyList<(string Field, string Value)> Statements)
{
    public bool IsMeasured => Number % 2 == 1;

    /// <summary>The products of the catalogue that belongs to the message, among others.</summary>
    public RecordBook Book(IEnumerable<Product> others) => new([], [.. others, .. Catalog.Select((name, i) => new Product
    {
        Id = new ProductId(5000 + i),
        Name = name,
        Category = "accessories",
        Brand = name.Split(' ')[0],
        BasePrice = new Money(9900),
        WarrantyDays = 365,
        WeightGrams = 250,
        RequiresSignature = false,
        InStock = true,
        Description = name,
    })], []);
}

/// <summary>Reads <c>independent_messages.yaml</c>, whose head explains the labels.</summary>
public static class IndependentMessages
{
    /// <summary>The day of all messages, after every date in them.</summary>
    public static readonly DateOnly Today = new(2025, 4, 30);

    /// <summary>Claims that the policy does not take with the requests of a message are no statements of it.</summary>
    public static IReadOnlyList<IndependentMessage> Read(PolicyDocument policy)
    {
        using var stream = typeof(IndependentMessages).Assembly.GetManifestResourceStream("independent_messages.yaml")
            ?? throw new InvalidOperationException("The resource 'independent_messages.yaml' is not in the test assembly.");
        using var reader = new StreamReader(stream);
        return [.. PackNode.Parse("independent_messages.yaml", reader).Items.Select(node => Read(node, policy))];
    }

    /// <summary>What a reader finds in a message, in the form of <see cref="IndependentMessage.Statements"/>.</summary>
    public static IReadOnlyList<(string Field, string Value)> Found(Reading reading, PolicyDocument policy, RecordBook book)
    {
        var found = new List<(string, string)>();
        var requests = new[] { reading.Request, reading.SecondRequest }.Where(r => r >= 0).Select(r => policy.Requests[r]).ToArray();
        found.AddRange(requests.Select(r => ("request", r.Name)));
        if (reading.OrderNumber is { } number)
            found.Add(("order_number", number.ToUpperInvariant()));
        if (reading.Product is { } product)
            found.Add(("product", Name(product)));
        if (reading.Target is { } target)
            found.Add(("target", Name(target)));
        foreach (var fact in Claims(requests))
        {
            if (policy.Facts[fact] is { Type: not FactType.Money } claim && reading.Value(fact) is { } value)
                found.Add((claim.Name, Values.Format(value, claim.Type, policy.Symbols)));
        }

        if (reading.Amount is { } amount && Claims(requests).Any(f => policy.Facts[f].Type == FactType.Money))
            found.Add(("amount", amount.ToString()));
        if (reading.StatedDays is { } days)
            found.Add(("days", $"{days.From}-{days.To}"));
        return found;

        string Name(ProductId id) => book.Products.First(p => p.Id == id).Name;
    }

    private static IndependentMessage Read(PackNode node, PolicyDocument policy)
    {
        node.Only("id", "subject", "body", "catalog", "expect");
        var expect = node["expect"];
        expect.Only("requests", "order_number", "product", "target", "claims", "amount", "days", "date");
        var requests = expect["requests"].Texts();
        var taken = Claims(requests.Select(r => policy.RequestsByName[r])).Select(f => policy.Facts[f].Name).ToHashSet(StringComparer.Ordinal);
        var statements = requests.Select(r => ("request", r)).ToList();
        foreach (var field in (string[])["order_number", "product", "target", "amount"])
        {
            if (expect[field] is { IsScalar: true, Text: not "null" and var text })
                statements.Add((field, field switch { "order_number" => text.ToUpperInvariant(), "amount" => expect[field].Money().ToString(), _ => text }));
        }

        statements.AddRange(expect["claims"].Entries.Where(c => taken.Contains(c.Key)).Select(c => (c.Key, c.Value.Text)));
        if (expect["days"] is { IsList: true } days)
            statements.Add(("days", $"{days.Items[0].Text}-{days.Items[1].Text}"));
        else if (expect.Find("date") is { } date && date.Text != "null")
            statements.Add(("days", $"{Today.DayNumber - date.Date().DayNumber}-{Today.DayNumber - date.Date().DayNumber}"));
        return new IndependentMessage(int.Parse(node["id"].Text[1..]), node["subject"].Text, node["body"].Text, node["catalog"].Texts(), statements);
    }

    private static IEnumerable<int> Claims(IEnumerable<RequestDefinition> requests) => requests.SelectMany(r => r.Claims).Select(c => c.Fact).Distinct();
}
