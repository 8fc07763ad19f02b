using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>Decides what a message of a completeness kind discloses, withholds and misstates.</summary>
internal sealed class Disclosures(WorldTables tables, PackSettings settings, Catalog catalog)
{
    private const int SaysDatePercent = 25;
    private readonly RecordBook _book = tables.Book;
    private readonly ILookup<ProductKind?, Product> _byKind = tables.Products.ToLookup(catalog.KindOf);
    private readonly int[] _misstatements = Quota.Ends([.. settings.IncorrectInfo.Select(s => s.Weight)]);

    /// <param name="attempt">How often the kind was tried for the ticket; later tries withhold less.</param>
    /// <returns>False when the ticket cannot have the kind.</returns>
    public bool Draw(TicketDraft draft, int attempt, ref Draws draws)
    {
        var disclosure = draft.Disclosure;
        Tell(draft);
        switch (draft.Kind)
        {
            case CompletenessKind.MissingOrderNumber when draft.Order is not null:
                WithholdNumber(disclosure);
                // Later tries say when it was ordered: what is escalated may not end in a question.
                disclosure.SaysDate = attempt >= 2 || draws.Chance(SaysDatePercent);
                break;
            case CompletenessKind.MinimalDetails:
                if (!Withhold(draft, attempt, ref draws))
                    return false;
                break;
            case CompletenessKind.IncorrectInfo when draft.Order is not null:
                if (!Misstate(draft, ref draws))
                    return false;
                break;
            case CompletenessKind.WrongEmail when draft.Customer.AlternateEmail is { } alternate && (draft.Order is null || draws.Chance(70)):
                disclosure.Sender = "alternate";
                draft.Message = draft.Message with { Sender = alternate };
                break;
            case CompletenessKind.WrongEmail:
                disclosure.Sender = "unknown";
                draft.Message = draft.Message with { Sender = UnknownAddress(draft.Customer, ref draws) };
                break;
            case CompletenessKind.Complete:
                break;
            default:
                return false;
        }

        disclosure.States = Stated(draft) & ~disclosure.Withholds;
        if (draft.Kind != CompletenessKind.MinimalDetails && draft.Order is not null && draws.Chance(settings.ThreadPercent))
        {
            disclosure.Thread = true;
            disclosure.OrderInThread = disclosure.OrderNumber == "exact" && draws.Chance(50);
        }

        return true;
    }

    /// <summary>Everything is told as it is.</summary>
    private static void Tell(TicketDraft draft)
    {
        var disclosure = draft.Disclosure;
        disclosure.Sender = "primary";
        disclosure.OrderNumber = draft.Order is not null ? "exact" : "none";
        disclosure.WrittenOrderNumber = draft.Order?.Id.ToString();
        disclosure.Product = draft.Product is not null ? "named" : "none";
        disclosure.NamedProduct = draft.Product;
        disclosure.Misstates = Misstatement.None;
        disclosure.SaysDate = false;
        disclosure.PretendedDays = null;
        disclosure.StatedDays = null;
        disclosure.Thread = false;
        disclosure.OrderInThread = false;
        disclosure.Withholds = draft.Scenario.WithholdAlways & draft.Known;
        draft.Message = draft.Message with { Sender = draft.Customer.PrimaryEmail };
    }

    private static bool Withhold(TicketDraft draft, int attempt, ref Draws draws)
    {
        var disclosure = draft.Disclosure;
        disclosure.Withholds |= draft.Scenario.Withhold & draft.Known;
        if (draft.Order is not null && attempt < 2 && draws.Chance(50))
            WithholdNumber(disclosure);
        if (draft.Product is not null && attempt < 3)
        {
            disclosure.Product = "withheld";
            disclosure.NamedProduct = null;
        }

        return disclosure.Withholds != 0 || disclosure.OrderNumber == "withheld" || disclosure.Product == "withheld";
    }

