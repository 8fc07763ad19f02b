namespace TicketWorld.Support.Extraction;

/// <summary>
/// Decides which stretches of text are names of products: each that may be one, and each that a rule takes for one, is weighed by the learnt weights of
/// names.yaml, and of those that overlap the one with the most weight stands.
/// </summary>
internal static class ProductNames
{
    /// <summary>The classes of the model.</summary>
    internal const int Classes = 2;

    /// <summary>The class of names.</summary>
    internal const int Name = 1;

    /// <summary>A name above this, in log odds, is as sure as one that a rule took.</summary>
    private const double Sure = 2;

    /// <summary>A value of another field at least this sure is no part of a name.</summary>
    private const int Certain = 86;

    private const int ScoreOfName = 85;
    private const int ScoreOfVersion = 84;

    private static readonly Comparison<(NameSpan Span, double Odds)> MostFirst = (a, b) => a.Odds != b.Odds ? b.Odds.CompareTo(a.Odds) : a.Span.Start.CompareTo(b.Span.Start);

    public static void Find(Reading reading)
    {
        Collect(reading);
        reading.Features.Clear();
        NameFeatures.OfMessage(reading, reading.Features);
        var common = Odds(reading);
        foreach (var span in reading.Spans)
        {
            reading.Features.Clear();
            NameFeatures.Of(reading, span, reading.Features);
            var odds = common + Odds(reading);
            if (odds > reading.Rules.NameThreshold)
                reading.Weighed.Add((span, odds));
        }

        Choose(reading);
    }

    private static float Odds(Reading reading)
    {
        var weights = reading.Rules.Names;
        var sum = 0f;
        foreach (var (key, value) in reading.Features.Span)
        {
            if (weights.TryGetValue(key, out var weight))
                sum += value * weight;
        }

        return sum;
    }

    /// <summary>The stretches that are weighed, into <see cref="Reading.Spans"/>.</summary>
    internal static void Collect(Reading reading)
    {
        reading.SignatureStart = MessageLines.SignatureStart(reading);
        NameSpans.Find(reading, reading.Spans);
        foreach (var candidate in reading.Names)
        {
            if (reading.Spans.Count < NameSpans.Most && !IsKnown(reading.Spans, candidate))
                reading.Spans.Add(SpanOf(reading, candidate));
        }

        for (var i = reading.Spans.Count - 1; i >= 0; i--)
        {
            if (IsTaken(reading.Candidates, reading.Spans[i]))
                reading.Spans.RemoveAt(i);
        }
    }

    private static bool IsKnown(List<NameSpan> spans, Candidate candidate)
    {
        foreach (var span in spans)
        {
            if (span.Start == candidate.Start && span.End == candidate.End)
                return true;
        }

        return false;
    }

    /// <summary>Whether a value that is certain stands where the name would.</summary>
    private static bool IsTaken(List<Candidate> candidates, NameSpan span)
    {
        foreach (var other in candidates)
        {
            if (other.Score >= Certain && other.Start < span.End && other.End > span.Start && other.Field != Field.ProductVersion)
                return true;
        }

        return false;
    }

    private static bool IsRuled(List<Candidate> names, NameSpan span)
    {
        foreach (var rule in names)
        {
            if (rule.Start == span.Start && rule.End == span.End && rule.Evidence != Evidence.Weak)
                return true;
        }

        return false;
    }

    private static NameSpan SpanOf(Reading reading, Candidate candidate)
    {
        var tokens = reading.Tokens;
        var first = 0;
        while (first + 1 < tokens.Count && tokens[first].Start < candidate.Start)
            first++;
        var last = first;
        while (last + 1 < tokens.Count && tokens[last + 1].Start < candidate.End)
            last++;
        return new(first, last, candidate.Start, candidate.End);
    }

    /// <summary>Takes the names with the most weight first, and leaves out what overlaps them.</summary>
    private static void Choose(Reading reading)
    {
        var weighed = reading.Weighed;
        weighed.Sort(MostFirst);
        for (var i = 0; i < weighed.Count; i++)
        {
            var (span, odds) = weighed[i];
            var free = true;
            for (var k = 0; k < i && free; k++)
                free = weighed[k].Odds == double.MinValue || weighed[k].Span.End <= span.Start || weighed[k].Span.Start >= span.End;
            if (!free)
            {
                weighed[i] = (span, double.MinValue);
                continue;
            }

            var ruled = IsRuled(reading.Names, span);
            var name = WithoutVersion(reading, span);
            reading.Candidates.Add(new(Field.ProductName, name.Start, name.End, ScoreOfName, ruled || odds > Sure ? Evidence.Context : Evidence.Weak));
            Version(reading, name);
        }
    }

    /// <summary>A number behind the name of a program is its version and no part of the name; behind that of a thing it is the model.</summary>
    private static NameSpan WithoutVersion(Reading reading, NameSpan span)
    {
        var tokens = reading.Tokens;
        if (span.Last == span.First || tokens[span.Last].Kind != TokenKind.Number || tokens[span.Last].Length == 3)
            return span;
        var things = (reading.Message & (Sense.Device | Sense.Goods)) != Sense.None;
        var programs = (reading.Message & (Sense.Program | Sense.Screen | Sense.Update | Sense.Version)) != Sense.None;
        return things || !programs ? span : span with { Last = span.Last - 1, End = tokens[span.Last - 1].End };
    }

    /// <summary>A number behind the name that is no part of it: its version.</summary>
    private static void Version(Reading reading, NameSpan span)
    {
        var tokens = reading.Tokens;
        var next = span.Last + 1;
        if (span.End > tokens[span.Last].End && reading.IsSymbol(next, '+'))
            next++;
        if (!reading.InSentence(next, span.Last) || tokens[next].Before > Gap.Space || tokens[next].Kind != TokenKind.Number || ProductWords.IsCounted(reading, next + 1))
            return;
        var text = tokens.TextOf(next);
        if (text[0] != '0' && (Versions.IsDotted(text, out _) ? !(reading.IsSymbol(next + 1, '€')) : text.Length <= 2 && text.IndexOfAnyExceptInRange('0', '9') < 0 || text.Length == 4 && text[0] is '1' or '2' && text[1] is '0' or '9'))
            reading.Add(Field.ProductVersion, next, next, ScoreOfVersion, Evidence.Label);
    }
}
