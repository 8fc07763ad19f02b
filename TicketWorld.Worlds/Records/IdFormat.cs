using System.Buffers.Text;

namespace TicketWorld.Worlds.Records;

/// <summary>Writes ids in ASCII.</summary>
internal static class IdFormat
{
    /// <summary>Bytes that are always enough.</summary>
    public const int Room = 32;

    public static int Write(CustomerId id, Span<byte> room) => Write("CUST-"u8, id.Number, 4, room);

    public static int Write(ProductId id, Span<byte> room) => Write("PROD-"u8, id.Number, 4, room);

    public static int Write(PaymentId id, Span<byte> room) => Write("PAY-"u8, id.Number, 6, room);

    public static int Write(OrderId id, Span<byte> room)
    {
        "ORD-"u8.CopyTo(room);
        WriteDay(id.Date, room[4..]);
        room[12] = (byte)'-';
        return 13 + Write(default, id.Sequence, 4, room[13..]);
    }

    /// <summary>A day as <c>20260114</c>.</summary>
    public static void WriteDay(DateOnly day, Span<byte> room)
    {
        day.Deconstruct(out var year, out var month, out var date);
        var number = year * 10_000 + month * 100 + date;
        for (var i = 7; i >= 0; i--)
        {
            room[i] = (byte)('0' + number % 10);
            number /= 10;
        }
    }

    private static int Write(ReadOnlySpan<byte> prefix, int number, byte digits, Span<byte> room)
    {
        prefix.CopyTo(room);
        Utf8Formatter.TryFormat(number, room[prefix.Length..], out var written, new('D', digits));
        return prefix.Length + written;
    }
}
