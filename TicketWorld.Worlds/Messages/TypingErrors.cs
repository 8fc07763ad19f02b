using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Messages;

/// <summary>Slips of the finger. The first letter of a word stays, so that words remain readable.</summary>
internal static class TypingErrors
{
    /// <summary>
    /// Words between two errors: evenly distributed, 1000 / <paramref name="perThousand"/> from one to the next on average.
    /// </summary>
    public static int WordsToNext(int perThousand, ref Draws draws) => perThousand == 0 ? int.MaxValue : draws.Below(Widest(perThousand));

    /// <summary>Words from the start of a text to its first error, as if the text were cut from the middle of a long one.</summary>
    public static int WordsToFirst(int perThousand, ref Draws draws) =>
        perThousand == 0 ? int.MaxValue : Math.Min(draws.Below(Widest(perThousand)), draws.Below(Widest(perThousand)));

    private static int Widest(int perThousand) => Math.Max(1, 2000 / perThousand - 1);

    /// <summary>Writes a word with one error in it.</summary>
    /// <param name="word">At least four letters.</param>
    public static void Write(ReadOnlySpan<char> word, KeyNeighbours keys, ref Draws draws, MessageBuffer output)
    {
        var at = draws.Between(1, word.Length - 2);
        output.Append(word[..at]);
        switch (draws.Below(4))
        {
            case 0:
                output.Append(word[at + 1]);
                output.Append(word[at]);
                output.Append(word[(at + 2)..]);
                break;
            case 1:
                output.Append(word[(at + 1)..]);
                break;
            case 2:
                output.Append(word[at]);
                output.Append(word[at..]);
                break;
            default:
                var beside = keys[char.ToLowerInvariant(word[at])];
                output.Append(beside[draws.Below(beside.Length)]);
                output.Append(word[(at + 1)..]);
                break;
        }
    }
}
