using System.Numerics;

namespace TicketWorld.Worlds.Randomness;

/// <summary>
/// The key of a world's streams: 128 bits in two words. The first places a stream (its state), the second is how it moves on (its step), so that
/// neither word tells what a stream gives. A key made of a number has 0 as its second word.
/// </summary>
public readonly record struct SeedKey
{
    private const ulong Weyl = 0x9E3779B97F4A7C15;

    /// <summary>Fewest places at which neighbouring bits of a step differ; fewer mix badly (Steele, Lea, Flood 2014, section 5).</summary>
    private const int FewestChanges = 24;

    /// <param name="place">Keys where streams start and how permutations begin.</param>
    /// <param name="motion">Keys how streams and permutations go on.</param>
    public SeedKey(ulong place, ulong motion)
    {
        (Place, Motion) = (place, motion);
        var step = Weyl ^ (Draws.Mix(motion) << 1);
        Step = BitOperations.PopCount(step ^ (step >> 1)) < FewestChanges ? step ^ 0xAAAAAAAAAAAAAAAA : step;
    }

    public ulong Place { get; }

    public ulong Motion { get; }

    /// <summary>What a stream's state grows by: odd, so that it takes every value.</summary>
    internal ulong Step { get; }

    /// <summary>The key of a part of the world, for example of a block of tickets.</summary>
    public SeedKey Of(ulong part) => new(Draws.Mix(Place ^ part), Motion);
}
