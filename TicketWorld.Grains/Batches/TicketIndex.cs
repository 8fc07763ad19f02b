using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace TicketWorld.Grains.Batches;

/// <summary>
/// Where the tickets of a chunk are: the length of each line, and a 64-bit hash of each ticket id by which a ticket is found
/// without reading the lines. Two ids may share a hash, so a hit is compared with the line itself.
/// </summary>
internal sealed class TicketIndex
{
    private readonly int[] _lengths;
    private readonly ulong[] _hashes;

    private TicketIndex(int[] lengths, ulong[] hashes) => (_lengths, _hashes) = (lengths, hashes);

    public int Count => _lengths.Length;

    /// <summary>The lengths of the lines with their line feeds.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <exception cref="JsonException">A line has no ticket id.</exception>
    public static TicketIndex Of(ReadOnlySpan<byte> lines, int count)
    {
        var lengths = new int[count];
        var hashes = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            var length = lines.IndexOf((byte)'\n') + 1;
            if (length == 0)
                throw new JsonException($"The chunk has {i} lines and should have {count}.");
            lengths[i] = length;
            hashes[i] = Hash(TicketId(lines[..length]));
            lines = lines[length..];
        }

        return lines.IsEmpty ? new(lengths, hashes) : throw new JsonException($"The chunk has more than {count} lines.");
    }

    public static TicketIndex Read(ReadOnlySpan<byte> bytes)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var lengths = new int[count];
        var hashes = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            lengths[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 + (4 * i))..]);
            hashes[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(4 + (4 * count) + (8 * i))..]);
        }

        return new(lengths, hashes);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[4 + (12 * Count)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Count);
        for (var i = 0; i < Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 + (4 * i)), _lengths[i]);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(4 + (4 * Count) + (8 * i)), _hashes[i]);
        }

        return bytes;
    }

    /// <summary>The positions of the lines whose ticket may be this one.</summary>
    public IEnumerable<int> Candidates(string ticketId)
    {
        var hash = Hash(Encoding.UTF8.GetBytes(ticketId));
        for (var i = Array.IndexOf(_hashes, hash); i >= 0; i = Array.IndexOf(_hashes, hash, i + 1))
            yield return i;
    }

    /// <summary>The offset of a line from the beginning of the chunk.</summary>
    public long OffsetOf(int position) => _lengths.Take(position).Sum(length => (long)length);

    private static ReadOnlySpan<byte> TicketId(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                continue;
            var found = reader.ValueTextEquals("ticket_id"u8);
            reader.Read();
            if (found && reader.TokenType == JsonTokenType.String)
                return reader.ValueSpan;
            reader.Skip();
        }

        throw new JsonException("A ticket has no ticket_id.");
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in bytes)
            hash = (hash ^ b) * 1099511628211UL;
        return hash;
    }
}
