namespace TicketWorld.Support.Extraction;

/// <summary>The tokens of one part of a message. Kept and filled again, so that a message costs no arrays.</summary>
internal sealed class TokenList
{
    /// <summary>More than this is not kept for the next message.</summary>
    private const int MostKept = 16_384;

    private Token[] _tokens = new Token[256];
    private Sense[] _sentences = new Sense[32];

    public string Text { get; private set; } = "";

    public int Count { get; private set; }

    public int SentenceCount { get; private set; }

    public ref Token this[int index] => ref _tokens[index];

    public ReadOnlySpan<char> TextOf(int index) => Text.AsSpan(_tokens[index].Start, _tokens[index].Length);

    /// <summary>The senses of all words of a sentence.</summary>
    public Sense SentenceSenses(int sentence) => (uint)sentence < (uint)SentenceCount ? _sentences[sentence] : Sense.None;

    public void Clear(string text)
    {
        Text = text;
        Count = 0;
        SentenceCount = 0;
        if (_tokens.Length > MostKept)
            _tokens = new Token[256];
        if (_sentences.Length > MostKept)
            _sentences = new Sense[32];
    }

    public void Add(in Token token)
    {
        if (Count == _tokens.Length)
            Array.Resize(ref _tokens, Count * 2);
        _tokens[Count++] = token;
        if (token.Sentence >= _sentences.Length)
            Array.Resize(ref _sentences, Math.Max(token.Sentence + 1, _sentences.Length * 2));
        while (SentenceCount <= token.Sentence)
            _sentences[SentenceCount++] = Sense.None;
        _sentences[token.Sentence] |= token.Senses;
    }
}
