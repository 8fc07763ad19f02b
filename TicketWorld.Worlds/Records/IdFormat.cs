using System.Buffers.Text;

namespace TicketWorld.Worlds.Records;

/// <summary>Writes ids as UTF-8, as they are written as text. 32 bytes are always enough.</summary>
internal static class IdFormat
{
    public static int Write(CustomerId id, Span<byte> room) => Write("CUST-"u8, id.Number, 4, room);

    public static int Write(ProductId id, Span<byte> room) => Write("PROD-"u8, id.Number, 4, room);

    public static int Write(PaymentId id, Span<byte> room) => Write("PAY-"u8, id.Number, 6, room);

    public static int Write(OrderId id, Span<byte> room)
    {
        var written = Write("ORD-"u8, id.Date.Year * 10_000 + id.Date.Month * 100 + id.Date.Day, 8, room);
        room[written++] = (byte)'-';
        return written + Write(default, id.Sequence, 4, room[written..]);
    }

    private static int Write(ReadOnlySpan<byte> prefix, int number, byte digits, Span<byte> room)
    {
        prefix.CopyTo(room);
        Utf8Formatter.TryFormat(number, room[prefix.Length..], out var written, new('D', digits));
        return prefix.Length + written;
    }
}
