namespace TicketWorld.Worlds.Datasets;

/// <summary>The two ticket files, which hold the same objects: JSON Lines, and an array with one object a line.</summary>
internal sealed class TicketFiles : IDisposable
{
    /// <summary>What follows the last object of the array.</summary>
    public const string ArrayEnd = "\n]\n";
    private readonly HashedFile _array;
    private readonly HashedFile _lines;
    private bool _any;

    public TicketFiles(string folder, Func<string, Stream> open)
    {
        _array = new HashedFile(Path.Combine(folder, "support_tickets.json"), open);
        _lines = new HashedFile(Path.Combine(folder, "support_tickets.jsonl"), open);
    }

    /// <summary>Begins two empty files.</summary>
    public void Begin() => _array.Write("[\n"u8);

    /// <summary>Begins with the content of an earlier set, without the end of its array.</summary>
    /// <returns>The digests of the two earlier files.</returns>
    public (string Array, string Lines) BeginWith(string folder, CancellationToken cancellation)
    {
        var lines = Copy(Path.Combine(folder, "support_tickets.jsonl"), _lines, 0, cancellation);
        var array = Copy(Path.Combine(folder, "support_tickets.json"), _array, ArrayEnd.Length, cancellation);
        _any = true;
        return (array, lines);
    }

    public void Write(TicketChunk chunk)
    {
        var lines = chunk.Lines.WrittenSpan;
        _lines.Write(lines);
        var start = 0;
        for (var i = 0; i < chunk.Count; i++)
        {
            if (_any)
                _array.Write(",\n"u8);
            _any = true;
            _array.Write(lines.Slice(start, chunk.Lengths[i] - 1));
            start += chunk.Lengths[i];
        }
    }

    public DatasetFile[] Finish()
    {
        _array.Write("\n]\n"u8);
        return [_array.Finish(), _lines.Finish()];
    }

    public void Dispose()
    {
        _array.Dispose();
        _lines.Dispose();
    }

    /// <summary>Copies a file but its last bytes, and gives the digest of the whole file.</summary>
    private static string Copy(string path, HashedFile output, int withoutLast, CancellationToken cancellation)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var left = Math.Max(0, input.Length - withoutLast);
        var buffer = new byte[1 << 20];
        while (input.Read(buffer) is > 0 and var read)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, read));
            var kept = (int)Math.Min(left, read);
            output.Write(buffer.AsSpan(0, kept));
            left -= kept;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
