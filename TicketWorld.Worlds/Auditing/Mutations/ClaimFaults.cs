using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>
/// Texts that claim something else than the resolution was derived from: a ticket gets the text of another with the same request, which
/// differs in one claim, with its own order number, product and name put in. That the answer is then another one is the first oracle's
/// word; pairs for which it is not are passed over.
/// </summary>
internal static class ClaimFaults
{
    private const int MostPairs = 4000;

    /// <returns>By kind of claim and values: the ticket with the wrong text, one for each.</returns>
    public static IEnumerable<(string What, MutatedTicket Ticket)> Of(TicketInput[] inputs, MutatedTicket[] lines, Pack pack, RecordBook book)
    {
        var resolver = new Resolver(pack.Engine, book);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var plain = inputs.Select((input, index) => (input, index)).Where(x => IsPlain(x.input));
        foreach (var group in plain.GroupBy(x => x.input.Requests[0].Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var members = group.ToArray();
            var pairs = 0;
            foreach (var (a, index) in members)
            {
                foreach (var (b, _) in members)
                {
                    if (pairs >= MostPairs || Changed(a, b, pack.Policy) is not { } what || seen.Contains(what))
                        continue;
                    pairs++;
                    var plan = resolver.Resolve(a.Requests, a.Disclosed, b.States, b.Truth, a.Target);
                    if (PlanDifference.Decides(plan, a.Plan) && Rewrite(a, b, lines[index].WithDebug) is { } ticket)
                    {
                        seen.Add(what);
                        yield return (what, MutatedTicket.Of(index, ticket));
                    }
                }
            }
        }
    }

    private static bool IsPlain(TicketInput input) =>
        input.Requests.Length == 1 && input.Target is null && !input.HasThread && input.Disclosed.DaysSinceOrder is null && input.Disclosed.OrderNumber is not null
        && input.ProductMention == "named" && input.Plan.Discrepancies.Length == 0 && input.Disclosed.SignedName is null;

    /// <summary>The one claim in which two messages differ, in words; null when they do in none or in several.</summary>
    private static string? Changed(TicketInput a, TicketInput b, PolicyDocument policy)
    {
        string? what = null;
        for (var rest = a.States | b.States; rest != 0; rest &= rest - 1)
        {
            var fact = policy.Facts[BitOperations.TrailingZeroCount(rest)];
            var (one, other) = (Said(a, fact), Said(b, fact));
            if (one == other)
                continue;
            if (what is not null)
                return null;
            what = fact.Type == FactType.Money
                ? $"{a.Requests[0].Name}: another {fact.Name}"
                : $"{a.Requests[0].Name}: {fact.Name} {Text(one)} becomes {Text(other)}";

            string Text(long? value) => value is { } known ? Values.Format(known, fact.Type, policy.Symbols) : "unsaid";
        }

        return what;
    }

    private static long? Said(TicketInput input, FactDefinition fact) => (input.States >> fact.Index & 1) != 0 ? input.Truth[fact.Index] : null;

    private static JsonObject? Rewrite(TicketInput a, TicketInput b, byte[] line)
    {
        if (a.Disclosed.OrderNumber is not { } order || b.Disclosed.OrderNumber is not { } other || a.Product is null || b.Product is null)
            return null;
        var ticket = JsonNode.Parse(line)!.AsObject();
        ticket["subject"] = Put(b.Message.Subject);
        ticket["body"] = Put(b.Message.Body);
        return ticket;

        string Put(string text) => new StringBuilder(text)
            .Replace(other, order)
            .Replace(b.Product.Name, a.Product.Name)
            .Replace(b.CustomerName, a.CustomerName)
            .ToString();
    }
}
