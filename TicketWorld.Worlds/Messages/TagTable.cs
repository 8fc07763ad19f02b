using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Messages;

/// <summary>Sets of tags of which exactly one holds in every message.</summary>
internal sealed record TagGroup(TagSet[] Members)
{
    public TagSet All { get; private init; } = Members.Aggregate(default(TagSet), (a, b) => a | b);

    /// <summary>Whether a member agrees with what must and must not hold.</summary>
    public bool Allows(in TagSet member, in TagSet requires, in TagSet forbids) => member.HasAll(requires & All) && !member.HasAny(forbids);

    public bool AllowsAny(in TagSet requires, in TagSet forbids)
    {
        foreach (ref readonly var member in Members.AsSpan())
        {
            if (Allows(member, requires, forbids))
                return true;
        }

        return false;
    }

    /// <summary>The group where one choice is made.</summary>
    public TagGroup One(in TagSet member) => new([member & All]) { All = All };

    /// <summary>The group without some of its members.</summary>
    public TagGroup Only(Func<TagSet, bool> kept) => new([.. Members.Where(kept)]) { All = All };
}

/// <summary>
/// The tags that phrases may be conditioned on. A tag stands for something that the message is to say
/// (<c>order.given</c>, <c>says.defect</c>, <c>defect=water</c>), for the one who writes (<c>formal</c>), or, with
/// <c>written.</c> before it, for something that the text says already.
/// </summary>
internal sealed class TagTable
{
    private readonly Dictionary<string, int> _tags = new(StringComparer.Ordinal);
    private readonly List<TagGroup> _groups = [];
    private readonly Dictionary<(int Fact, long Value), TagSet> _values = [];
    private readonly Dictionary<int, TagSet> _says = [];
    private readonly Dictionary<int, int> _written = [];
    private readonly Dictionary<int, TagGroup> _groupOf = [];
    private readonly List<(string Ending, TagSet Tag)> _kinds = [];

    /// <param name="cued">Facts and values that some cue states.</param>
    public TagTable(PolicyDocument policy, IReadOnlySet<(int Fact, long Value)> cued)
    {
        Minimal = Flag("minimal");
        Holiday = Flag("season.holiday");
        Timed = Add("timed");
        DateRequired = Add("date.required");
        _groups.Add(new([default, TagSet.Of(Timed), TagSet.Of(Timed) | TagSet.Of(DateRequired)]));
        Second = Flag("second");
        SeveralUnits = Flag("units.several");
        OrderedInMorning = Flag("ordered.morning");
        OrderedInEvening = Flag("ordered.evening");
        OrderedLastWeek = Flag("ordered.last_week");
        OrderedLastMonth = Flag("ordered.last_month");
        Thread = Add("thread");
        OrderInThread = Add("order.in_thread");
        OrderDelivered = Flag("order.delivered");
        OrderWithheld = Add("order.withheld");
        var given = Add("order.given");
        OrderGiven = TagSet.Of(given);
        OrderExact = TagSet.Of(Add("order.exact")) | OrderGiven;
        OrderWrong = TagSet.Of(Add("order.wrong")) | OrderGiven;
        var inThread = TagSet.Of(Thread) | TagSet.Of(OrderInThread);
        TagSet[] numbers = [default, TagSet.Of(OrderWithheld), OrderExact, OrderWrong];
        _groups.Add(new([.. numbers, .. numbers.Select(n => n | TagSet.Of(Thread)), OrderExact | inThread, OrderWrong | inThread]));
        ProductWithheld = Choice("product.withheld", "product.named", out var named);
        ProductNamed = named;
        TargetSame = Choice("target.same", "target.other", out var other);
        TargetOther = other;
        SenderAlternate = Choice("sender.alternate", "sender.unknown", out var unknown);
        SenderUnknown = unknown;
        Sentiments = [.. Enum.GetValues<Sentiment>().Select(s => Add($"sentiment.{Snake.Name(s)}"))];
        _groups.Add(new([.. Sentiments.Select(TagSet.Of)]));
        foreach (var fact in policy.Facts.Where(f => f.Source == FactSource.Customer))
            AddFact(fact, policy);
        foreach (var (value, tags) in _values.Where(v => policy.Facts[v.Key.Fact].Name != "request" && !cued.Contains(v.Key)))
            Unsaid |= tags & ~_says[value.Fact];
        WrittenOrder = Flag("written.order");
        WrittenProduct = Flag("written.product");
        WrittenTarget = Flag("written.target_product");
        WrittenName = Flag("written.customer_name");
        WrittenWhen = Flag("written.when");
        WrittenAll = TagSet.Of(WrittenOrder) | TagSet.Of(WrittenProduct) | TagSet.Of(WrittenTarget) | TagSet.Of(WrittenName) | TagSet.Of(WrittenWhen);
        foreach (var fact in policy.Facts.Where(f => f.Source == FactSource.Customer))
        {
            _written[fact.Index] = Flag($"written.{fact.Name}");
            WrittenAll |= TagSet.Of(_written[fact.Index]);
        }
    }

    public int Minimal { get; }

    public int Holiday { get; }

    /// <summary>Set when the distance to the order date is known.</summary>
    public int Timed { get; }

    /// <summary>Set when the text must say when the order was.</summary>
    public int DateRequired { get; }

    /// <summary>Set when the message holds two requests.</summary>
    public int Second { get; }

    /// <summary>Set when it was ordered today before noon.</summary>
    public int OrderedInMorning { get; }

