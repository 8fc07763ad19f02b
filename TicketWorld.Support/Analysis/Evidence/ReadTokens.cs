using TicketWorld.Support.Analysis.Reading;

namespace TicketWorld.Support.Analysis.Evidence;

/// <summary>A symbol that stands at a token.</summary>
/// <param name="Tokens">How many tokens it spans.</param>
internal readonly record struct SymbolAt(int Symbol, int Tokens);

/// <summary>A message's tokens with the words and symbols that they are, in one language.</summary>
internal sealed class ReadTokens
{
    private readonly Lexicon.Word[] _words;
    private readonly List<SymbolAt> _symbols;
    private readonly int[] _starts;

    public ReadTokens(Message message, List<Token> tokens, Lexicon lexicon, int language)
    {
        Message = message;
        Tokens = tokens;
        _words = new Lexicon.Word[tokens.Count];
        _starts = new int[tokens.Count + 1];
        _symbols = new List<SymbolAt>(tokens.Count);
        Span<char> buffer = stackalloc char[256];
        for (var i = 0; i < tokens.Count; i++)
        {
            var span = tokens[i].Span;
            var text = message.Read.Slice(span.Start, Math.Min(span.Length, buffer.Length / 2));
            _words[i] = lexicon.Find(buffer[..Folding.Fold(text, buffer)], language);
        }

        var steps = lexicon.Sequences(language);
        for (var i = 0; i < tokens.Count; i++)
        {
            _starts[i] = _symbols.Count;
            foreach (var symbol in _words[i].Symbols)
                _symbols.Add(new SymbolAt(symbol, 1));
            AddGiven(i);
            var node = 0;
            for (var j = i; j < tokens.Count && tokens[j].Sentence == tokens[i].Sentence && steps.TryGetValue((node, _words[j].Hash), out node); j++)
            {
                foreach (var symbol in lexicon.SequenceSymbols(language, node))
                    _symbols.Add(new SymbolAt(symbol, j - i + 1));
            }
        }

        _starts[tokens.Count] = _symbols.Count;
    }

    public Message Message { get; }

    public List<Token> Tokens { get; }

    public int Count => Tokens.Count;

    public Lexicon.Word Word(int token) => _words[token];

    public ReadOnlySpan<SymbolAt> SymbolsAt(int token) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_symbols)[_starts[token].._starts[token + 1]];

    private void AddGiven(int token)
    {
        switch (Tokens[token].Kind)
        {
            case TokenKind.Number:
                AddNumber(token);
                break;
            case TokenKind.Code:
                if (Quantity.CurrencyFactor(Message.Read, Tokens[token].Span) > 0)
                    AddNumber(token);
                else
                    Give(Given.Code);
                break;
            case TokenKind.Url:
                Give(Given.Url);
                break;
            case TokenKind.Mail:
                Give(Given.Mail);
                break;
        }
    }

    private void AddNumber(int token)
    {
        var span = Tokens[token].Span;
        var number = Quantity.Value(Message.Read.Slice(span.Start, span.Length), out var whole);
        var factor = Quantity.CurrencyFactor(Message.Read, span);
        if (number >= 3)
            Give(Given.Number);
        if (factor > 0)
        {
            Give(Given.Money);
            if (number >= 100 * factor)
                Give(Given.Hundred);
            if (number >= 1000 * factor)
                Give(Given.Thousand);
            return;
        }

        if (whole && number is >= 10 and < 10_000_000 && !Quantity.IsPartOfDateOrTime(Message.Read, span))
            Give(Given.Many);
        if (whole && number is 400 or 401 or 403 or 404 or 405 or 408 or 409 or 413 or 415 or 422 or 423 or 429 or 500 or 501 or 502 or 503 or 504)
            Give(Given.Http);
    }

    private void Give(Given given) => _symbols.Add(new SymbolAt((int)given, 1));

    /// <summary>From the first to the last of some tokens.</summary>
    public TextSpan Span(int first, int count)
    {
        var start = Tokens[first].Span.Start;
        return new TextSpan(start, Tokens[first + count - 1].Span.End - start);
    }
}
