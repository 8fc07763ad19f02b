using System.Globalization;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Messages;

/// <summary>Draws specifications evenly over all that messages of a wording may be asked to say.</summary>
internal sealed class SpecSampler
{
    private static readonly DateOnly LastDay = new(2026, 2, 15);
    private readonly PolicyDocument _policy;
    private readonly Grammar _grammar;
    private readonly TagTable _tags;
    private readonly IReadOnlyList<Product> _products;
    private readonly IReadOnlyList<Customer> _customers;
    private readonly string _company;
    private readonly string _currency;

    public SpecSampler(PolicyDocument policy, Grammar grammar, IReadOnlyList<Product> products, IReadOnlyList<Customer> customers, string company, string currency)
    {
        _policy = policy;
        _grammar = grammar;
        _tags = grammar.Compiled.Tags;
        _products = products;
        _customers = customers;
        _company = company;
        _currency = currency;
        Spec = grammar.NewSpec();
        Values = new long?[policy.Facts.Length];
    }

    /// <summary>The specification drawn last.</summary>
    public MessageSpec Spec { get; }

    /// <summary>By fact: what <see cref="Spec"/> states; amounts in cents.</summary>
    public long?[] Values { get; }

    public Product? Product { get; private set; }

    public Product? Target { get; private set; }

    /// <param name="wording">Wording of the message.</param>
    /// <param name="second">Wording of its second request, or null.</param>
    /// <param name="draws">Random numbers.</param>
    public void Draw(Wording wording, Wording? second, ref Draws draws)
    {
        Spec.Clear();
        Array.Clear(Values);
        (Product, Target) = (null, null);
        var customer = _customers[draws.Below(_customers.Count)];
        var request = _policy.RequestsByName[wording.Request];
        (Spec.Wording, Spec.Second) = (wording, second);
        Spec.Persona = _grammar.Personas[draws.Below(_grammar.Personas.Count)];
        Spec.Sentiment = (Sentiment)draws.Below(4);
        Spec.Sender = (SenderKind)draws.Below(3);
        Spec.Minimal = draws.Chance(25);
        Spec.HolidaySeason = draws.Chance(30);
        Spec.OrderDelivered = draws.Chance(60);
        Spec.SeveralUnits = draws.Chance(30);
        Spec.CustomerName = customer.Name;
        Spec.FirstName = customer.Name.Split(' ')[0];
        Spec.Company = _company;
        Spec.MessageDate = LastDay.AddDays(-draws.Below(400));
        var other = second is null ? null : _policy.RequestsByName[second.Request];
        if (HasOrder(request) || HasOrder(other))
            DrawOrder(ref draws);
        if (request.Subject != RequestSubject.None || other is { Subject: not RequestSubject.None })
            DrawProducts(wording, second, ref draws);
        foreach (var claim in request.Claims)
            DrawClaim(_policy.Facts[claim.Fact], wording, ref draws);
        foreach (var claim in other?.Claims ?? [])
            DrawClaim(_policy.Facts[claim.Fact], second!, ref draws);
        Spec.Thread = draws.Chance(15);
        Spec.OrderInThread = Spec.Thread && draws.Chance(50);
    }

    private static bool HasOrder(RequestDefinition? request) => request?.Subject is RequestSubject.Order or RequestSubject.Item;

    private void DrawOrder(ref Draws draws)
    {
        // Half of the orders are recent, as in a shop; every number of days up to three years occurs.
        Spec.OrderDate = Spec.MessageDate.AddDays(-draws.Below(draws.Chance(50) ? 40 : 1096));
        Spec.OrderHour = draws.Below(24);
        Spec.OrderMention = (OrderMention)draws.Between((int)OrderMention.Withheld, (int)OrderMention.Wrong);
        if (Spec.OrderMention != OrderMention.Withheld)
            Spec.Order = new OrderId(Spec.OrderDate.Value, draws.Between(1001, 99_999)).ToString();
        Spec.DateMention = (DateMention)draws.Weighted([60, 85, 100]);
        if (Spec.DateMention == DateMention.Required && draws.Chance(30))
            Spec.PretendedDaysSinceOrder = draws.Below(400);
    }

    private void DrawProducts(Wording wording, Wording? second, ref Draws draws)
    {
        var requires = wording.Requires | (second?.Requires ?? default);
        var forbids = wording.Forbids | (second?.Forbids ?? default);
        Spec.ProductMention = requires.Has(_tags.ProductNamed) || draws.Chance(60) ? ProductMention.Named : ProductMention.Withheld;
        var product = _products[draws.Below(_products.Count)];
        Spec.About = product.Name;
        if (Spec.ProductMention == ProductMention.Named)
        {
            Product = product;
            Spec.Product = product.Name;
        }

        var targets = wording.TargetsWith(second).Where(t => _tags.Groups.First(g => g.All.Has(_tags.TargetSame)).Allows(_tags.Target(t), requires, forbids)).ToArray();
        Spec.TargetMention = targets.Length > 1 ? targets[draws.Below(targets.Length)] : targets.Length == 1 ? targets[0] : requires.Has(_tags.TargetOther) ? TargetMention.Other : requires.Has(_tags.TargetSame) ? TargetMention.Same : TargetMention.None;
        if (Spec.TargetMention == TargetMention.Other)
        {
            do
                Target = _products[draws.Below(_products.Count)];
            while (Target == Product);
            Spec.TargetProduct = Target.Name;
        }
    }

    private void DrawClaim(FactDefinition fact, Wording wording, ref Draws draws)
    {
        if (fact.Type == FactType.Money)
        {
            if (draws.Chance(30))
                return;
            var amount = new Money(draws.Between(999, 249_999));
            Values[fact.Index] = amount.Cents;
            Spec.DiscloseAmount(fact.Index, _currency + amount.ToDecimal().ToString("N2", CultureInfo.InvariantCulture));
            return;
        }

        var group = _tags.GroupOf(fact.Index);
        var values = fact.Type == FactType.Boolean ? [0, 1] : fact.Values;
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var number = draws.Below(values.Length + 1);
            var said = number < values.Length ? _tags.Value(fact.Index, values[number]) : default;
            if (!group.Allows(said, wording.Requires, wording.Forbids) || said.HasAny(_tags.Unsaid))
                continue;
            if (number < values.Length)
            {
                Values[fact.Index] = values[number];
                Spec.Disclose(fact.Index, values[number]);
            }

            return;
        }

        throw new InvalidOperationException($"The wording '{wording.Name}' allows no value of '{fact.Name}'.");
    }
}
