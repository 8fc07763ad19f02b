using System.Numerics;
using System.Runtime.CompilerServices;

namespace TicketWorld.Worlds.Randomness;

/// <summary>
/// Random numbers of one entity: a counter-based stream keyed by (seed, stream, entity index), so that entity i
/// is made without making the others and the number of threads changes nothing. The mixing function is the
/// finaliser of SplitMix64 (Steele, Lea, Flood 2014) over a Weyl sequence, whose step belongs to the key.
/// </summary>
public struct Draws
{
    private const ulong Weyl = 0x9E3779B97F4A7C15;
    private readonly ulong _step;
    private ulong _state;

    /// <param name="key">The world's key.</param>
    /// <param name="stream">What is drawn, for example the streams of <see cref="Seeds"/>.</param>
    /// <param name="index">Which entity.</param>
    public Draws(SeedKey key, ulong stream, ulong index)
    {
        _step = key.Step;
        _state = Mix(Mix(key.Place ^ Mix(stream + Weyl)) + Mix(index ^ 0xD1B54A32D192ED03));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next() => Mix(_state += _step);

    /// <summary>A number from 0 to <paramref name="bound"/> − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    public long Between(long from, long to) => from + (long)Math.BigMul(Next(), (ulong)(to - from + 1), out _);

    /// <summary>True in <paramref name="percent"/> of 100 cases.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(T[] items) => items[Below(items.Length)];

    /// <summary>An index drawn by cumulative weights; the last element is the total.</summary>
    public int Weighted(ReadOnlySpan<int> cumulative)
    {
        var at = Below(cumulative[^1]);
        var index = 0;
        while (cumulative[index] <= at)
            index++;
        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>
/// A keyed permutation of 0 … size − 1: a Feistel network on the next even power of two with cycle walking, so that
/// position i is found without the others and no two collide. Its rounds take turns with two keys.
/// </summary>
public readonly struct Permutation
{
    private const int Rounds = 4;
    private readonly ulong _size;
    private readonly ulong _even;
    private readonly ulong _odd;
    private readonly int _half;

    public Permutation(ulong size, SeedKey key, ulong stream)
    {
        ArgumentOutOfRangeException.ThrowIfZero(size);
        _size = size;
        _even = Draws.Mix(key.Place ^ Draws.Mix(stream ^ 0xA0761D6478BD642F));
        _odd = _even ^ Draws.Mix(key.Motion);
        var bits = size == 1 ? 1 : 64 - BitOperations.LeadingZeroCount(size - 1);
        _half = (bits + 1) / 2;
    }

    public ulong Size => _size;

    /// <summary>The place of <paramref name="index"/> in the permutation.</summary>
    public ulong this[ulong index]
    {
        get
        {
            var value = index;
            do
            {
                value = Encrypt(value);
            }
            while (value >= _size);
            return value;
        }
    }

    /// <summary>The index whose place is <paramref name="place"/>.</summary>
    public ulong Inverse(ulong place)
    {
        var value = place;
        do
        {
            value = Decrypt(value);
        }
        while (value >= _size);
        return value;
    }

    private ulong Encrypt(ulong value)
    {
        var mask = (1UL << _half) - 1;
        var left = value >> _half;
        var right = value & mask;
        for (var round = 0; round < Rounds; round++)
            (left, right) = (right, left ^ (F(right, round) & mask));
        return (left << _half) | right;
    }

    private ulong Decrypt(ulong value)
    {
        var mask = (1UL << _half) - 1;
        var left = value >> _half;
        var right = value & mask;
        for (var round = Rounds - 1; round >= 0; round--)
            (left, right) = (right ^ (F(left, round) & mask), left);
        return (left << _half) | right;
    }

    private ulong F(ulong value, int round) => Draws.Mix(value ^ ((round & 1) == 0 ? _even : _odd) ^ ((ulong)(round + 1) << 58));
}

/// <summary>Keys a user's seed, and names the streams of a world.</summary>
internal static class Seeds
{
    public const ulong Customers = 1;
    public const ulong Products = 2;
    public const ulong Orders = 3;
    public const ulong Tickets = 4;
    public const ulong Plan = 5;
    public const ulong TicketIds = 6;
    public const ulong Assignment = 7;
    public const ulong Text = 8;
    public const ulong Tracking = 9;
    public const ulong Twins = 12;

    /// <summary>The key of a seed that is a number, spread so that neighbouring seeds share nothing.</summary>
    public static SeedKey Key(ulong seed) => new(Draws.Mix(Draws.Mix(seed + 0x632BE59BD9B4E019) ^ 0xE7037ED1A0B428DB), 0);
}
