namespace TicketWorld.Grains;

/// <summary>Writes the bytes of one chunk in order.</summary>
public abstract class ChunkWriteStream : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException("A chunk is written in order.");
    }

    /// <summary>Waits until all that was written is durable; gives the length.</summary>
    /// <exception cref="GrainStoreException">The store refused a piece.</exception>
    public abstract Task<long> CompleteAsync();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A chunk that is written can not be read.");

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A chunk is written in order.");

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("A chunk is written in order.");
}
