using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// Ticket ids: <c>TK-</c>, the date, and 60 bits in base 32. The bits are a keyed permutation of the ticket's index, so ids are unique in
/// a world and reveal neither index nor seed.
/// </summary>
internal sealed class TicketId(SeedKey key)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly Permutation _permutation = new(1UL << 60, key.Of(0), Seeds.TicketIds);

    public string Of(int index, DateTime at)
    {
        Span<char> text = stackalloc char[24];
        text.TryWrite($"TK-{at:yyyyMMdd}-", out _);
        var bits = _permutation[(ulong)index];
        for (var i = 23; i >= 12; i--)
        {
            text[i] = Alphabet[(int)(bits & 31)];
            bits >>= 5;
        }

        return text.ToString();
    }
}
