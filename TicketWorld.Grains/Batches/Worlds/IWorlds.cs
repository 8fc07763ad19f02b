using System.Buffers;

namespace TicketWorld.Grains.Batches.Worlds;

/// <summary>The worlds that batches are made from, kept in memory as far as there is room.</summary>
internal interface IWorlds
{
    /// <summary>Refuses what cannot be generated, as far as the options alone show it.</summary>
    /// <exception cref="GrainCallException">With the engine's code.</exception>
    void Check(BatchRequest request);

    /// <summary>The world of these options; made on first use.</summary>
    /// <exception cref="GrainCallException">With the engine's code.</exception>
    IBatchWorld Get(BatchRequest request);

    /// <summary>The world is not needed soon; it is made anew if it is after all.</summary>
    void Release(BatchRequest request);
}

/// <summary>A world as batches use it. Safe for several threads.</summary>
internal interface IBatchWorld
{
    int Tickets { get; }

    /// <summary>The files beside the tickets, in the order of the manifest.</summary>
    IReadOnlyList<CompanyFile> CompanyFiles { get; }

    /// <summary>Writes tickets as JSON Lines, each ended by a line feed; every one is proved and checked.</summary>
    /// <exception cref="GrainCallException">A ticket cannot be proved.</exception>
    void WriteTickets(int first, int count, IBufferWriter<byte> lines, CancellationToken cancellation);

    /// <summary>The manifest of the dataset with these files.</summary>
    byte[] Manifest(IReadOnlyList<BatchFile> files);
}

/// <summary>One file beside the tickets.</summary>
internal sealed record CompanyFile(string Name, string ContentType, Action<Stream, CancellationToken> Write);
