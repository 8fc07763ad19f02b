using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>Decides what a message of a completeness kind discloses, withholds and misstates.</summary>
internal static class Disclosures
{
    /// <param name="attempt">How often the kind was tried for the ticket; later tries of minimal details withhold less.</param>
    /// <returns>False when the ticket cannot have the kind.</returns>
    public static bool Draw(TicketDraft draft, int attempt, RecordBook book, ref Draws draws)
    {
        var disclosure = draft.Disclosure;
        var scenario = draft.Scenario;
        var hasOrder = draft.Order is not null;
        var hasProduct = draft.Product is not null;
        disclosure.Sender = "primary";
        disclosure.OrderNumber = hasOrder ? "exact" : "none";
        disclosure.WrittenOrderNumber = hasOrder ? draft.Order!.Id.ToString() : null;
        disclosure.Product = hasProduct ? "named" : "none";
        disclosure.Withholds = scenario.WithholdAlways & draft.Known;
        draft.Message = draft.Message with { Sender = draft.Customer.PrimaryEmail };
        switch (draft.Kind)
        {
            case CompletenessKind.MissingOrderNumber when hasOrder:
                WithholdNumber(disclosure);
                break;
            case CompletenessKind.MinimalDetails:
                disclosure.Withholds |= scenario.Withhold & draft.Known;
                if (hasOrder && attempt < 2 && draws.Chance(50))
                    WithholdNumber(disclosure);
                if (hasProduct && attempt < 3)
                    disclosure.Product = "withheld";
                if (disclosure.Withholds == 0 && disclosure.OrderNumber != "withheld" && disclosure.Product != "withheld")
                    return false;
                break;
            case CompletenessKind.IncorrectInfo when hasOrder:
                disclosure.OrderNumber = "misspelled";
                disclosure.WrittenOrderNumber = OrderNumberTypo.Make(draft.Order!.Id, book, ref draws);
                break;
            case CompletenessKind.WrongEmail when draft.Customer.AlternateEmail is { } alternate && (!hasOrder || draws.Chance(70)):
                disclosure.Sender = "alternate";
                draft.Message = draft.Message with { Sender = alternate };
                break;
            case CompletenessKind.WrongEmail:
                disclosure.Sender = "unknown";
                draft.Message = draft.Message with { Sender = UnknownAddress(draft.Customer, book, ref draws) };
                break;
            case CompletenessKind.Complete:
                break;
            default:
                return false;
        }

        disclosure.States = Stated(scenario.Request, draft) & ~disclosure.Withholds;
        disclosure.DaysSinceOrder = hasOrder ? DateOnly.FromDateTime(draft.Message.Timestamp).DayNumber - draft.Order!.Id.Date.DayNumber : null;
        return true;
    }

    private static void WithholdNumber(Disclosure disclosure)
    {
        disclosure.OrderNumber = "withheld";
        disclosure.WrittenOrderNumber = null;
    }

    /// <summary>A claim is said unless silence means the same.</summary>
    private static ulong Stated(RequestDefinition request, TicketDraft draft)
    {
        ulong stated = 0;
        foreach (var claim in request.Claims)
        {
            if ((draft.Known >> claim.Fact & 1) != 0 && claim.Silence != draft.Truth[claim.Fact])
                stated |= 1UL << claim.Fact;
        }

        return stated;
    }

    /// <summary>An address that looks like the customer's and is nobody's.</summary>
    private static string UnknownAddress(Customer customer, RecordBook book, ref Draws draws)
    {
        var letters = string.Concat(customer.Name.ToLowerInvariant().Where(c => char.IsAsciiLetterLower(c) || c == ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var first = letters.Length > 0 ? letters[0] : "me";
        var last = letters.Length > 1 ? letters[^1] : "home";
        while (true)
        {
            var number = draws.Between(2, 9999);
            var address = draws.Below(3) switch
            {
                0 => $"{first}.{last}.{number}@office.example.com",
                1 => $"{last}{number}@post.example.net",
                _ => $"{first}{number}@home.example.org",
            };
            if (book.CustomerByEmail(address) is null)
                return address;
        }
    }
}
