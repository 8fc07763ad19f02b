using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Analysis;

/// <summary>Looks for the evidence of topics and for signals. A sum of money is a signal too: <c>money</c>, <c>hundred</c>, <c>thousand</c>.</summary>
internal sealed class Observer
{
    private static readonly Given[] Sums = [Given.Money, Given.Hundred, Given.Thousand];

    private readonly PatternSet _topics;
    private readonly PatternSet _signals;

    public Observer(Lexicon lexicon, RuleFiles files)
    {
        var topics = files.Read("topics.yaml");
        topics.Only("topics");
        _topics = new PatternSet(lexicon, topics);
        foreach (var (name, node) in topics["topics"].Entries)
            _topics.Add(Names.Index(Names.Topics, name, node), node);

        var signals = files.Read("signals.yaml");
        signals.Only("signals");
        _signals = new PatternSet(lexicon, signals);
        var names = new List<string>();
        foreach (var (name, node) in signals["signals"].Entries)
        {
            _signals.Add(names.Count, node);
            names.Add(name);
        }

        foreach (var sum in Sums)
            names.Add(sum.ToString().ToLowerInvariant());
        SignalNames = names;
    }

    public IReadOnlyList<string> SignalNames { get; }

    public Observations Observe(ReadMessage read)
    {
        var topics = new List<PatternHit>();
        var signals = new List<PatternHit>();
        _topics.Find(read.Tokens, read.Language, topics);
        _signals.Find(read.Tokens, read.Language, signals);
        for (var i = 0; i < read.Tokens.Count; i++)
        {
            foreach (var at in read.Tokens.SymbolsAt(i))
            {
                var sum = Array.IndexOf(Sums, (Given)at.Symbol);
                if (sum >= 0)
                    signals.Add(new PatternHit(SignalNames.Count - Sums.Length + sum, 1, i, 1));
            }
        }

        return new Observations(Names.Topics.Count, SignalNames.Count, topics, signals);
    }
}
