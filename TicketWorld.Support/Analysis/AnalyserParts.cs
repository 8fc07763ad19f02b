using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Analysis;

/// <summary>All that analysis reads from files but the learnt weights.</summary>
internal sealed class AnalyserParts
{
    public AnalyserParts(RuleFiles files)
    {
        Reader = new MessageReader(files);
        Observer = new Observer(Reader.Lexicon, files);
        Severities = new SeverityTable(Observer.SignalNames, files);
        Features = new MessageFeatures(Reader.Lexicon, Observer.SignalNames, Severities);
        Categories = new CategoryMap(files);
        Precedence = new Precedence(Observer.SignalNames, files);
    }

    public MessageReader Reader { get; }

    public Observer Observer { get; }

    public SeverityTable Severities { get; }

    public MessageFeatures Features { get; }

    public CategoryMap Categories { get; }

    public Precedence Precedence { get; }
}
