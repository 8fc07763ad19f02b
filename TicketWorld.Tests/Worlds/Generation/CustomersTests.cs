using System.Text.RegularExpressions;
using TicketWorld.Tests.Worlds.Messages;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Tests.Worlds.Generation;

public sealed partial class CustomersTests
{
    private static readonly DateOnly From = new(2023, 2, 16);
    private static readonly DateOnly To = new(2025, 12, 31);

    private static CustomerMaker Maker(int count, ulong seed = 1) => new(TechNest.Pack.People, count, Seeds.Key(seed));

    private static Customer[] Make(int count, ulong seed = 1)
    {
        var maker = Maker(count, seed);
        return [.. Enumerable.Range(0, count).Select(i => maker.Make(i, From, To))];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(1003)]
    public void Shares_are_kept_exactly(int count)
    {
        var customers = Make(count);

        foreach (var (tier, share) in new[] { ("standard", 70), ("premium", 20), ("vip", 10) })
            Assert.InRange(customers.Count(c => c.Tier == tier) - count * share / 100.0, -0.99, 0.99);
        Assert.InRange(customers.Count(c => c.AlternateEmail is not null) - count * 0.2, -0.99, 0.99);
        Assert.InRange(customers.Count(c => c.BillingAddress == c.ShippingAddress) - count * 0.7, -0.99, 0.99);
    }

    [Fact]
    public void Tiers_are_found_without_making_customers()
    {
        var maker = Maker(503);
        var customers = Make(503);
        var tiers = CustomerMaker.Tiers(TechNest.Pack.People);

        for (var tier = 0; tier < tiers.Length; tier++)
        {
            var found = Enumerable.Range(0, maker.CountOf(tier)).Select(j => maker.OfTier(tier, j)).ToArray();
            Assert.Equal(customers.Where(c => c.Tier == tiers[tier].Name).Select(c => c.Id.Number - 1), found.Order());
            Assert.All(found, index => Assert.Equal(tier, maker.TierOf(index)));
            Assert.Throws<ArgumentOutOfRangeException>(() => maker.OfTier(tier, maker.CountOf(tier)));
        }
    }

    [Fact]
    public void A_customer_depends_on_nothing_but_seed_count_and_number()
    {
        var all = Make(200);
        var alone = Maker(200).Make(137, From, To);

        Assert.Equivalent(all[137], alone, strict: true);
        Assert.Equal(200, all.Zip(Make(200, seed: 2)).Count(pair => pair.First.PrimaryEmail != pair.Second.PrimaryEmail));
    }

