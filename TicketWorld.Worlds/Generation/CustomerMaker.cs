using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// Makes customers: customer k of n is a pure function of (people, seed, n, k). What must be unique or keep a quota
/// comes from keyed permutations, so that no customer needs the others. Safe for many threads.
/// </summary>
internal sealed class CustomerMaker
{
    private readonly People _people;
    private readonly EmailAddresses _addresses;
    private readonly SeedKey _seed;
    private readonly int[] _tierEnds;
    private readonly int _alternates;
    private readonly int _misspelled;
    private readonly int _otherBilling;
    private readonly CodePattern _phones;
    private readonly Permutation _tierOrder;
    private readonly Permutation _alternateOrder;
    private readonly Permutation _billingOrder;
    private readonly Permutation _emailOrder;
    private readonly Permutation _phoneOrder;

    /// <param name="seed">The world's keyed seed.</param>
    /// <exception cref="WorldException">The names or places do not suffice for so many customers.</exception>
    public CustomerMaker(People people, int count, SeedKey seed)
    {
        _people = people;
        _addresses = new EmailAddresses(people);
        _seed = seed;
        Count = count;
        var most = people.Places.Length * people.Phones.Max(p => p.Count);
        if ((ulong)count > _addresses.Count || count > most)
            throw new WorldException("too_many_customers", $"The pack's names and places suffice for {Math.Min((long)_addresses.Count, most)} customers, not for {count}.", "Ask for fewer customers, or add names and places to people.yaml.", "customers");
        _tierEnds = Quota.Ends(Quota.Split(count, people.Tiers));
        _alternates = Quota.Split(count, [people.AlternatePercent, 100 - people.AlternatePercent])[0];
        _misspelled = Quota.Split(_alternates, [people.MisspelledPercent, 100 - people.MisspelledPercent])[0];
        _otherBilling = Quota.Split(count, [100 - people.SameBillingPercent, people.SameBillingPercent])[0];
        _phones = people.Phones.First(p => count <= people.Places.Length * p.Count);
        _tierOrder = Order((ulong)count, 1);
        _alternateOrder = Order((ulong)count, 2);
        _billingOrder = Order((ulong)count, 3);
        _emailOrder = Order(_addresses.Count, 4);
        _phoneOrder = Order((ulong)people.Places.Length * (ulong)_phones.Count, 5);
    }

    public int Count { get; }

    /// <summary>The tiers and their shares; a tier's index is its place here.</summary>
    public static Share[] Tiers(People people) => people.Tiers;

    /// <summary>How many customers have a tier.</summary>
    public int CountOf(int tier) => _tierEnds[tier] - StartOf(tier);

    /// <summary>How many customers of a tier are free of tax: the first of <see cref="OfTier"/>; at least one where there are several.</summary>
    public int ExemptOf(int tier)
    {
        var count = CountOf(tier);
        return _people.TaxExemptPercent == 0 || count < 2 ? 0 : (int)Math.Clamp(((long)count * _people.TaxExemptPercent + 99) / 100, 1, count - 1);
    }

    /// <summary>Index of the tier of customer <paramref name="index"/>, 0-based.</summary>
    public int TierOf(int index) => Quota.Find(_tierEnds, (int)_tierOrder[(ulong)index]);

    /// <summary>0-based index of the customer who is number <paramref name="number"/> of a tier.</summary>
    public int OfTier(int tier, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, CountOf(tier));
        return (int)_tierOrder.Inverse((ulong)(StartOf(tier) + number));
    }

    /// <param name="index">0-based; the customer's number is one more.</param>
    /// <param name="from">First day on which an account could be opened.</param>
    /// <param name="to">Last day on which this one can have been opened: that of the first order.</param>
    public Customer Make(int index, DateOnly from, DateOnly to)
    {
        var draws = new Draws(_seed, Seeds.Customers, (ulong)index);
        var key = _addresses[_emailOrder[(ulong)index]];
        var phone = _phoneOrder[(ulong)index];
        var place = _people.Places[phone / (ulong)_phones.Count];
        var tier = TierOf(index);
        var alternate = (int)_alternateOrder[(ulong)index];
        var shipping = Address(place, ref draws);
        return new Customer
        {
            Id = new CustomerId(index + 1),
            Name = string.Concat(_people.FirstNames[key.First], " ", _people.LastNames[key.Last]),
            Tier = _people.Tiers[tier].Name,
            TaxExempt = (int)_tierOrder[(ulong)index] - StartOf(tier) < ExemptOf(tier),
            PrimaryEmail = _addresses.Primary(key),
            AlternateEmail = alternate < _misspelled ? _addresses.Misspelled(key) : alternate < _alternates ? _addresses.Alternate(key) : null,
            Phone = _phones.Write(place.AreaCode, (long)(phone % (ulong)_phones.Count)),
            ShippingAddress = shipping,
            BillingAddress = (int)_billingOrder[(ulong)index] < _otherBilling ? Address(draws.Pick(_people.Places), ref draws) : shipping,
            CreatedDate = to.AddDays(-draws.Between(0, Math.Max(0, to.DayNumber - from.DayNumber))),
        };
    }

    private Permutation Order(ulong size, ulong stream) => new(size, _seed, Seeds.Customers + (stream << 32));

    private int StartOf(int tier) => tier == 0 ? 0 : _tierEnds[tier - 1];

    private Address Address(Place place, ref Draws draws)
    {
        Span<char> text = stackalloc char[160];
        var writer = new SpanText(text);
        writer.Add(draws.Between(1, draws.Chance(60) ? 990 : 9800)).Add(' ').Add(draws.Pick(_people.StreetNames)).Add(' ').Add(draws.Pick(_people.StreetTypes));
        if (draws.Chance(_people.UnitPercent))
            AddUnit(ref writer, draws.Pick(_people.Units), draws.Between(1, 480));
        var street = writer.ToString();
        return new Address(street, place.City, place.State, _people.PostalCode.Draw(place.ZipPrefix, ref draws));
    }

    private static void AddUnit(ref SpanText writer, string unit, int number)
    {
        writer.Add(", ");
        var at = unit.IndexOf("{n}", StringComparison.Ordinal);
        if (at < 0)
            writer.Add(unit);
        else
            writer.Add(unit.AsSpan(0, at)).Add(number).Add(unit.AsSpan(at + 3));
    }
}
