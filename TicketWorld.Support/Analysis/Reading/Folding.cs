using System.Text;

namespace TicketWorld.Support.Analysis.Reading;

/// <summary>Letters as rules are written: lower case, without marks. One UTF-16 code unit gives at most two.</summary>
internal static class Folding
{
    private const int TableSize = 0x250;

    private static readonly char[] Table = MakeTable();

    public static string Fold(string text)
    {
        Span<char> folded = text.Length <= 256 ? stackalloc char[text.Length * 2] : new char[text.Length * 2];
        return folded[..Fold(text, folded)].ToString();
    }

    /// <param name="folded">At least twice as long as the text.</param>
    /// <returns>How many characters were written.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (IsPassedOver(c))
                continue;
            if (c == 'ß')
                folded[length++] = 's';
            folded[length++] = Fold(c);
        }

        return length;
    }

    /// <summary>Apostrophes, soft hyphens, joiners and combining marks, which make no other word.</summary>
    public static bool IsPassedOver(char c) =>
        c is '\'' or '’' or '`' or '\u00ad' or '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or (>= '\u0300' and <= '\u036f');

    private static char Fold(char c) => c < TableSize ? Table[c] : char.ToLowerInvariant(c);

    private static char[] MakeTable()
    {
        var table = new char[TableSize];
        for (var c = 0; c < TableSize; c++)
        {
            var plain = ((char)c).ToString().Normalize(NormalizationForm.FormD)[0];
            table[c] = plain switch
            {
                'ß' => 's',
                'ø' or 'Ø' => 'o',
                'ł' or 'Ł' => 'l',
                'æ' or 'Æ' => 'a',
                _ => char.ToLowerInvariant(plain),
            };
        }

        return table;
    }
}
