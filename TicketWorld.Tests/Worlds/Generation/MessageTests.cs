using System.Text.RegularExpressions;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>What messages say, withhold and misstate, read from their text.</summary>
public partial class MessageTests
{
    /// <summary>Wordings of time with the days since the order for which a reader would call them true.</summary>
    private static readonly (string Words, int From, int To)[] Timing =
    [
        ("yesterday", 1, 2), ("a few days ago", 2, 7), ("last week", 3, 14), ("a couple of weeks ago", 8, 30), ("three weeks ago", 18, 25),
        ("last month", 28, 62), ("over a month ago", 30, 62), ("a couple of months ago", 50, 100), ("a few months ago", 60, 200),
        ("several months ago", 90, 330), ("about half a year ago", 150, 215), ("about a year ago", 330, 400), ("over a year ago", 366, 600),
        ("about two years ago", 680, 790), ("more than two years ago", 731, 1095),
    ];

    [Fact]
    public void A_missing_order_number_is_in_neither_subject_nor_body_and_the_ticket_still_names_its_order()
    {
        var tickets = OfKind("missing_order_number");
        Assert.All(tickets, t =>
        {
            Assert.Empty(OrderNumbers(t));
            Assert.NotEqual("N/A", t.OrderId);
        });
    }

    [Fact]
    public void A_misspelled_order_number_is_one_or_two_edits_off_and_no_other_orders()
    {
        Assert.All(OfKind("incorrect_info").Where(t => Misstates(t).Contains("order_number")), t =>
        {
            var written = Assert.Single(OrderNumbers(t).Distinct(StringComparer.Ordinal));
            Assert.InRange(Distance(written, t.OrderId), 1, 2);
            Assert.DoesNotContain(written, t.Set.Orders);
        });
    }

    [Fact]
    public void A_misnamed_product_is_of_the_items_kind_and_not_in_the_order()
    {
        var tickets = OfKind("incorrect_info").Where(t => t.Disclosure.Text("product") == "misnamed").ToList();
        Assert.NotEmpty(tickets);
        Assert.All(tickets, t =>
        {
            var named = t.Set.Products[t.Disclosure.Text("named_product")];
            Assert.Contains(named.Text("name"), $"{t.Subject}\n{t.Body}", StringComparison.OrdinalIgnoreCase);
            Assert.Equal(t.Set.Products[t.ProductId].Text("category"), named.Text("category"));
            Assert.DoesNotContain(t.Order!.Value.GetProperty("items").EnumerateArray(), i => i.Text("product_id") == named.Text("product_id"));
        });
    }

    [Fact]
    public void A_misstated_date_is_a_band_that_does_not_hold_the_orders_age_and_a_true_one_does()
    {
        var stated = ContradictionSets.Tickets.Where(t => t.Disclosure.Text("order_date") is "stated" or "misstated").ToList();
        Assert.All(stated, t =>
        {
            var days = t.Disclosure.GetProperty("stated_days").EnumerateArray().Select(d => d.GetInt32()).ToArray();
            Assert.Equal(t.Disclosure.Text("order_date") == "stated", t.DaysSince("ordered_at") >= days[0] && t.DaysSince("ordered_at") <= days[1]);
        });
        Assert.Contains(stated, t => t.Disclosure.Text("order_date") == "misstated");
    }

    [Fact]
    public void What_the_record_contradicts_is_listed_in_the_resolution()
    {
        var tickets = OfKind("incorrect_info").Where(t => t.Lookup.Text("order_method") is not ("not_found" or "ambiguous" or "not_needed") && t.Lookup.Text("product_method") != "not_found").ToList();
        Assert.NotEmpty(tickets);
        Assert.All(tickets, t => Assert.Equal(Misstates(t), t.Plan.GetProperty("discrepancies").EnumerateArray().Select(d => d.Text("field"))));
        Assert.All(ContradictionSets.Tickets.Where(t => Misstates(t).Length == 0), t => Assert.Empty(t.Plan.GetProperty("discrepancies").EnumerateArray()));
    }

    [Fact]
    public void A_wrong_address_is_the_alternate_one_or_nobodys()
    {
        var tickets = OfKind("wrong_email");
        Assert.All(tickets, t => Assert.NotEqual(t.Customer.Text("primary_email"), t.Sender));
        Assert.All(tickets.Where(t => t.Disclosure.Text("sender") == "alternate"), t =>
        {
            Assert.Equal(t.Customer.GetProperty("alternate_email").GetString(), t.Sender);
            Assert.Equal(("found", "alternate_email"), (t.Lookup.Text("status"), t.Lookup.Text("lookup_method")));
        });
        Assert.Contains(tickets, t => t.Disclosure.Text("sender") == "alternate");
        Assert.Contains(tickets, t => t.Disclosure.Text("sender") == "unknown");
    }

