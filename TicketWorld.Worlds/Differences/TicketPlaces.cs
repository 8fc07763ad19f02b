using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Worlds.Differences;

/// <summary>Where the tickets of a set stand in its file, with a digest of each, so that any can be read again.</summary>
internal sealed class TicketPlaces : IDisposable
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly FileStream _file;

    private TicketPlaces(string path) => _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);

    /// <summary>Tickets read.</summary>
    public int Count { get; private set; }

    public static TicketPlaces Read(DatasetReader set, CancellationToken cancellation)
    {
        var places = new TicketPlaces(set.PathOf(DatasetReader.TicketLines));
        var line = new List<byte>(8192);
        long start = 0, at = 0;
        for (var b = places._file.ReadByte(); ; b = places._file.ReadByte())
        {
            at++;
            if (b is not ('\n' or -1))
            {
                line.Add((byte)b);
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            if (line.Count > 0)
                places.Add(set, line.ToArray(), start);
            line.Clear();
            start = at;
            if (b == -1)
                return places;
        }
    }

    /// <summary>Takes the ticket of this id: null when there is none, no text when it is the same line, else its line and the line's number.</summary>
    public (string? Line, int Number)? Take(string id, string line)
    {
        if (!_places.Remove(id, out var place))
            return null;
        if (place.Digest == Digest(Encoding.UTF8.GetBytes(line)))
            return (null, place.Number);
        var bytes = new byte[place.Length];
        _file.Seek(place.Start, SeekOrigin.Begin);
        _file.ReadExactly(bytes);
        return (Encoding.UTF8.GetString(bytes), place.Number);
    }

    /// <summary>Ids of the tickets that were not taken, in order.</summary>
    public IEnumerable<string> Left() => _places.OrderBy(p => p.Value.Number).Select(p => p.Key);

    public void Dispose() => _file.Dispose();

    private void Add(DatasetReader set, byte[] line, long start)
    {
        Count++;
        using var ticket = set.ParseTicket(Encoding.UTF8.GetString(line), Count);
        _places[ticket.RootElement.GetProperty("ticket_id").GetString()!] = new Place(Count, start, line.Length, Digest(line));
    }

    private static UInt128 Digest(byte[] line) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(line));

    private readonly record struct Place(int Number, long Start, int Length, UInt128 Digest);
}
