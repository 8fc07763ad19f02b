using System.Globalization;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Authorship;

/// <summary>Makes briefs of proved tickets. What a message is to say is what its proved text says, as the reader of messages reads it.</summary>
internal sealed class BriefMaker(World world)
{
    private const int MostWordings = 8;
    private readonly PolicyDocument _policy = world.Pack.Policy;
    private readonly Vocabulary _vocabulary = world.Pack.Vocabulary;
    private readonly int _request = world.Pack.Policy.FactsByName["request"].Index;

    /// <summary>The brief of a message, or null when something it says has no wording that could be handed on.</summary>
    public MessageBrief? Message(TicketDraft draft)
    {
        var message = draft.Message;
        var reading = world.Checker.Reader.Read(message);
        var tail = QuotedTail.Of(message.Body, _vocabulary);
        var own = message.Subject + "\n" + message.Body[..(message.Body.Length - tail.Length)];
        if (Says(reading, message) is not { } says)
            return null;
        return new MessageBrief
        {
            TicketId = message.TicketId,
            Company = world.CompanyName,
            Date = DateOnly.FromDateTime(message.Timestamp),
            CustomerName = draft.Customer.Name,
            NameRequired = world.Book.CustomerByEmail(message.Sender) is null,
            Persona = draft.Persona,
            Sentiment = draft.Sentiment,
            Words = Math.Max(5, own.AsSpan().Count(' ')),
            OrderNumber = reading.OrderNumber is { } number && own.Contains(number, StringComparison.OrdinalIgnoreCase) ? number : null,
            Product = Name(reading.Product),
            TargetProduct = Name(reading.Target),
            TargetMarkers = reading.Target is null ? [] : _vocabulary.TargetMarkers,
            Amount = reading.Amount is { } amount ? _vocabulary.CurrencySymbol + amount.ToDecimal().ToString("N2", CultureInfo.InvariantCulture) : null,
            Says = says,
            LeavesOpen = LeavesOpen(reading),
        };
    }

    public ReasoningBrief Reasoning(TicketDraft draft)
    {
        var plan = draft.Plan;
        return new ReasoningBrief(
            draft.Message.TicketId,
            plan.Outcome,
            plan.PolicyReasoning,
            [.. _policy.Clauses.Where(c => plan.PolicyReferences.Contains(c.Id)).Select(c => new CitedClause(c.Id, c.Title))],
            [.. plan.Actions.Select(a => new BriefAction(a.Type, a.Reason, a.Value.ToString(), a.Clauses))]);
    }

    private Statement[]? Says(Reading reading, Message message)
    {
        var says = new List<Statement>();
        foreach (var request in (int[])[reading.Request, reading.SecondRequest])
        {
            if (request >= 0)
                says.Add(Statement(_request, _policy.Requests[request].Symbol, message));
        }

        foreach (var fact in _policy.Facts)
        {
            if (reading.Value(fact.Index) is { } value)
                says.Add(Statement(fact.Index, value, message));
        }

        foreach (var band in reading.StatedBands.Distinct())
        {
            string[] wordings = [.. Times(band, DateOnly.FromDateTime(message.Timestamp)).Take(MostWordings)];
            says.Add(new Statement("order_date", $"{band.From} to {band.To} days ago", wordings));
        }

        return says.TrueForAll(s => s.Wordings.Length > 0) ? [.. says] : null;
    }

    /// <summary>The wordings that the proved text uses come first, then others, from a place that differs from ticket to ticket.</summary>
    private Statement Statement(int fact, long value, Message message)
    {
        Cue[] cues = [.. _vocabulary.Cues.Where(c => c.Fact == fact && c.Value == value)];
        var from = cues.Length == 0 ? 0 : (int)(Place(message.TicketId) % (uint)cues.Length);
        var used = cues.Where(c => MessageReader.Mentions(message.Body, c.Text) || MessageReader.Mentions(message.Subject, c.Text));
        var definition = _policy.Facts[fact];
        return new Statement(
            definition.Name,
            Values.Format(value, definition.Type, _policy.Symbols),
            [.. used.Concat(cues[from..]).Concat(cues[..from]).Select(c => c.Text).Distinct(StringComparer.Ordinal).Take(MostWordings)]);
    }

    private IEnumerable<string> Times(DayBand band, DateOnly today)
    {
        foreach (var cue in _vocabulary.Timing)
        {
            if (cue.From == band.From && cue.To == band.To)
                yield return cue.Text;
        }

        var day = today.AddDays(-band.From);
        foreach (var text in (string[])[day.ToString("MMMM d", CultureInfo.InvariantCulture), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.ToString("MMMM", CultureInfo.InvariantCulture)])
        {
            if (world.Checker.Reader.Read("", text, today).StatedDays == band)
                yield return text;
        }
    }

    private string[] LeavesOpen(Reading reading)
    {
        var open = new List<string>();
        if (reading.OrderNumber is null)
            open.Add("order_number");
        if (reading.Product is null)
            open.Add("product");
        if (reading.StatedDays is null)
            open.Add("order_date");
        if (reading.Amount is null)
            open.Add("any amount of money");
        foreach (var fact in _policy.Facts)
        {
            if (fact.Source == FactSource.Customer && fact.Index != _request && fact.Type != FactType.Money && reading.Value(fact.Index) is null)
                open.Add(fact.Name);
        }

        return [.. open];
    }

    private string? Name(ProductId? product) => product is { } id ? world.Book.Product(id)!.Name : null;

    private static uint Place(string id)
    {
        var hash = 2166136261u;
        foreach (var c in id)
            hash = (hash ^ c) * 16777619;
        return hash;
    }
}