    [Fact]
    public void Who_is_not_said_to_write_from_elsewhere_writes_from_the_primary_address() =>
        Assert.All(ContradictionSets.Tickets.Where(t => t.Dimension("completeness_kind") != "wrong_email"), t => Assert.Equal(t.Customer.Text("primary_email"), t.Sender));

    [Fact]
    public void A_complete_message_about_an_order_names_its_number() =>
        Assert.All(OfKind("complete").Where(t => t.Order is not null), t => Assert.Equal([t.OrderId], OrderNumbers(t).Distinct()));

    [Fact]
    public void A_message_with_minimal_details_leaves_out_something_that_it_could_say() =>
        Assert.All(OfKind("minimal_details"), t => Assert.True(
            (t.Order is not null && OrderNumbers(t).Count == 0)
            || t.Disclosure.Text("product") == "withheld"
            || t.Disclosure.GetProperty("withholds").GetArrayLength() > 0,
            t.ToString()));

    [Fact]
    public void A_named_product_is_in_the_text_and_a_withheld_one_is_not() => Assert.All(ContradictionSets.Tickets.Where(t => t.ProductId != "N/A"), t =>
    {
        var name = t.Set.Products[t.ProductId].Text("name");
        var said = $"{t.Subject}\n{t.Body}".Contains(name, StringComparison.OrdinalIgnoreCase);
        Assert.True(said == (t.Disclosure.Text("product") == "named"), t.ToString());
    });

    [Fact]
    public void Relative_times_are_true_of_the_order()
    {
        foreach (var (words, from, to) in Timing)
        {
            var found = ContradictionSets.Tickets.Where(t => t.Order is not null && !Misstates(t).Contains("order_date") && Regex.IsMatch(t.Body, $@"(?<!about |before |almost )\b{words}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))).ToList();
            Assert.All(found, t => Assert.True(t.DaysSince("ordered_at") >= from && t.DaysSince("ordered_at") <= to, $"'{words}' {t.DaysSince("ordered_at")} days after the order: {t}"));
        }

        string[] named = ["last week", "a few months ago"];
        Assert.All(named, words => Assert.Contains(ContradictionSets.Tickets, t => t.Body.Contains(words, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Dates_in_a_text_are_the_orders()
    {
        var dated = 0;
        foreach (var ticket in ContradictionSets.Tickets.Where(t => t.Order is not null && !Misstates(t).Contains("order_date") && !t.Disclosure.GetProperty("thread").GetBoolean()))
        {
            foreach (Match match in DateWords().Matches(ticket.Body))
            {
                dated++;
                var date = ticket.Order!.Value.Date("order_date");
                Assert.True(date.ToString("MMMM").Equals(match.Groups["month"].Value, StringComparison.OrdinalIgnoreCase) && date.Day == int.Parse(match.Groups["day"].Value), $"'{match.Value}' for {date:O}: {ticket}");
            }
        }

        Assert.True(dated > 50, $"{dated} dates");
    }

    [Fact]
    public void Bodies_hardly_ever_repeat()
    {
        Assert.All(ContradictionSets.All, s => Assert.InRange(s.Tickets.Length - s.Tickets.Select(t => t.Body).Distinct().Count(), 0, s.Tickets.Length / 100));
    }

    [Fact]
    public void Every_kind_of_edge_is_in_a_hundred_tickets()
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var kinds = ExportedSet.Make(TestWorlds.Roomy(100, seed)).Tickets.Select(t => t.Dimension("completeness_kind")).ToHashSet(StringComparer.Ordinal);
            Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "complete", "missing_order_number", "minimal_details", "incorrect_info", "wrong_email" }, kinds);
        }
    }

    private static string[] Misstates(ExportedTicket ticket) => [.. ticket.Disclosure.GetProperty("misstates").EnumerateArray().Select(m => m.GetString()!)];

    private static List<ExportedTicket> OfKind(string kind)
    {
        var tickets = ContradictionSets.Tickets.Where(t => t.Dimension("completeness_kind") == kind).ToList();
        Assert.NotEmpty(tickets);
        return tickets;
    }

    private static List<string> OrderNumbers(ExportedTicket ticket) => [.. OrderNumber().Matches($"{ticket.Subject}\n{ticket.Body}").Select(m => m.Value.ToUpperInvariant())];

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }

    [GeneratedRegex(@"ORD\S*?[0-9][0-9A-Z-]*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OrderNumber();

    [GeneratedRegex(@"\b(on|from|of|placed)\s+((?<month>January|February|March|April|May|June|July|August|September|October|November|December) (?<day>[0-9]{1,2})|(?<day>[0-9]{1,2}) (?<month>January|February|March|April|May|June|July|August|September|October|November|December))\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DateWords();
}
