using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>Mistypes order numbers: at edit distance 1 or 2, and never to the number of another order.</summary>
internal static class OrderNumberTypo
{
    public static string Make(OrderId id, RecordBook book, ref Draws draws)
    {
        var exact = id.ToString();
        Span<char> written = stackalloc char[exact.Length + 1];
        while (true)
        {
            exact.CopyTo(written);
            var length = Mistype(written, exact.Length, ref draws);
            var typo = written[..length];
            if (typo.SequenceEqual(exact) || !EditDistance.IsWithin(typo, exact, 2))
                continue;
            if (OrderId.TryParse(typo, out var other) && book.Order(other) is not null)
                continue;
            return typo.ToString();
        }
    }

    /// <summary>Changes a digit, swaps two, drops one or types one twice.</summary>
    private static int Mistype(Span<char> text, int length, ref Draws draws)
    {
        const int firstDigit = 4;
        int place;
        do
        {
            place = draws.Between(firstDigit, length - 1);
        }
        while (!char.IsAsciiDigit(text[place]));

        switch (draws.Below(4))
        {
            case 0:
                text[place] = (char)('0' + (text[place] - '0' + draws.Between(1, 9)) % 10);
                return length;
            case 1 when place + 1 < length && char.IsAsciiDigit(text[place + 1]):
                (text[place], text[place + 1]) = (text[place + 1], text[place]);
                return length;
            case 2:
                text[(place + 1)..length].CopyTo(text[place..]);
                return length - 1;
            default:
                text[place..length].CopyTo(text[(place + 1)..]);
                return length + 1;
        }
    }
}
