using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Analysis.Reading;
using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Analysis;

/// <summary>Reads messages: HTML out, quoted mail and signatures out, the language told, instructions to the reader out.</summary>
internal sealed class MessageReader
{
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
        var (language, confidence) = _languages.Find(message, tokens);
        var read = new ReadTokens(message, tokens, Lexicon, language);
        var injected = _injections.Find(message, read, language);
        if (injected.Count > 0)
        {
            foreach (var span in injected)
                message.LeaveOut(span);
            tokens = Tokeniser.Split(message);
            if (tokens.Count > 0)
                (language, confidence) = _languages.Find(message, tokens);
            read = new ReadTokens(message, tokens, Lexicon, language);
        }

        return new ReadMessage(message, read, language, confidence, injected, HasWords(message, tokens));
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
