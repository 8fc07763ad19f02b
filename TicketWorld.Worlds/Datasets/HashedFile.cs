using System.Buffers;
using System.Security.Cryptography;

namespace TicketWorld.Worlds.Datasets;

/// <summary>A file that is hashed while it is written, and flushed to the disk at the end.</summary>
internal sealed class HashedFile : Stream
{
    private const int FlushAt = 1 << 18;
    private readonly Stream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(FlushAt);
    private readonly string _name;
    private int _buffered;
    private long _size;

    public HashedFile(string path, Func<string, Stream> open)
    {
        _name = Path.GetFileName(path);
        _file = open(path);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _size;

    public override long Position
    {
        get => _size;
        set => throw new NotSupportedException();
    }

    /// <summary>Digest of a file that is there, in lower-case hexadecimal.</summary>
    public static string DigestOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public static Stream Create(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);

    public override void Write(ReadOnlySpan<byte> data)
    {
        _size += data.Length;
        if (_buffered + data.Length > FlushAt)
            Flush();
        if (data.Length > FlushAt)
        {
            _hash.AppendData(data);
            _file.Write(data);
            return;
        }

        data.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += data.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        var data = _buffer.AsSpan(0, _buffered);
        _buffered = 0;
        _hash.AppendData(data);
        _file.Write(data);
    }

    /// <summary>Flushes to the disk and closes.</summary>
    public DatasetFile Finish()
    {
        Flush();
        if (_file is FileStream file)
            file.Flush(flushToDisk: true);
        var digest = Convert.ToHexStringLower(_hash.GetHashAndReset());
        Dispose();
        return new DatasetFile(_name, _size, digest);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _file.CanWrite)
        {
            _file.Dispose();
            _hash.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
