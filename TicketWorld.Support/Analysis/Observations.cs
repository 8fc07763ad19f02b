using TicketWorld.Support.Analysis.Evidence;

namespace TicketWorld.Support.Analysis;

/// <summary>What the patterns of topics and signals found in a message.</summary>
internal sealed class Observations
{
    /// <summary>Several findings of a topic say less each: the n-th counts 1/n.</summary>
    public Observations(int topics, int signals, List<PatternHit> topicHits, List<PatternHit> signalHits)
    {
        TopicHits = topicHits;
        SignalHits = signalHits;
        Topics = new float[topics];
        Signals = new float[signals];
        Span<int> counts = stackalloc int[topics];
        foreach (var hit in topicHits)
            Topics[hit.Label] += hit.Weight / ++counts[hit.Label];
        foreach (var hit in signalHits)
            Signals[hit.Label]++;
    }

    public IReadOnlyList<PatternHit> TopicHits { get; }

    public IReadOnlyList<PatternHit> SignalHits { get; }

    /// <summary>Evidence by topic.</summary>
    public float[] Topics { get; }

    /// <summary>How often each signal was found.</summary>
    public float[] Signals { get; }
}
