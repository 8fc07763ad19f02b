namespace TicketWorld.Support.Retrieval.Memory;

/// <summary>
/// Where a word occurs. Of the arrays the first <see cref="Count"/> elements count, in rising places; a later version of the same word may share
/// the arrays and use more of them.
/// </summary>
/// <param name="Places">Documents.</param>
/// <param name="Frequencies">How often the word is in each; a word of the title counts <see cref="WordRarity.TitleWeight"/> times; at most 255.</param>
/// <param name="Count">How many elements count.</param>
/// <param name="Live">How many of them are of documents that are not removed.</param>
internal sealed record Postings(int[] Places, byte[] Frequencies, int Count, int Live)
{
    public static Postings First(int place, int frequency) => new([place], [Byte(frequency)], 1, 1);

    /// <summary>Only the one writer of the index may call this, and only on the newest version of the word.</summary>
    public Postings With(int place, int frequency)
    {
        var (places, frequencies) = (Places, Frequencies);
        if (Count == places.Length)
        {
            var capacity = Count + Math.Max(1, Count / 2);
            Array.Resize(ref places, capacity);
            Array.Resize(ref frequencies, capacity);
        }

        (places[Count], frequencies[Count]) = (place, Byte(frequency));
        return new(places, frequencies, Count + 1, Live + 1);
    }

    private static byte Byte(int frequency) => (byte)Math.Min(frequency, byte.MaxValue);
}
