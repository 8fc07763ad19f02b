using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Messages;

/// <summary>Which keys lie beside which, for slips of the finger.</summary>
internal sealed class KeyNeighbours
{
    private readonly string[] _neighbours = new string[26];

    private KeyNeighbours()
    {
    }

    public static KeyNeighbours Read(PackNode rows)
    {
        var keys = new KeyNeighbours();
        foreach (var row in rows.Items)
        {
            var text = row.Text;
            for (var i = 0; i < text.Length; i++)
            {
                if (!char.IsAsciiLetterLower(text[i]))
                    throw row.Error($"'{text[i]}' is no small letter.", "Write the letters of one row of keys.");
                keys._neighbours[text[i] - 'a'] = (i > 0 ? text[i - 1].ToString() : "") + (i + 1 < text.Length ? text[i + 1].ToString() : "");
            }
        }

        for (var letter = 0; letter < 26; letter++)
        {
            if (string.IsNullOrEmpty(keys._neighbours[letter]))
                throw rows.Error($"The key '{(char)('a' + letter)}' has no neighbour.", "Write all letters of the keyboard, row by row.");
        }

        return keys;
    }

    public string this[char letter] => _neighbours[letter - 'a'];
}
