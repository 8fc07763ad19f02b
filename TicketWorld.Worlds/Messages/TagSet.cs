using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TicketWorld.Worlds.Messages;

/// <summary>A set of up to 256 tags: what a message may say, and what it has said so far.</summary>
internal readonly record struct TagSet(Vector256<ulong> Bits)
{
    public const int Capacity = 256;

    public static TagSet Of(int tag) => new(Vector256<ulong>.Zero.WithElement(tag >> 6, 1UL << (tag & 63)));

    public static TagSet operator |(in TagSet a, in TagSet b) => new(a.Bits | b.Bits);

    public static TagSet operator &(in TagSet a, in TagSet b) => new(a.Bits & b.Bits);

    public static TagSet operator ~(in TagSet a) => new(~a.Bits);

    public bool IsEmpty => Bits == Vector256<ulong>.Zero;

    public bool Has(int tag) => (Bits.GetElement(tag >> 6) >> (tag & 63) & 1) != 0;

    /// <summary>Spreads the set and a number over 32 bits.</summary>
    public uint Hash(int number)
    {
        var folded = Bits * Vector256.Create(0x9E3779B97F4A7C15UL, 0xC2B2AE3D27D4EB4FUL, 0x165667B19E3779F9UL, 0xD6E8FEB86659FD93UL);
        var sum = Vector256.Sum(folded) + (ulong)number * 0x9FB21C651E98DF25UL;
        return (uint)((sum ^ (sum >> 29)) * 0xBF58476D1CE4E5B9UL >> 32);
    }

    /// <summary>Whether every tag of <paramref name="other"/> is in this set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasAll(in TagSet other) => Vector256.AndNot(other.Bits, Bits) == Vector256<ulong>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasAny(in TagSet other) => (other.Bits & Bits) != Vector256<ulong>.Zero;
}
