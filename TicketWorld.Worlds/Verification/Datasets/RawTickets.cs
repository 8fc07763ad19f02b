namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>A ticket as bytes: from the array, and from the lines where they differ.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Line">The line that should be equal; null when it is, or when there is none.</param>
internal readonly record struct RawTicket(long Number, ReadOnlyMemory<byte> Element, ReadOnlyMemory<byte>? Line);

/// <summary>Tickets cut from the files. They are valid until the next <see cref="Clear"/>.</summary>
internal sealed class RawTickets
{
    private readonly ByteRoom _room = new();

    public List<RawTicket> Tickets { get; } = [];

    public void Clear()
    {
        Tickets.Clear();
        _room.Clear();
    }

    /// <param name="line">Null when there is none beside the element, or when it is equal.</param>
    public void Add(long number, ReadOnlyMemory<byte> element, ReadOnlyMemory<byte>? line) =>
        Tickets.Add(new RawTicket(number, _room.Keep(element.Span), line is { } other ? (ReadOnlyMemory<byte>?)_room.Keep(other.Span) : null));
}
