namespace TicketWorld.Worlds.Generation;

/// <summary>
/// Addresses made of names. An address is one of 64 forms (8 ways to write the name × 8 domains) of a pair of
/// names, and no two forms of any two pairs are the same text: a pair is written out whole, or as an initial with the number
/// of the first name among those with that initial.
/// </summary>
internal sealed class EmailAddresses(People people)
{
    private const int Styles = 8;

    /// <summary>How many addresses there are.</summary>
    public ulong Count => (ulong)people.FirstNames.Length * (ulong)people.LastNames.Length * Styles * (ulong)people.Domains.Length;

    public readonly record struct Key(int First, int Last, int Style, int Domain);

    /// <param name="number">0 … <see cref="Count"/> − 1.</param>
    public Key this[ulong number]
    {
        get
        {
            var (rest, domain) = Math.DivRem(number, (ulong)people.Domains.Length);
            var style = (int)(rest % Styles);
            var (last, first) = Math.DivRem(rest / Styles, (ulong)people.FirstNames.Length);
            return new Key((int)first, (int)last, style, (int)domain);
        }
    }

    public string Primary(Key key) => Write(key, people.LowerLastNames[key.Last], people.Domains[key.Domain]);

    /// <summary>A second address of the same person, in another form at another domain.</summary>
    public string Alternate(Key key) => Write(key with { Style = (key.Style + 3) % Styles }, people.LowerLastNames[key.Last], people.AlternateDomains[key.Domain]);

    /// <summary>The first address with a slip in the last name.</summary>
    public string Misspelled(Key key) => Write(key, people.MisspelledLastNames[key.Last], people.Domains[key.Domain]);

    private string Write(Key key, string last, string domain)
    {
        var first = people.LowerFirstNames[key.First];
        Span<char> text = stackalloc char[128];
        var writer = new SpanText(text);
        switch (key.Style)
        {
            case 0:
                writer.Add(first).Add('.').Add(last);
                break;
            case 1:
                writer.Add(first).Add('_').Add(last);
                break;
            case 2:
                writer.Add(last).Add('-').Add(first);
                break;
            case 3:
                writer.Add(first[0]).Add('.').Add(last).Add(11 + people.InitialRanks[key.First]);
                break;
            case 4 or 5:
                writer.Add(first).Add('.').Add(last).AddTwoDigits(Year(key, key.Style));
                break;
            case 6:
                writer.Add(first).Add('_').Add(last).AddTwoDigits(Year(key, key.Style));
                break;
            default:
                writer.Add(last).Add('.').Add(first[0]).Add(11 + people.InitialRanks[key.First]);
                break;
        }

        return writer.Add('@').Add(domain).ToString();
    }

    /// <summary>The last two digits of a year from 1960 to 2006, another for each style.</summary>
    private static int Year(Key key, int style) => (60 + (key.First * 31 + key.Last * 17 + style * 17) % 47) % 100;
}
