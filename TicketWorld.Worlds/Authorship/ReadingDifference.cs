using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Authorship;

/// <summary>
/// Tells in words how what one text says differs from what another says. The grammar's text has passed the gate, so a text without a difference
/// discloses what was to be disclosed, no less and no more.
/// </summary>
internal sealed class ReadingDifference(PolicyDocument policy, RecordBook book)
{
    public List<string> Find(Reading expected, Reading found)
    {
        var problems = new List<string>();
        if (found.Conflict is { } conflict)
            problems.Add($"It contradicts itself: {conflict}.");
        Requests(expected, found, problems);
        Same("order number", expected.OrderNumber?.ToUpperInvariant(), found.OrderNumber?.ToUpperInvariant(), problems);
        Same("product", Name(expected.Product), Name(found.Product), problems);
        Same("product wanted in exchange", Name(expected.Target), Name(found.Target), problems);
        Same("amount", expected.Amount?.ToString(), found.Amount?.ToString(), problems);
        if (found.AmountsDiffer && !expected.AmountsDiffer)
            problems.Add("It states more than one amount.");
        Same("days since the order", Days(expected), Days(found), problems);
        if (expected.HasThread != found.HasThread)
            problems.Add("It quotes an earlier message, and must not.");
        foreach (var fact in policy.Facts)
        {
            if (fact.Source == FactSource.Customer)
                Same(fact.Name, Value(expected, fact), Value(found, fact), problems);
        }

        return problems;
    }

    private void Requests(Reading expected, Reading found, List<string> problems)
    {
        if (expected.Request == found.Request && expected.SecondRequest == found.SecondRequest)
            return;
        problems.Add($"It must ask for {Names(expected)}, and asks for {Names(found)}.");
    }

    private string Names(Reading reading) => reading.RequestCount switch
    {
        0 => "nothing",
        1 => policy.Requests[reading.Request].Name,
        _ => $"{policy.Requests[reading.Request].Name} and {policy.Requests[reading.SecondRequest].Name}",
    };

    private string? Value(Reading reading, FactDefinition fact) => reading.Value(fact.Index) is { } value ? Values.Format(value, fact.Type, policy.Symbols) : null;

    private string? Name(ProductId? product) => product is { } id ? book.Product(id)?.Name : null;

    private static string? Days(Reading reading) => reading.StatedDays is { } days ? $"{days.From} to {days.To}" : null;

    private static void Same(string what, string? expected, string? found, List<string> problems)
    {
        if (expected == found)
            return;
        problems.Add(expected is null ? $"It must not tell the {what}, and tells {found}."
            : found is null ? $"It must tell the {what} ({expected}), and does not."
            : $"It must tell the {what} as {expected}, and tells {found}.");
    }
}
