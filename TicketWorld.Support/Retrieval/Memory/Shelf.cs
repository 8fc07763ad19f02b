using System.Collections.Concurrent;

namespace TicketWorld.Support.Retrieval.Memory;

/// <summary>What the snapshots of an index share, and what only grows.</summary>
internal sealed class Shelf(int dimensions)
{
    public int Dimensions => dimensions;

    public ConcurrentDictionary<string, Postings> Postings { get; } = new(concurrencyLevel: 1, capacity: 1024, StringComparer.Ordinal);
}

/// <summary>The documents of a thousand places. A place that no snapshot counts yet may be written to.</summary>
internal sealed class Block(int dimensions)
{
    public const int Size = 1024;

    public Article[] Articles { get; } = new Article[Size];

    /// <summary>Words of each, those of the title as often as they count.</summary>
    public int[] Lengths { get; } = new int[Size];

    public bool[] HasVector { get; } = new bool[Size];

    public float[] Vectors { get; } = new float[Size * dimensions];
}
