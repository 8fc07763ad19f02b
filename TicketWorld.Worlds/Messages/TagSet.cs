namespace TicketWorld.Worlds.Messages;

/// <summary>A set of up to 128 tags: what a message may say, and what it has said so far.</summary>
internal readonly record struct TagSet(ulong Low, ulong High)
{
    public const int Capacity = 128;

    public static TagSet Of(int tag) => tag < 64 ? new(1UL << tag, 0) : new(0, 1UL << (tag - 64));

    public static TagSet operator |(TagSet a, TagSet b) => new(a.Low | b.Low, a.High | b.High);

    public static TagSet operator &(TagSet a, TagSet b) => new(a.Low & b.Low, a.High & b.High);

    public static TagSet operator ~(TagSet a) => new(~a.Low, ~a.High);

    public bool IsEmpty => (Low | High) == 0;

    public bool Has(int tag) => !(this & Of(tag)).IsEmpty;

    /// <summary>Whether every tag of <paramref name="other"/> is in this set.</summary>
    public bool HasAll(in TagSet other) => ((other.Low & ~Low) | (other.High & ~High)) == 0;

    public bool HasAny(in TagSet other) => ((other.Low & Low) | (other.High & High)) != 0;
}
