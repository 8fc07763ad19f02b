using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Generation;

/// <summary>Customers by tier, those free of tax apart. A few customers of each list order much.</summary>
internal sealed class CustomerTiers
{
    private const int FewestHeavy = 3;
    private readonly int[][] _taxed;
    private readonly int[][] _exempt;
    private readonly int[] _tierEnds;
    private readonly HeavyCustomers _heavy;

    public CustomerTiers(CustomerMaker maker, int tierCount, HeavyCustomers heavy)
    {
        _heavy = heavy;
        _taxed = new int[tierCount][];
        _exempt = new int[tierCount][];
        _tierEnds = new int[tierCount];
        for (var tier = 0; tier < tierCount; tier++)
        {
            var exempt = maker.ExemptOf(tier);
            _exempt[tier] = new int[exempt];
            _taxed[tier] = new int[maker.CountOf(tier) - exempt];
            for (var number = 0; number < maker.CountOf(tier); number++)
            {
                var customer = maker.OfTier(tier, number);
                if (number < exempt)
                    _exempt[tier][number] = customer;
                else
                    _taxed[tier][number - exempt] = customer;
            }

            _tierEnds[tier] = maker.CountOf(tier) + (tier == 0 ? 0 : _tierEnds[tier - 1]);
        }
    }

    /// <summary>Whether any customer is free of tax.</summary>
    public bool AnyExempt => Array.Exists(_exempt, e => e.Length > 0);

    /// <summary>Index of a customer of the tier who pays tax; of any tier when nobody has it.</summary>
    public int Draw(int tier, ref Draws draws) => Draw(tier, exempt: false, ref draws);

    /// <summary>Index of a customer of the tier, of any tier when nobody of it is as wanted.</summary>
    public int Draw(int tier, bool exempt, ref Draws draws)
    {
        var lists = exempt ? _exempt : _taxed;
        var list = lists[tier].Length > 0 ? lists[tier] : Array.Find(lists, l => l.Length > 0) ?? Array.Find(_taxed, l => l.Length > 0)!;
        return list[Place(list.Length, ref draws)];
    }

    /// <summary>Index of any customer, and whether it is free of tax.</summary>
    public (int Customer, bool Exempt) Draw(ref Draws draws)
    {
        var tier = draws.Weighted(_tierEnds);
        var exempt = draws.Below(_taxed[tier].Length + _exempt[tier].Length) < _exempt[tier].Length;
        return (Draw(tier, exempt, ref draws), exempt);
    }

    private int Place(int count, ref Draws draws)
    {
        if (!draws.Chance(_heavy.OrdersPercent))
            return draws.Below(count);

        // Among the heavy ones, too, the first order most.
        var heavy = Math.Max(Math.Min(count, FewestHeavy), (int)((long)count * _heavy.Percent / 100));
        var uniform = draws.Below(1 << 20);
        return (int)(((long)uniform * uniform >> 20) * heavy >> 20);
    }
}
