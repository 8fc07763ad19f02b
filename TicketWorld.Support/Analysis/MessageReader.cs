using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Analysis.Reading;
using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Analysis;

/// <summary>Reads messages: HTML out, quoted mail and signatures out, the language told, instructions to the reader out.</summary>
internal sealed class MessageReader
{
    /// <summary>Below it small words and pieces of words do not tell the language of a short text.</summary>
    private const double SureOfLanguage = 0.75;

    private const int ShortText = 24;
    private const double ToldByMeaning = 0.7;

    private readonly Scope _scope;
    private readonly LanguageFinder _languages;
    private readonly InjectionFinder _injections;

    public MessageReader(RuleFiles files)
    {
        Lexicon = Lexicon.Read(files.Read("lexicon.yaml"));
        _scope = new Scope(files);
        _languages = new LanguageFinder(files);
        _injections = new InjectionFinder(Lexicon, files);
    }

    public Lexicon Lexicon { get; }

    public ReadMessage Read(TicketText text)
    {
        var message = new Message(text);
        Markup.LeaveOut(message);
        _scope.Apply(message);
        var tokens = Tokeniser.Split(message);
        var (language, confidence) = LanguageOf(message, tokens);
        var read = new ReadTokens(message, tokens, Lexicon, language);
        var injected = _injections.Find(message, read, language);
        if (injected.Count > 0)
        {
            foreach (var span in injected)
                message.LeaveOut(span);
            tokens = Tokeniser.Split(message);
            if (tokens.Count > 0)
                (language, confidence) = LanguageOf(message, tokens);
            read = new ReadTokens(message, tokens, Lexicon, language);
        }

        return new ReadMessage(message, read, language, confidence, injected, HasWords(message, tokens));
    }

    /// <summary>The language; of a short text without telling small words, that in which the most of its words mean something.</summary>
    private (int Language, double Confidence) LanguageOf(Message message, List<Token> tokens)
    {
        var (language, confidence) = _languages.Find(message, tokens);
        if (confidence >= SureOfLanguage || tokens.Count > ShortText)
            return (language, confidence);
        var (best, most) = (language, Meaning(language));
        for (var other = 0; other < Evidence.Languages.All.Count; other++)
        {
            if (Meaning(other) is var meaning && meaning > most)
                (best, most) = (other, meaning);
        }

        return best == language ? (language, confidence) : (best, ToldByMeaning);

        int Meaning(int of)
        {
            var read = new ReadTokens(message, tokens, Lexicon, of);
            var count = 0;
            for (var i = 0; i < tokens.Count; i++)
                count += tokens[i].Kind == TokenKind.Word && read.Word(i).Symbols.Length > 0 ? 1 : 0;
            return count;
        }
    }

    private static bool HasWords(Message message, List<Token> tokens)
    {
        foreach (var token in tokens)
        {
            if (token.Span.Start >= message.BodyStart && token.Kind is not TokenKind.Number)
                return true;
        }

        return false;
    }
}
