using System.Runtime.CompilerServices;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Messages;

/// <summary>What one message is to say, and who writes it. Made by <see cref="Grammar.NewSpec"/> and used again and again.</summary>
public sealed class MessageSpec
{
    private const int MostThreadDays = 3;
    private readonly TagTable _table;
    private TagSet _claims;

    internal MessageSpec(TagTable table, Wording wording, Persona persona, int facts)
    {
        _table = table;
        Wording = wording;
        Persona = persona;
        Amounts = new string?[facts];
    }

    public Wording Wording { get; set; }

    /// <summary>Wording of the second request, from <see cref="Grammar.Second"/>; null for a message with one.</summary>
    public Wording? Second { get; set; }

    public Persona Persona { get; set; }

    public Sentiment Sentiment { get; set; }

    public SenderKind Sender { get; set; }

    /// <summary>Whether the message is to be terse.</summary>
    public bool Minimal { get; set; }

    /// <summary>Whether it may speak of presents and holidays.</summary>
    public bool HolidaySeason { get; set; }

    /// <summary>Whether the line of the order that it is about has several units, so that it cannot be spoken of as one.</summary>
    public bool SeveralUnits { get; set; }

    /// <summary>Name of the product that it is about, whether it names it, another one or none; empty without one.</summary>
    public string About { get; set; } = "";

    public OrderMention OrderMention { get; set; }

    /// <summary>The order number as the customer writes it.</summary>
    public string Order { get; set; } = "";

    public ProductMention ProductMention { get; set; }

    public string Product { get; set; } = "";

    public TargetMention TargetMention { get; set; }

    public string TargetProduct { get; set; } = "";

    /// <summary>Full name, as in the customer's record.</summary>
    public string CustomerName { get; set; } = "";

    public string FirstName { get; set; } = "";

    public string Company { get; set; } = "";

    /// <summary>Day of the order, when the message may say when that was.</summary>
    public DateOnly? OrderDate { get; set; }

    /// <summary>Hour of the day at which it was placed.</summary>
    public int? OrderHour { get; set; }

    /// <summary>Day of the last thing that happened to the order before the message: what the message may be about.</summary>
    public DateOnly? LastEvent { get; set; }

    /// <summary>Whether the message says when the order was; one without <see cref="OrderDate"/> never does.</summary>
    public DateMention DateMention { get; set; }

    /// <summary>What the customer believes the order's age in days to be, where that is wrong: what is said of the date is true of it instead.</summary>
    public int? PretendedDaysSinceOrder { get; set; }

    /// <summary>
    /// After writing: the days since the order that the text states, least and most, in subject and body together; null when it
    /// says nothing of the time.
    /// </summary>
    public Bounds? SaidDays { get; private set; }

    /// <summary>Whether the message answers an earlier one of the shop and holds it below.</summary>
    public bool Thread { get; set; }

    /// <summary>Whether the order number stands in that earlier message alone.</summary>
    public bool OrderInThread { get; set; }

    /// <summary>Whether the carrier shows the order as delivered.</summary>
    public bool OrderDelivered { get; set; }

    /// <summary>Day on which the message is written.</summary>
    public DateOnly MessageDate { get; set; }

    /// <summary>Amounts as the customer writes them, by fact.</summary>
    internal string?[] Amounts { get; }

    /// <summary>The message states a boolean or a symbol. The request follows from the wording.</summary>
    public void Disclose(int fact, long value) => _claims |= _table.Value(fact, value);

    /// <summary>The message states an amount, such as <c>$1,299.00</c>.</summary>
    public void DiscloseAmount(int fact, string text)
    {
        _claims |= _table.Says(fact);
        Amounts[fact] = text;
    }

