namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Room for the bytes of a block of records, used again for the next block.</summary>
internal sealed class ByteRoom
{
    private const int Smallest = 1 << 14;

    private byte[] _room = [];
    private int _used;

    /// <summary>A copy of the bytes, valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        // What was kept before holds on to the smaller room.
        if (bytes.Length > _room.Length - _used)
            (_room, _used) = (new byte[Math.Max(Math.Max(Smallest, _room.Length * 2), bytes.Length)], 0);
        var kept = _room.AsMemory(_used, bytes.Length);
        bytes.CopyTo(kept.Span);
        _used += bytes.Length;
        return kept;
    }

    public void Clear() => _used = 0;
}