    private static void WithholdNumber(Disclosure disclosure)
    {
        disclosure.OrderNumber = "withheld";
        disclosure.WrittenOrderNumber = null;
    }

    /// <summary>One of the things that the pack's weights choose; one that the ticket cannot have gives way to the next.</summary>
    private bool Misstate(TicketDraft draft, ref Draws draws)
    {
        var first = draws.Weighted(_misstatements);
        for (var i = 0; i < settings.IncorrectInfo.Length; i++)
        {
            var made = settings.IncorrectInfo[(first + i) % settings.IncorrectInfo.Length].Name switch
            {
                "order_date" => MisstateDate(draft, ref draws),
                "product" => MisstateProduct(draft, ref draws),
                _ => MisstateNumber(draft, ref draws),
            };
            if (made)
                return true;
        }

        return false;
    }

    private bool MisstateNumber(TicketDraft draft, ref Draws draws)
    {
        draft.Disclosure.Misstates = Misstatement.OrderNumber;
        draft.Disclosure.OrderNumber = "misspelled";
        draft.Disclosure.WrittenOrderNumber = OrderNumberTypo.Make(draft.Order!.Id, _book, ref draws);
        return true;
    }

    /// <summary>The customer believes an old order to be newer, or a new one older, by more than any wording is wide; sometimes that is all there is to find it by.</summary>
    private static bool MisstateDate(TicketDraft draft, ref Draws draws)
    {
        var days = draft.DaysSinceOrder!.Value;
        draft.Disclosure.Misstates = Misstatement.OrderDate;
        draft.Disclosure.SaysDate = true;
        draft.Disclosure.PretendedDays = days >= 24 && draws.Chance(70) ? draws.Between(days / 6, days / 3) : draws.Between(days * 2 + 20, days * 3 + 40);
        if (draft.Disclosure.Product == "named" && draws.Chance(30))
            WithholdNumber(draft.Disclosure);
        return true;
    }

    /// <summary>
    /// The customer names another product of the kind, such as another keyboard. It is in none of the customer's orders, for then the message
    /// would rather be about that one; and of who says that something else came than was ordered, the name is to be relied on.
    /// </summary>
    private bool MisstateProduct(TicketDraft draft, ref Draws draws)
    {
        if (draft.Scenario.Subject != RequestSubject.Item || draft.Scenario.NamesExactly || draft.Product is not { } product || catalog.KindOf(product) is not { } kind)
            return false;
        Product[] near = [.. _byKind[kind]];
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var other = draws.Pick(near);
            if (other == draft.Target || IsOwned(draft.Customer, other) || (attempt < 4 && other.Brand != product.Brand))
                continue;
            draft.Disclosure.Misstates = Misstatement.Product;
            draft.Disclosure.Product = "misnamed";
            draft.Disclosure.NamedProduct = other;
            return true;
        }

        return false;
    }

    private bool IsOwned(Customer customer, Product product)
    {
        foreach (var order in _book.OrdersOf(customer.Id))
        {
            if (Array.Exists(order.Items, item => item.Product == product.Id))
                return true;
        }

        return false;
    }

    /// <summary>A claim is said unless silence means the same; one that the record refutes is always said.</summary>
    private static ulong Stated(TicketDraft draft)
    {
        ulong stated = 0;
        foreach (var request in draft.Requests)
        {
            foreach (var claim in request.Claims)
            {
                if ((draft.Known >> claim.Fact & 1) != 0 && (claim.Silence != draft.Truth[claim.Fact] || Array.Exists(draft.Scenario.Refuted, r => r.Fact == claim.Fact)))
                    stated |= 1UL << claim.Fact;
            }
        }

        return stated;
    }

    /// <summary>An address that looks like the customer's and is nobody's.</summary>
    private string UnknownAddress(Customer customer, ref Draws draws)
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
            if (_book.CustomerByEmail(address) is null)
                return address;
        }
    }
}
