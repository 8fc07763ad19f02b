using TicketWorld.Support.Analysis.Weighing;

namespace TicketWorld.Support.Extraction;

/// <summary>One part of a message while it is read: its tokens, and the candidates found so far.</summary>
internal sealed class Reading(ExtractionRules rules)
{
    private int _mentioned = -1;
    private ulong _mentions;

    public ExtractionRules Rules { get; } = rules;

    public TokenList Tokens { get; } = new();

    public List<Candidate> Candidates { get; } = [];

    /// <summary>What rules take for names of products; which of them stand is decided by the learnt weights.</summary>
    public List<Candidate> Names { get; } = [];

    /// <summary>Buffers of the search for names.</summary>
    public List<NameSpan> Spans { get; } = [];

    /// <summary>The token at which the closing formula stands; the number of tokens if none does.</summary>
    public int SignatureStart { get; set; }

    /// <summary>Stretches that weigh enough for a name, with their log odds.</summary>
    public List<(NameSpan Span, double Odds)> Weighed { get; } = [];

    /// <summary>The features of the stretch that is weighed now.</summary>
    public FeatureList Features { get; } = new();

    /// <summary>The senses of all words of the whole message.</summary>
    public Sense Message { get; set; }

    /// <summary>Whether the message is in German, where every noun has a capital.</summary>
    public bool German { get; set; }

    /// <summary>Whether a version has been found in the message, so that other numbers of its form may be versions too.</summary>
    public bool HasVersion { get; set; }

    /// <summary>The clues of other mentions of a word; kept for the stretches that begin with the same word.</summary>
    public ulong MentionsOf(int word)
    {
        if (_mentioned != word)
            (_mentioned, _mentions) = (word, NameClues.Mentions(this, word));
        return _mentions;
    }

    /// <summary>Forgets what was found in the message before.</summary>
    public void Clear()
    {
        Candidates.Clear();
        Names.Clear();
        Spans.Clear();
        Weighed.Clear();
        _mentioned = -1;
    }

    public void Add(Field field, int first, int last, int score, Evidence evidence, byte currency = 0) =>
        ListOf(field).Add(new(field, Tokens[first].Start, Tokens[last].End, score, evidence, currency));

    public void AddRange(Field field, int start, int end, int score, Evidence evidence, byte currency = 0) =>
        ListOf(field).Add(new(field, start, end, score, evidence, currency));

    private List<Candidate> ListOf(Field field) => field == Field.ProductName ? Names : Candidates;

    /// <summary>Whether a word is ordinary; looked up once.</summary>
    public WordKind KindOf(int token)
    {
        ref var kind = ref Tokens[token].Word;
        if (kind == WordKind.Open)
            kind = Rules.Ordinary.KindOf(Tokens.TextOf(token));
        return kind;
    }

    public Sense SentenceOf(int token) => Tokens.SentenceSenses(Tokens[token].Sentence);

    /// <summary>Whether a token exists and stands in the same sentence.</summary>
    public bool InSentence(int token, int other) =>
        (uint)token < (uint)Tokens.Count && Tokens[token].Sentence == Tokens[other].Sentence;

    public bool IsSymbol(int token, char symbol) => (uint)token < (uint)Tokens.Count && Tokens[token].IsSymbol(symbol);

    public bool IsWord(int token, Sense any) => (uint)token < (uint)Tokens.Count && Tokens[token].Kind is TokenKind.Word or TokenKind.Code && Tokens[token].Is(any);

    /// <summary>Whether a token directly follows the one before it, without a space.</summary>
    public bool Touches(int token) => (uint)token < (uint)Tokens.Count && Tokens[token].Before == Gap.None;

    /// <summary>The last token before one that is no bracket, quote or colon; -1 if the sentence begins there.</summary>
    public int Before(int token)
    {
        for (var i = token - 1; i >= 0 && i >= token - 5 && InSentence(i, token); i--)
        {
            if (Tokens[i].Kind != TokenKind.Symbol || !IsSkipped(Tokens[i].First))
                return i;
        }

        return -1;
    }

    /// <summary>Brackets, quotes and marks that may stand between a label and what it labels.</summary>
    public static bool IsSkipped(char symbol) =>
        symbol is ':' or '(' or '#' or '"' or '“' or '„' or '«' or '\'' or '‘' or '°' or '=' or '[' or '`' or '*' or '.' or '-' or '–' or '—' or '{';
}
