using System.Security.Cryptography;
using System.Text;

namespace TicketWorld.Grains;

/// <summary>The identity of a grain: the stored name of its interface and its key.</summary>
public readonly record struct GrainId(string Kind, string Key)
{
    /// <summary>For logs and messages of errors: kind and key, where an e-mail address in the key is not shown but a digest of it, since keys of customers may be addresses.</summary>
    public override string ToString() => $"{Kind}/{ShownKey}";

    /// <summary>The key as it may be shown to people who need not know whose it is.</summary>
    public string ShownKey => Key.Contains('@', StringComparison.Ordinal)
        ? $"{Key[..(Key.IndexOf('/', StringComparison.Ordinal) + 1)]}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))[..12]}"
        : Key;
}

/// <summary>
/// The number of the lease under which a turn ran. Every take-over of a grain raises it, so a writer that shows an
/// older number is known to have lost the grain.
/// </summary>
public readonly record struct LeaseEpoch(long Value) : IComparable<LeaseEpoch>
{
    /// <inheritdoc/>
    public int CompareTo(LeaseEpoch other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => $"epoch {Value}";

    public static bool operator <(LeaseEpoch left, LeaseEpoch right) => left.Value < right.Value;

    public static bool operator >(LeaseEpoch left, LeaseEpoch right) => left.Value > right.Value;

    public static bool operator <=(LeaseEpoch left, LeaseEpoch right) => left.Value <= right.Value;

    public static bool operator >=(LeaseEpoch left, LeaseEpoch right) => left.Value >= right.Value;
}
