using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Generation;

/// <summary>A city with what its postal codes and telephone numbers hold.</summary>
/// <param name="State">State, county or another region.</param>
internal sealed record Place(string City, string State, string ZipPrefix, string AreaCode);

/// <summary>Who the customers of a company may be: the content of <c>people.yaml</c>.</summary>
internal sealed class People
{
    private const int LongestText = 32;
    private const int LongestCode = 12;

    private People()
    {
    }

    public required Share[] Tiers { get; init; }
    public required int AlternatePercent { get; init; }

    /// <summary>Percent of the second addresses that are the first with a slip in it.</summary>
    public required int MisspelledPercent { get; init; }
    public required int SameBillingPercent { get; init; }
    public required int TaxExemptPercent { get; init; }
    public required string[] Domains { get; init; }
    public required string[] AlternateDomains { get; init; }
    public required string[] FirstNames { get; init; }
    public required string[] LastNames { get; init; }
    public required string[] StreetNames { get; init; }
    public required string[] StreetTypes { get; init; }

    /// <summary>Second address lines, with <c>{n}</c> for a number.</summary>
    public required string[] Units { get; init; }
    public required int UnitPercent { get; init; }
    public required Place[] Places { get; init; }

    /// <summary>How postal codes are written; the place gives the zip prefix.</summary>
    public required CodePattern PostalCode { get; init; }

    /// <summary>How telephone numbers are written; the place gives the area code. The first that has enough of them is used.</summary>
    public required CodePattern[] Phones { get; init; }

    /// <summary>First names as addresses write them.</summary>
    public required string[] LowerFirstNames { get; init; }
    public required string[] LowerLastNames { get; init; }

    /// <summary>Last names with a slip, none of which is another last name.</summary>
    public required string[] MisspelledLastNames { get; init; }

    /// <summary>Place of each first name among those with the same initial.</summary>
    public required int[] InitialRanks { get; init; }

    /// <exception cref="PackException">The file is not well-formed.</exception>
    public static People Read(PackNode root)
    {
        root.Only("tiers", "alternate_email", "same_billing_percent", "tax_exempt_percent", "email", "first_names", "last_names", "street_names", "street_types", "units", "unit_percent", "places", "postal_code", "phones");
        var alternate = root["alternate_email"];
        alternate.Only("percent", "misspelled_percent");
        var email = root["email"];
        email.Only("domains", "alternate_domains");
        var first = Names(root["first_names"]);
        var last = Names(root["last_names"]);
        var lowerLast = Array.ConvertAll(last, n => n.ToLowerInvariant());
        var people = new People
        {
            Tiers = [.. root["tiers"].Entries.Select(e => new Share(e.Key, e.Value.Integer(0, 1000)))],
            AlternatePercent = alternate["percent"].Integer(0, 100),
            MisspelledPercent = alternate["misspelled_percent"].Integer(0, 100),
            SameBillingPercent = root["same_billing_percent"].Integer(0, 100),
            TaxExemptPercent = root.Find("tax_exempt_percent")?.Integer(0, 90) ?? 0,
            Domains = ReadDomains(email["domains"]),
            AlternateDomains = ReadDomains(email["alternate_domains"]),
            FirstNames = first,
            LastNames = last,
            StreetNames = Some(root["street_names"]),
            StreetTypes = Some(root["street_types"]),
            Units = Some(root["units"]),
            UnitPercent = root["unit_percent"].Integer(0, 100),
            Places = [.. root["places"].Items.Select(ReadPlace)],
            PostalCode = CodePattern.Read(root["postal_code"], LongestCode),
            Phones = [.. root["phones"].Items.Select(p => CodePattern.Read(p, LongestCode))],
            LowerFirstNames = Array.ConvertAll(first, n => n.ToLowerInvariant()),
            LowerLastNames = lowerLast,
            MisspelledLastNames = Misspell(lowerLast),
            InitialRanks = Ranks(first),
        };
        if (people.Domains.Length != people.AlternateDomains.Length || people.Domains.Intersect(people.AlternateDomains).Any())
            throw email.Error("First and second addresses have different numbers of domains, or share one.", "List as many alternate_domains as domains, all different.");
        if (people.Phones.Length == 0)
            throw root["phones"].Error("There is no telephone number.", "Write a pattern such as \"({place}) 555-01{00-99}\".");
        if (people.Tiers.Sum(t => t.Weight) == 0)
            throw root["tiers"].Error("No tier has a share.", "Give at least one a share above 0.");
        var double_ = people.Places.GroupBy(p => p.AreaCode).FirstOrDefault(g => g.Count() > 1);
        if (double_ is not null || people.Places.Length == 0)
            throw root["places"].Error(double_ is null ? "There is no place." : $"The area code {double_.Key} stands twice.", "Give every place an area code of its own, so that telephone numbers are unique.");
        return people;
    }

    private static Place ReadPlace(PackNode node)
    {
        if (node.Items.Count != 4)
            throw node.Error($"A place has {node.Items.Count} parts.", "Write [city, state, zip prefix, area code].");
        var place = new Place(node.Items[0].Text, node.Items[1].Text, node.Items[2].Text, node.Items[3].Text);
        return place.ZipPrefix.Length is > 0 and <= LongestCode && place.AreaCode.Length is > 0 and <= LongestCode && place.AreaCode.All(c => char.IsAsciiDigit(c) || c == ' ')
            ? place
            : throw node.Error($"{place.City} has the zip prefix '{place.ZipPrefix}' and the area code '{place.AreaCode}'.", $"Write 1 to {LongestCode} characters each, in quotes; an area code has digits and spaces.");
    }

    private static string[] ReadDomains(PackNode node)
    {
        foreach (var item in node.Items)
        {
            if (item.Text is not ("example.com" or "example.net" or "example.org") && !item.Text.EndsWith(".example.com", StringComparison.Ordinal) && !item.Text.EndsWith(".example.net", StringComparison.Ordinal) && !item.Text.EndsWith(".example.org", StringComparison.Ordinal))
                throw item.Error($"'{item.Text}' is not reserved for examples.", "Use example.com, example.net, example.org or a name under one of them.");
        }

        return Some(node);
    }

    /// <summary>Names in ASCII letters, so that every address made of them is unique and valid.</summary>
    private static string[] Names(PackNode node)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in node.Items)
        {
            if (item.Text.Length < 2 || !item.Text.All(char.IsAsciiLetter))
                throw item.Error($"'{item.Text}' is no name of ASCII letters.", "Write at least two letters a to z.");
            if (!seen.Add(item.Text))
                throw item.Error($"The name '{item.Text}' stands twice.", "Remove one.");
        }

        return Some(node);
    }

    private static string[] Some(PackNode node)
    {
        foreach (var item in node.Items)
        {
            if (item.Text.Length is 0 or > LongestText)
                throw item.Error($"'{item.Text}' has {item.Text.Length} characters.", $"Write 1 to {LongestText}.");
        }

        return node.Texts() is { Length: > 0 } texts ? texts : throw node.Error("The list is empty.", "Write at least one.");
    }

    private static string[] Misspell(string[] names)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        return Array.ConvertAll(names, name =>
        {
            var swapped = name[..^2] + name[^1] + name[^2];
            var wrong = known.Contains(swapped) ? name + name[^1] : swapped;
            while (!known.Add(wrong))
                wrong += name[^1];
            return wrong;
        });
    }

    private static int[] Ranks(string[] names)
    {
        var counts = new int[128];
        return Array.ConvertAll(names, name => counts[char.ToLowerInvariant(name[0])]++);
    }
}
