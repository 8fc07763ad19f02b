using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// The seed of a world: a whole number to <see cref="LargestNumber"/>, written in decimals, or one of up to 128 bits, written as 0x with up to
/// 32 hexadecimal digits. Equal values are the same seed, however they are written.
/// </summary>
/// <remarks>
/// A number can be guessed by trying; a drawn seed cannot. All streams of a world descend from a key of 128 bits, which is derived from a drawn seed one way.
/// </remarks>
public readonly record struct WorldSeed(UInt128 Value)
{
    /// <summary>Largest seed that is written as a number: what a JSON number holds exactly.</summary>
    public const ulong LargestNumber = (1UL << 53) - 1;

    /// <summary>Whether the seed is a number, which somebody may find by trying.</summary>
    public bool IsGuessable => Value <= LargestNumber;

    /// <summary>The key of the world's streams.</summary>
    internal SeedKey Key
    {
        get
        {
            if (IsGuessable)
                return Seeds.Key((ulong)Value);
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
            var hash = SHA256.HashData(bytes);
            return new SeedKey(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8)));
        }
    }

    /// <exception cref="WorldException">The number is larger than a number may be.</exception>
    public static WorldSeed OfNumber(ulong number) => number <= LargestNumber
        ? number
        : throw new WorldException("invalid_option", $"The seed {number} is too large.", $"Use a number from 0 to {LargestNumber}.", "seed", number.ToString(CultureInfo.InvariantCulture));

    public static implicit operator WorldSeed(ulong value) => new(value);

    /// <summary>Draws a seed from the system's generator.</summary>
    public static WorldSeed Draw()
    {
        Span<byte> bytes = stackalloc byte[16];
        UInt128 value;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }
        while (value <= LargestNumber);
        return new WorldSeed(value);
    }

    public static bool TryParse(string? text, out WorldSeed seed)
    {
        seed = default;
        if (text is null)
            return false;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            var parsed = UInt128.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && text.Length <= 34;
            seed = new WorldSeed(value);
            return parsed;
        }

        var number = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var small) && small <= LargestNumber;
        seed = small;
        return number;
    }

    /// <summary>As it is written: in decimals, or as 0x with 32 digits.</summary>
    public override string ToString() => IsGuessable ? ((ulong)Value).ToString(CultureInfo.InvariantCulture) : "0x" + Value.ToString("x32", CultureInfo.InvariantCulture);
}