    /// <summary>Set when it was ordered yesterday after six.</summary>
    public int OrderedInEvening { get; }

    /// <summary>Set when it was ordered in the calendar week before that of the message, which begins on Monday.</summary>
    public int OrderedLastWeek { get; }

    /// <summary>Set when it was ordered in the calendar month before that of the message.</summary>
    public int OrderedLastMonth { get; }

    /// <summary>Set when the line of the order that the message is about has several units.</summary>
    public int SeveralUnits { get; }

    public int Thread { get; }

    public int OrderInThread { get; }

    public int OrderDelivered { get; }

    public int OrderWithheld { get; }

    public TagSet OrderGiven { get; }

    public TagSet OrderExact { get; }

    public TagSet OrderWrong { get; }

    public int ProductWithheld { get; }

    public int ProductNamed { get; }

    public int TargetSame { get; }

    public int TargetOther { get; }

    public int SenderAlternate { get; }

    public int SenderUnknown { get; }

    /// <summary>By <see cref="Sentiment"/>.</summary>
    public int[] Sentiments { get; }

    public int WrittenOrder { get; }

    public int WrittenProduct { get; }

    public int WrittenTarget { get; }

    public int WrittenName { get; }

    public int WrittenWhen { get; }

    /// <summary>All tags that the text sets while it is written.</summary>
    public TagSet WrittenAll { get; private set; }

    /// <summary>The values of claims that no cue states, so that no customer says them: what silence stands for may need no words.</summary>
    public TagSet Unsaid { get; }

    /// <summary>Sets of which exactly one holds in every message.</summary>
    public IReadOnlyList<TagGroup> Groups => _groups;

    public IEnumerable<string> Names => _tags.Keys;

    /// <summary>The tags of a product wanted in exchange.</summary>
    public TagSet Target(TargetMention mention) => mention switch
    {
        TargetMention.Same => TagSet.Of(TargetSame),
        TargetMention.Other => TagSet.Of(TargetOther),
        _ => default,
    };

    /// <summary>The tags that stating a value sets: <c>says.fact</c> and <c>fact=value</c>.</summary>
    public TagSet Value(int fact, long value) => _values[(fact, value)];

    /// <summary>The tag that stating an amount sets.</summary>
    public TagSet Says(int fact) => _says[fact];

    /// <summary>What may be said of a fact, one of which holds.</summary>
    public TagGroup GroupOf(int fact) => _groupOf[fact];

    public int Written(int fact) => _written[fact];

    public int? Find(string name) => _tags.TryGetValue(name, out var tag) ? tag : null;

    public int Require(PackNode node, string name) => Find(name)
        ?? throw node.Error($"The tag '{name}' is unknown.", $"Use a tag of a persona, or one of: {string.Join(", ", _tags.Keys)}.");

    /// <summary>Adds the tags of the personas; a message has those of exactly one persona.</summary>
    public void AddPersonas(IReadOnlyList<Persona> personas, PackNode node)
    {
        foreach (var persona in personas)
        {
            foreach (var tag in persona.TagNames)
                persona.Tags |= TagSet.Of(Find(tag) ?? Add(tag));
        }

        _groups.Add(new([.. personas.Select(p => p.Tags).Distinct()]));
        if (_tags.Count > TagSet.Capacity)
            throw node.Error($"Facts and personas need {_tags.Count} tags; {TagSet.Capacity} are possible.", "Remove tags of personas.");
    }

    /// <summary>Adds the kinds of products that phrases tell apart, by how names of products end.</summary>
    public void AddKinds(PackNode node)
    {
        foreach (var (name, endings) in node.Entries)
        {
            var tag = TagSet.Of(Flag($"product.{name}"));
            foreach (var ending in endings.Texts())
                _kinds.Add((" " + ending, tag));
        }
    }

    /// <summary>The tags of the kinds that a product is of.</summary>
    public TagSet KindsOf(string product)
    {
        TagSet tags = default;
        foreach (var (ending, tag) in _kinds)
        {
            if (product.EndsWith(ending, StringComparison.Ordinal))
                tags |= tag;
        }

        return tags;
    }

    public string Describe(TagSet set) => string.Join(", ", _tags.Where(t => set.Has(t.Value)).Select(t => t.Key));

    private void AddFact(FactDefinition fact, PolicyDocument policy)
    {
        var says = TagSet.Of(Add($"says.{fact.Name}"));
        _says[fact.Index] = says;
        var values = fact.Type switch
        {
            FactType.Boolean => [0, 1],
            FactType.Symbol => fact.Values.Select(v => (long)v).ToArray(),
            _ => [],
        };
        foreach (var value in values)
            _values[(fact.Index, value)] = says | TagSet.Of(Add($"{fact.Name}={Values.Format(value, fact.Type, policy.Symbols)}"));
        _groups.Add(_groupOf[fact.Index] = new([default, .. values.Length == 0 ? [says] : values.Select(v => _values[(fact.Index, v)])]));
    }

    private int Choice(string first, string second, out int tag)
    {
        var other = Add(first);
        tag = Add(second);
        _groups.Add(new([default, TagSet.Of(other), TagSet.Of(tag)]));
        return other;
    }

    private int Flag(string name)
    {
        var tag = Add(name);
        _groups.Add(new([default, TagSet.Of(tag)]));
        return tag;
    }

    private int Add(string name)
    {
        _tags.Add(name, _tags.Count);
        return _tags.Count - 1;
    }
}
