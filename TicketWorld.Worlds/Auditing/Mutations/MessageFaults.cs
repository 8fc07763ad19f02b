using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>Bugs of what a ticket carries besides its resolution: its text, its sender, its time and what it is truly about.</summary>
internal static partial class MessageFaults
{
    private static readonly int[] Shifts = [-90, -45, -21, -10, -3, 3, 10, 21, 45, 90];

    /// <param name="products">Names of the products.</param>
    /// <param name="senders">Addresses of customers.</param>
    public static IEnumerable<TicketFault> Of(string[] products, string[] senders)
    {
        for (var digit = 1; digit <= 4; digit++)
        {
            var place = digit;
            yield return new TicketFault("wrong number in the text", $"digit {place} from the end", ticket => Replace(ticket, OrderNumber(), number => Change(number, number.Length - place)));
        }

        yield return new TicketFault("wrong number in the text", "left out", ticket => Replace(ticket, OrderNumber(), _ => "my order"));
        for (var place = 0; place < 4; place++)
        {
            var at = place;
            yield return new TicketFault("wrong amount in the text", $"digit {at + 1} changed", ticket => Replace(ticket, AmountInText(), amount => Change(amount, Digit(amount, at))));
        }

        yield return new TicketFault("wrong amount in the text", "left out", ticket => Replace(ticket, AmountInText(), _ => "less"));
        foreach (var step in (int[])[1, 7, 13])
            yield return new TicketFault("wrong product in the text", $"another name ({step} further)", ticket => OtherProduct(ticket, products, step));
        yield return new TicketFault("wrong product in the text", "left out", ticket => OtherProduct(ticket, products, 0));
        yield return new TicketFault("wrong sender", "another customer's address", ticket => ticket["customer_email"]!.GetValue<string>() is var own && Set(ticket, "customer_email", senders.First(s => s != own)));
        yield return new TicketFault("wrong sender", "nobody's address", ticket => Found(ticket) && Set(ticket, "customer_email", "nobody.at.all@example.net"));
        foreach (var days in Shifts)
            yield return new TicketFault("written at another time", $"{days} days", ticket => Shift(ticket, TimeSpan.FromDays(days)));
        foreach (var hours in (int[])[-2, 3])
            yield return new TicketFault("written at another time", $"{hours} hours", ticket => Shift(ticket, TimeSpan.FromHours(hours)));
        yield return new TicketFault("wrong ticket", "customer", ticket => Set(ticket, "customer_id", Other(ticket["customer_id"]!)));
        yield return new TicketFault("wrong ticket", "order", ticket => ticket["order_id"]!.GetValue<string>() != "N/A" && Set(ticket, "order_id", Other(ticket["order_id"]!)));
        yield return new TicketFault("wrong ticket", "product", ticket => ticket["product_id"]!.GetValue<string>() != "N/A" && Set(ticket, "product_id", Other(ticket["product_id"]!)));
        yield return new TicketFault("wrong ticket", "id of another day", ticket => Set(ticket, "ticket_id", "TK-20000101" + ticket["ticket_id"]!.GetValue<string>()[11..]));
        yield return new TicketFault("wrong ticket", "no text", ticket => Set(ticket, "body", "Hello."));
        yield return new TicketFault("wrong ticket", "two requests more", ticket => Set(ticket, "body", ticket["body"]!.GetValue<string>() + "\n\n" + string.Join(" ", products.Take(3))));
    }

    private static bool Found(JsonObject ticket) => ticket["resolution_plan"]!["customer_lookup"]!["lookup_method"]!.GetValue<string>() == "primary_email";

    private static bool Replace(JsonObject ticket, Regex pattern, Func<string, string> change)
    {
        var body = ticket["body"]!.GetValue<string>();
        var changed = pattern.Replace(body, match => change(match.Value));
        return changed != body && Set(ticket, "body", changed);
    }

    private static bool OtherProduct(JsonObject ticket, string[] products, int step)
    {
        var body = ticket["body"]!.GetValue<string>();
        var named = products.Where(p => body.Contains(p, StringComparison.Ordinal)).MaxBy(p => p.Length);
        if (named is null)
            return false;
        var other = step == 0 ? "thing" : products[(Array.IndexOf(products, named) + step) % products.Length];
        return Set(ticket, "body", body.Replace(named, other, StringComparison.Ordinal)) && Set(ticket, "subject", ticket["subject"]!.GetValue<string>().Replace(named, other, StringComparison.Ordinal));
    }

    /// <summary>Moves the message in time, with the day in its id.</summary>
    private static bool Shift(JsonObject ticket, TimeSpan by)
    {
        var time = DateTime.Parse(ticket["timestamp"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) + by;
        return Set(ticket, "timestamp", time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            && Set(ticket, "ticket_id", $"TK-{time:yyyyMMdd}{ticket["ticket_id"]!.GetValue<string>()[11..]}");
    }

    private static bool Set(JsonObject ticket, string key, string value)
    {
        ticket[key] = value;
        return true;
    }

    private static string Other(JsonNode id) => Change(id.GetValue<string>(), id.GetValue<string>().Length - 1);

    private static string Change(string text, int at) =>
        at < 0 ? text : string.Concat(text.AsSpan(0, at), text[at] == '1' ? "2" : "1", text.AsSpan(at + 1));

    /// <summary>The place of the n-th digit, or -1.</summary>
    private static int Digit(string text, int number)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) && number-- == 0)
                return i;
        }

        return -1;
    }

    [GeneratedRegex("ORD-[0-9]{8}-[0-9]{4,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OrderNumber();

    [GeneratedRegex("[$£€][0-9][0-9,]*\\.[0-9]{2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AmountInText();
}