    /// <summary>Takes back every statement, name and date; wording and persona stay.</summary>
    public void Clear()
    {
        _claims = default;
        (Sentiment, Sender, Minimal, HolidaySeason, OrderDelivered, SeveralUnits) = (Sentiment.Neutral, SenderKind.Primary, false, false, false, false);
        (Second, Thread, OrderInThread, DateMention, PretendedDaysSinceOrder, SaidDays) = (null, false, false, DateMention.Free, null, null);
        (OrderMention, ProductMention, TargetMention) = (OrderMention.None, ProductMention.None, TargetMention.None);
        Order = About = Product = TargetProduct = CustomerName = FirstName = Company = "";
        (OrderDate, OrderHour, LastEvent) = (null, null, null);
        Array.Clear(Amounts);
    }

    /// <summary>Age of the order in days as the customer has it, or -1 when nothing may be said of it.</summary>
    internal int DaysSinceOrder => OrderDate is not { } date || DateMention == DateMention.Forbidden ? -1 : PretendedDaysSinceOrder ?? MessageDate.DayNumber - date.DayNumber;

    /// <summary>Day of the order as the customer has it.</summary>
    internal DateOnly SaidOrderDate => MessageDate.AddDays(-DaysSinceOrder);

    /// <summary>Day of the earlier message that this one answers: some days ago, and not before what it answers happened.</summary>
    internal DateOnly ThreadDate => MessageDate.AddDays(-Math.Min(MostThreadDays, (LastEvent ?? OrderDate) is { } date ? (MessageDate.DayNumber - date.DayNumber) / 2 : MostThreadDays));

    /// <summary>A new message begins.</summary>
    internal void Forget() => SaidDays = null;

    /// <summary>The text states that the order is so many days old.</summary>
    internal void Say(int from, int to) => SaidDays = SaidDays is { } said ? new Bounds(Math.Max(said.From, from), Math.Min(said.To, to)) : new Bounds(from, to);

    internal TagSet Tags()
    {
        var tags = _claims | Wording.Tags | Persona.Tags | TagSet.Of(_table.Sentiments[(int)Sentiment]);
        if (Second is { } second)
            tags |= second.Tags | TagSet.Of(_table.Second);
        tags |= If(Thread, _table.Thread) | If(Thread && OrderInThread && OrderMention >= OrderMention.Exact, _table.OrderInThread);
        tags |= If(DaysSinceOrder >= 0 && DateMention == DateMention.Required, _table.DateRequired);
        tags |= OrderMention switch
        {
            OrderMention.Exact => _table.OrderExact,
            OrderMention.Wrong => _table.OrderWrong,
            OrderMention.Withheld => TagSet.Of(_table.OrderWithheld),
            _ => default,
        };
        tags |= If(ProductMention == ProductMention.Named, _table.ProductNamed) | If(ProductMention == ProductMention.Withheld, _table.ProductWithheld);
        tags |= If(TargetMention == TargetMention.Same, _table.TargetSame) | If(TargetMention == TargetMention.Other, _table.TargetOther);
        tags |= If(Sender == SenderKind.Alternate, _table.SenderAlternate) | If(Sender == SenderKind.Unknown, _table.SenderUnknown);
        tags |= _table.KindsOf(About) | Calendar();
        return tags | If(Minimal, _table.Minimal) | If(HolidaySeason, _table.Holiday) | If(OrderDelivered, _table.OrderDelivered) | If(SeveralUnits, _table.SeveralUnits) | If(DaysSinceOrder >= 0, _table.Timed);
    }

    /// <summary>What the calendar says of the day of the order.</summary>
    private TagSet Calendar()
    {
        if (DaysSinceOrder is not (>= 0 and var days))
            return default;
        var monday = ((int)MessageDate.DayOfWeek + 6) % 7;
        return If(days == 0 && OrderHour < 12, _table.OrderedInMorning)
            | If(days == 1 && OrderHour >= 18, _table.OrderedInEvening)
            | If(days > monday && days <= monday + 7, _table.OrderedLastWeek)
            | If(SaidOrderDate.Year * 12 + SaidOrderDate.Month == MessageDate.Year * 12 + MessageDate.Month - 1, _table.OrderedLastMonth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TagSet If(bool condition, int tag) => condition ? TagSet.Of(tag) : default;
}
