namespace TicketWorld.Support.Extraction;

internal enum TokenKind : byte
{
    /// <summary>Letters, with inner hyphens and apostrophes.</summary>
    Word,

    /// <summary>Digits, with inner separators: 12, 1.299,00, 555-0143, 2024-01-15.</summary>
    Number,

    /// <summary>Letters and digits, or letters with a separator that words do not have.</summary>
    Code,

    Email,
    Url,

    /// <summary>One character.</summary>
    Symbol,
}

/// <summary>What stands before a token.</summary>
internal enum Gap : byte
{
    None,
    Space,

    /// <summary>Markup, or more than one space.</summary>
    Wide,

    /// <summary>The end of a line.</summary>
    Line,
}

/// <summary>A piece of a text, with what its word list entries and its letters say.</summary>
internal struct Token
{
    public int Start;
    public int Length;

    /// <summary>Index into the sentences of the text.</summary>
    public int Sentence;

    public TokenKind Kind;
    public Gap Before;

    /// <summary>The character of a symbol; otherwise the first.</summary>
    public char First;

    /// <summary>1 to 12 for the name of a month.</summary>
    public byte Month;

    /// <summary>Index of the currency that the word names, plus one; 0 for none.</summary>
    public byte Currency;

    public bool Upper;
    public bool Lower;
    public bool Digit;

    /// <summary>A capital after a small letter, as in OnSentier.</summary>
    public bool Mixed;

    /// <summary>Whether the first letter is a capital.</summary>
    public bool Capital;

    /// <summary>Whether the word is ordinary; see <see cref="Reading.KindOf"/>.</summary>
    public WordKind Word;

    public Sense Senses;

    public readonly int End => Start + Length;

    public readonly bool Is(Sense any) => (Senses & any) != Sense.None;

    public readonly bool IsSymbol(char symbol) => Kind == TokenKind.Symbol && First == symbol;
}
