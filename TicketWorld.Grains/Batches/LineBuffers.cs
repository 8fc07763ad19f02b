using System.Buffers;
using System.Collections.Concurrent;

namespace TicketWorld.Grains.Batches;

/// <summary>
/// Buffers that chunks are written into, used again by the next: one is several megabytes, and memory that is new each time costs
/// its first touch and a collection of everything that lives.
/// </summary>
internal sealed class LineBuffers
{
    /// <summary>Some more than a ticket with its resolution takes.</summary>
    private const int BytesATicket = 8 * 1024;

    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _idle = [];

    /// <summary>An empty buffer.</summary>
    public ArrayBufferWriter<byte> Rent(int tickets) =>
        _idle.TryTake(out var used) ? used : new(Math.Max(tickets, 1) * BytesATicket);

    /// <summary>Takes a buffer back; its content is gone.</summary>
    public void Return(ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        if (_idle.Count < Environment.ProcessorCount * 2)
            _idle.Add(buffer);
    }
}
