using System.Globalization;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>Has the grammar write the message of a draft. Holds scratch: one for each thread.</summary>
internal sealed class MessageComposer
{
    private readonly Pack _pack;
    private readonly string _company;
    private readonly MessageSpec _spec;
    private readonly MessageBuffer _buffer = new();
    private readonly Dictionary<string, Sentiment> _moods = new(ReferenceEqualityComparer.Instance);

    /// <summary>By mood: shares of the personas that have it, added up.</summary>
    private readonly int[][] _personas;

    public MessageComposer(Pack pack, string company)
    {
        _pack = pack;
        _company = company;
        _spec = pack.Grammar.NewSpec();
        _personas = [.. Enum.GetValues<Sentiment>().Select(mood => Quota.Ends(pack.Grammar.Personas.Select(p => p.Feels(mood) ? p.Share : 0).ToArray()))];
    }

    public void Write(TicketDraft draft, ref Draws draws)
    {
        var disclosure = draft.Disclosure;
        _spec.Clear();
        _spec.Wording = _pack.Wordings[draft.Scenario.Index];
        _spec.Second = _pack.SecondWordings[draft.Scenario.Index];
        _spec.Sentiment = MoodOf(draft.Sentiment);
        _spec.Persona = _pack.Grammar.Personas[draws.Weighted(_personas[(int)_spec.Sentiment])];
        _spec.Sender = disclosure.Sender switch
        {
            "alternate" => SenderKind.Alternate,
            "unknown" => SenderKind.Unknown,
            _ => SenderKind.Primary,
        };
        _spec.Minimal = draft.Kind == CompletenessKind.MinimalDetails;
        _spec.HolidaySeason = draft.Scenario.Order is { Season: not null, OutsideSeason: false };
        _spec.OrderMention = disclosure.OrderNumber switch
        {
            "exact" => OrderMention.Exact,
            "misspelled" => OrderMention.Wrong,
            "withheld" => OrderMention.Withheld,
            _ => OrderMention.None,
        };
        _spec.Order = disclosure.WrittenOrderNumber ?? "";
        _spec.ProductMention = disclosure.Product switch
        {
            "named" or "misnamed" => ProductMention.Named,
            "withheld" => ProductMention.Withheld,
            _ => ProductMention.None,
        };
        _spec.Product = disclosure.NamedProduct?.Name ?? "";
        _spec.TargetMention = draft.Target is not null ? TargetMention.Other
            : draft.Scenario.Target == Scenarios.ExchangeTarget.Same ? TargetMention.Same : TargetMention.None;
        _spec.TargetProduct = draft.Target?.Name ?? "";
        _spec.CustomerName = draft.Customer.Name;
        _spec.FirstName = draft.Customer.Name.AsSpan().IndexOf(' ') is >= 0 and var end ? draft.Customer.Name[..end] : draft.Customer.Name;
        _spec.Company = _company;
        _spec.About = draft.Product?.Name ?? "";
        _spec.OrderDate = draft.Order?.Id.Date;
        _spec.OrderHour = draft.Order?.OrderedAt.Hour;
        _spec.LastEvent = draft.Order is { } order ? LastEvent(order, draft.Message.Timestamp) : null;
        _spec.DateMention = disclosure.SaysDate ? DateMention.Required : DateMention.Free;
        _spec.PretendedDaysSinceOrder = disclosure.PretendedDays;
        _spec.Thread = disclosure.Thread;
        _spec.OrderInThread = disclosure.OrderInThread;
        _spec.SeveralUnits = draft.Line >= 0 && draft.Order!.Items[draft.Line].Quantity > 1;
        _spec.OrderDelivered = draft.Order?.DeliveredAt is not null;
        _spec.MessageDate = DateOnly.FromDateTime(draft.Message.Timestamp);
        foreach (var fact in _pack.Policy.Facts)
        {
            if ((disclosure.States >> fact.Index & 1) == 0)
                continue;
            if (fact.Type == FactType.Money)
                _spec.DiscloseAmount(fact.Index, Amount(new Money(draft.Truth[fact.Index])));
            else
                _spec.Disclose(fact.Index, draft.Truth[fact.Index]);
        }

        draft.Persona = _spec.Persona.Name;
        _buffer.Clear();
        _pack.Grammar.WriteSubject(_spec, ref draws, _buffer);
        var subject = _buffer.ToString();
        _buffer.Clear();
        _pack.Grammar.WriteBody(_spec, ref draws, _buffer);
        draft.Message = draft.Message with { Subject = subject, Body = _buffer.ToString() };
        disclosure.StatedDays = _spec.SaidDays;
    }

    /// <summary>Moods are few, and each is the same string in every draft.</summary>
    private Sentiment MoodOf(string name)
    {
        if (!_moods.TryGetValue(name, out var mood))
            _moods[name] = mood = Enum.Parse<Sentiment>(name, ignoreCase: true);
        return mood;
    }

    /// <summary>Day of the last thing that happened to an order up to a moment; that it did not come when promised is one.</summary>
    private static DateOnly LastEvent(Order order, DateTime now)
    {
        var last = order.OrderedAt;
        See(order.ShippedAt);
        See(order.PromisedBy);
        foreach (var item in order.Items)
        {
            See(order.DeliveredAtOf(item));
            See(item.SettledAt);
        }

        foreach (var payment in order.Payments)
        {
            See(payment.CreatedAt);
            See(payment.SettledAt);
        }

        return DateOnly.FromDateTime(last);

        void See(DateTime? at) => last = at is { } moment && moment > last && moment <= now ? moment : last;
    }

    private string Amount(Money amount) => _pack.Settings.CurrencySymbol + amount.ToDecimal().ToString("N2", CultureInfo.InvariantCulture);
}
