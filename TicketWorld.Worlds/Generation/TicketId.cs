using System.Text;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// Ticket ids: <c>TK-</c>, the date, and 60 bits in base 32. The bits are a keyed permutation of the ticket's index, so ids are unique in
/// a world and reveal neither index nor seed.
/// </summary>
internal sealed class TicketId(SeedKey key)
{
    private static readonly byte[] Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8.ToArray();
    private readonly Permutation _permutation = new(1UL << 60, key.Of(0), Seeds.TicketIds);

    public string Of(int index, DateTime at)
    {
        Span<byte> text = stackalloc byte[24];
        "TK-"u8.CopyTo(text);
        IdFormat.WriteDay(DateOnly.FromDateTime(at), text[3..]);
        text[11] = (byte)'-';
        var bits = _permutation[(ulong)index];
        for (var i = 23; i >= 12; i--)
        {
            text[i] = Alphabet[(int)(bits & 31)];
            bits >>= 5;
        }

        return Encoding.ASCII.GetString(text);
    }
}
