namespace TicketWorld.Grains;

/// <summary>The identity of a grain: the stored name of its interface and its key.</summary>
public readonly record struct GrainId(string Kind, string Key)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Key}";
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
