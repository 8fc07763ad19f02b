using System.Text.RegularExpressions;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>What a message says in passing is true of the records: numbers of units, times of day and of the calendar, names of products.</summary>
public sealed partial class StatementTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly Lazy<ExportedSet> TechNestSet = new(() => Make("technest"));
    private static readonly Lazy<ExportedSet> FernhillSet = new(() => Make("fernhill"));

    [Theory]
    [InlineData("technest")]
    [InlineData("fernhill")]
    public void Nobody_speaks_of_one_who_has_several_and_leaves_open_how_many_are_meant(string pack)
    {
        var several = Of(pack).Tickets.Where(t => t.Line is { } line && line.GetProperty("quantity").GetInt32() > 1 && !t.Disclosure.GetProperty("states").TryGetProperty("extent", out _)).ToList();
        Assert.True(several.Count > 200);
        Assert.DoesNotContain(several, t => OneOrNew().IsMatch(t.Body)
            || (t.Disclosure.Text("product") is "named" or "misnamed" && CountsOne(t.Body, t.Set.Products[t.Disclosure.Text("named_product")].Text("name"))));
    }

    [Theory]
    [InlineData("technest")]
    [InlineData("fernhill")]
    public void Times_of_day_and_of_the_calendar_are_true_of_the_order(string pack)
    {
        var told = Of(pack).Tickets.Where(t => t.Order is not null && t.Disclosure.Text("order_date") == "stated").ToList();
        foreach (var ticket in told)
        {
            var ordered = ticket.Order!.Value.Time("ordered_at");
            var monday = DateOnly.FromDateTime(ticket.At).AddDays(-(((int)ticket.At.DayOfWeek + 6) % 7));
            var day = DateOnly.FromDateTime(ordered);
            if (Ordered("this morning").IsMatch(ticket.Body))
                Assert.True(ordered.Hour < 12 && day == DateOnly.FromDateTime(ticket.At), ticket.ToString());
            if (Ordered("last week").IsMatch(ticket.Body))
                Assert.True(day >= monday.AddDays(-7) && day < monday, ticket.ToString());
            if (Ordered("last month").IsMatch(ticket.Body))
                Assert.True(day.Year * 12 + day.Month == ticket.At.Year * 12 + ticket.At.Month - 1, ticket.ToString());
        }

        Assert.Contains(told, t => Ordered("last week").IsMatch(t.Body));
    }

    [Theory]
    [InlineData("technest")]
    [InlineData("fernhill")]
    public void A_misnamed_product_is_another_of_its_kind_that_the_customer_never_bought(string pack)
    {
        var set = Of(pack);
        var nouns = Pack.Load(pack).Catalog.Categories.SelectMany(c => c.Kinds).Select(k => k.Noun).ToArray();
        var misnamed = set.Tickets.Where(t => t.Disclosure.Text("product") == "misnamed").ToList();
        Assert.NotEmpty(misnamed);
        foreach (var ticket in misnamed)
        {
            var named = ticket.Disclosure.Text("named_product");
            Assert.DoesNotContain("wrong_item", ticket.Requests);
            var owner = ticket.CustomerId == "N/A" ? null : ticket.CustomerId;
            Assert.DoesNotContain(set.Orders.Values.Where(o => o.Text("customer_id") == owner), o => o.GetProperty("items").EnumerateArray().Any(i => i.Text("product_id") == named));
            if (ticket.Line is { } line)
                Assert.Equal(Kind(set.Products[line.Text("product_id")].Text("name")), Kind(set.Products[named].Text("name")));
        }

        string Kind(string name) => nouns.Where(n => name.EndsWith(n, StringComparison.Ordinal)).MaxBy(n => n.Length)!;
    }

    [Fact]
    public void An_earlier_answer_of_the_shop_is_not_older_than_the_delivery_that_it_is_about()
    {
        var quoted = 0;
        foreach (var ticket in Of("technest").Tickets.Where(t => t.DeliveredAt is { } at && at <= t.At && ThreadDate().IsMatch(t.Body)))
        {
            var date = ThreadDate().Match(ticket.Body);
            var (day, month) = date.Groups["d"].Success ? (date.Groups["d"].Value, date.Groups["m"].Value) : (date.Groups["d2"].Value, date.Groups["m2"].Value);
            var written = DateOnly.Parse($"{day} {month} {date.Groups["y"].Value}");
            Assert.True(written >= DateOnly.FromDateTime(ticket.DeliveredAt!.Value), ticket.ToString());
            quoted++;
        }

        Assert.True(quoted > 20);
    }

    [Fact]
    public void Who_wants_the_money_asks_for_no_replacement()
    {
        var wanting = Of("technest").Tickets.Where(t => t.Disclosure.GetProperty("states").TryGetProperty("wanted", out var wanted) && wanted.GetString() == "refund").ToList();
        Assert.NotEmpty(wanting);
        Assert.DoesNotContain(wanting, t => t.Body.Contains("ask you to replace it", StringComparison.OrdinalIgnoreCase) || t.Body.Contains("send me a new one", StringComparison.OrdinalIgnoreCase) || t.Body.Contains("the right one", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("technest")]
    [InlineData("fernhill")]
    public void A_question_on_the_delivery_fee_without_an_amount_is_about_what_the_customer_plans_to_buy(string pack)
    {
        var typists = Pack.Load(pack).Grammar.Personas.Where(p => p.TypingErrors == 0).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var asked = Of(pack).Tickets.Where(t => typists.Contains(t.Dimension("persona")) && t.Outcome == "clarify" && t.Actions[0].GetProperty("details").Text("ask_for").Contains("quoted_amount", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, t => Assert.Matches("(?i)basket|cart|picked", $"{t.Subject} {t.Body}"));
    }

    private static bool CountsOne(string body, string product) => Regex.IsMatch(body, $@"\b(one|an?|1 ?x|(a|one) new)\s+{Regex.Escape(product)}", RegexOptions.IgnoreCase, Limit);

    private static Regex Ordered(string when) => new($@"\b(order|bought|got|chose|purchase|treat|plac)\w*[^.\n]*\b{when}\b|\b{when}\b[^.\n]*\b(order|bought|purchase|treat)", RegexOptions.IgnoreCase, Limit);

    private static ExportedSet Of(string pack) => (pack == "technest" ? TechNestSet : FernhillSet).Value;

    private static ExportedSet Make(string pack) =>
        ExportedSet.Make(new WorldOptions { Tickets = 5000, Orders = 5000, Customers = 2000, Products = 120, Seed = 31337 }, Pack.Load(pack));

    [GeneratedRegex(@"\b(a new one|another one|new one please|one in one piece)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneOrNew();

    [GeneratedRegex(@"(?:On|Sent:|From: [^\n]+\nDate:|Support(?: \(our reply\))?) (?:(?<d>\d{1,2}) (?<m>[A-Z][a-z]+)|(?<m2>[A-Z][a-z]+) (?<d2>\d{1,2}),?) (?<y>\d{4})(?:,| wrote|\r?\n)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ThreadDate();
}