    [Theory]
    [InlineData(15_000, 1)]
    [InlineData(1_000_000, 2)]
    public void Addresses_and_telephone_numbers_are_unique(int count, ulong seed)
    {
        var maker = Maker(count, seed);
        var emails = new HashSet<string>(count * 2, StringComparer.OrdinalIgnoreCase);
        var phones = new HashSet<string>(count, StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
        {
            var customer = maker.Make(index, From, To);
            Assert.True(emails.Add(customer.PrimaryEmail), customer.PrimaryEmail);
            Assert.True(customer.AlternateEmail is null || emails.Add(customer.AlternateEmail), customer.AlternateEmail);
            Assert.True(phones.Add(customer.Phone), customer.Phone);
        }
    }

    [Fact]
    public void Records_look_like_those_of_real_customers_and_are_nobodys()
    {
        var customers = Make(5000);
        var people = TechNest.Pack.People;
        foreach (var customer in customers)
        {
            Assert.Matches(Email(), customer.PrimaryEmail);
            Assert.Matches(Email(), customer.AlternateEmail ?? customer.PrimaryEmail);
            Assert.Matches(FictionPhone(), customer.Phone);
            Assert.Matches(Name(), customer.Name);
            Assert.InRange(customer.CreatedDate, From, To);
            foreach (var address in new[] { customer.ShippingAddress, customer.BillingAddress })
            {
                Assert.Matches(Street(), address.Street);
                Assert.Contains(people.Places, p => p.City == address.City && p.State == address.State && address.Zip.StartsWith(p.ZipPrefix, StringComparison.Ordinal));
                Assert.Equal(5, address.Zip.Length);
            }

            Assert.Equal(people.Places.Single(p => p.AreaCode == customer.Phone[1..4]).City, customer.ShippingAddress.City);
        }

        Assert.InRange(customers.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count(), 4900, 5000);
        Assert.InRange(people.Places.Length, 100, 400);
        Assert.InRange(people.FirstNames.Length, 300, 1000);
        Assert.InRange(people.LastNames.Length, 300, 1000);
    }

    [Fact]
    public void Some_second_addresses_are_the_first_with_a_slip()
    {
        var customers = Make(2000);

        var slips = customers.Where(c => c.AlternateEmail is { } alternate && alternate.Split('@')[1] == c.PrimaryEmail.Split('@')[1]).ToArray();

        Assert.Equal(20, slips.Length);
        Assert.All(slips, c => Assert.InRange(Math.Abs(c.AlternateEmail!.Length - c.PrimaryEmail.Length), 0, 2));
        Assert.All(slips, c => Assert.NotEqual(c.PrimaryEmail, c.AlternateEmail));
    }

    [Fact]
    public void More_customers_than_names_or_places_allow_are_refused()
    {
        var complaint = Assert.Throws<WorldException>(() => Maker(5_000_000));

        Assert.Equal("too_many_customers", complaint.Code);
        Assert.Equal("customers", complaint.Field);
    }

    [Theory]
    [InlineData("\"{place}{1-9} {1-9}@@\"", "LS", "^LS[1-9] [1-9][A-Z]{2}$", 9 * 9 * 20 * 20)]
    [InlineData("\"{place} 0{000-999}\"", "0113 496", "^0113 496 0[0-9]{3}$", 1000)]
    [InlineData("\"({place}) 555-01{00-99}\"", "212", "^[(]212[)] 555-01[0-9]{2}$", 100)]
    public void Codes_are_written_as_the_country_writes_them(string pattern, string place, string form, int count)
    {
        var codes = CodePattern.Read(PackNode.Parse("people.yaml", new StringReader(pattern)), 10);

        Assert.Equal(count, codes.Count);
        var written = Enumerable.Range(0, count).Select(n => codes.Write(place, n)).ToList();
        Assert.Equal(count, written.Distinct(StringComparer.Ordinal).Count());
        Assert.All(written, code => Assert.Matches(form, code));
    }

    [Theory]
    [InlineData("\"{place}{9-1}\"")]
    [InlineData("\"{place\"")]
    [InlineData("\"{town}\"")]
    public void Patterns_that_make_no_code_are_refused(string pattern) =>
        Assert.Throws<PackException>(() => CodePattern.Read(PackNode.Parse("people.yaml", new StringReader(pattern)), 10));

    [Theory]
    [InlineData("first_names: [Ana, Ben]", "first_names: [Ana, Ana]", "stands twice")]
    [InlineData("first_names: [Ana, Ben]", "first_names: [Ana, Zoë]", "is no name of ASCII letters")]
    [InlineData("domains: [example.com]", "domains: [gmail.com]", "is not reserved for examples")]
    [InlineData("alternate_domains: [work.example.com]", "alternate_domains: [example.com]", "share one")]
    [InlineData("- [Boston, MA, \"021\", \"617\"]", "- [Boston, MA, \"021\", \"212\"]", "The area code 212 stands twice")]
    [InlineData("- [Boston, MA, \"021\", \"617\"]", "- [Boston, MA, \"021\", \"6x7\"]", "an area code has digits")]
    [InlineData("unit_percent: 10", "unit_percent: 110", "is not a whole number from 0 to 100")]
    [InlineData("street_names: [Oak]", "street_names: []", "The list is empty")]
    [InlineData("tiers: {standard: 1}", "tiers: {standard: 0}", "No tier has a share")]
    public void Wrong_people_are_refused(string right, string wrong, string problem)
    {
        const string Text = """
            tiers: {standard: 1}
            alternate_email: {percent: 20, misspelled_percent: 5}
            same_billing_percent: 70
            email:
              domains: [example.com]
              alternate_domains: [work.example.com]
            first_names: [Ana, Ben]
            last_names: [Ruiz, Stone]
            street_names: [Oak]
            street_types: [Street]
            units: ["Apt {n}"]
            unit_percent: 10
            postal_code: "{place}{01-49}"
            phones: ["({place}) 555-01{00-99}"]
            places:
              - [New York, NY, "100", "212"]
              - [Boston, MA, "021", "617"]
            """;
        Assert.NotNull(People.Read(PackNode.Parse("people.yaml", new StringReader(Text))));

        var complaint = Assert.Throws<PackException>(() => People.Read(PackNode.Parse("people.yaml", new StringReader(Text.Replace(right, wrong, StringComparison.Ordinal)))));

        Assert.Contains(problem, complaint.Message, StringComparison.Ordinal);
        Assert.True(complaint.Line > 0);
    }

    [GeneratedRegex(@"^[a-z]+([._-][a-z]+)?[0-9]{0,3}@([a-z]+\.)?example\.(com|net|org)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"^\([2-9][0-9]{2}\) 555-01[0-9]{2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FictionPhone();

    [GeneratedRegex("^[A-Z][A-Za-z]+ [A-Z][A-Za-z]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[1-9][0-9]{0,3} [A-Z][a-z]+ [A-Z][a-z]+(, (Apt |Unit |Suite |#)[1-9][0-9]{0,2})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Street();
}
