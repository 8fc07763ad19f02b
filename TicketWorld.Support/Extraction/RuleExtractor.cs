using System.Collections.Concurrent;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Extraction;

/// <summary>
/// Finds fields by rules. Each part of a message is cut into tokens once; every kind of field proposes readings of stretches of text,
/// scored by what stands beside them; of readings that overlap the best stands. Time and memory grow with the length of the text only.
/// </summary>
public sealed class RuleExtractor : IFieldExtractor
{
    private const string Subject = "subject";
    private const string Body = "body";

    /// <summary>The first words are enough to tell German.</summary>
    private const int MostLookedAt = 60;

    private readonly ExtractionRules _rules;
    private readonly RequiredFields _required;
    private readonly TokenReader _reader;
    private readonly QuotedParts _quoted;
    private readonly Catalogue _catalogue;
    private readonly FieldForms _forms;
    private readonly Func<TicketText, IReadOnlyList<SourceSpan>>? _priorityKeywords;

    /// <summary>Readings that no call uses, kept so that a message costs no arrays.</summary>
    private readonly ConcurrentBag<(Reading Subject, Reading Body)> _free = [];

    /// <param name="files">Where extraction.yaml, names.yaml and categories.yaml are read from.</param>
    /// <param name="productNames">Names of products that the company is known to have; null for none.</param>
    /// <param name="priorityKeywords">Finds words that press for speed; null for no such field.</param>
    /// <exception cref="PackException">A rule file breaks its schema; names file and line.</exception>
    public RuleExtractor(RuleFiles files, IReadOnlyCollection<string>? productNames = null, Func<TicketText, IReadOnlyList<SourceSpan>>? priorityKeywords = null)
        : this(files, NameWeights.Read(files), productNames, priorityKeywords)
    {
    }

    /// <param name="names">Weights in place of those of names.yaml.</param>
    internal RuleExtractor(RuleFiles files, NameWeights names, IReadOnlyCollection<string>? productNames = null, Func<TicketText, IReadOnlyList<SourceSpan>>? priorityKeywords = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        _rules = ExtractionRules.Read(files, names);
        _required = new(files);
        _reader = new(_rules.Words, new(_rules.TopLevelDomains));
        _quoted = new(_rules.Quoted);
        _catalogue = new(productNames ?? []);
        _forms = new(_rules);
        _priorityKeywords = priorityKeywords;
    }

    /// <summary>An extractor that also finds the words of <c>priority_keywords.yaml</c>.</summary>
    /// <param name="files">Where the rule files are read from.</param>
    /// <exception cref="PackException">A rule file breaks its schema; names file and line.</exception>
    public static RuleExtractor WithPriorityKeywords(RuleFiles files)
    {
        var keywords = new PriorityKeywords(files);
        return new(files, null, text =>
        [
            .. Spans(Subject, text.Subject ?? "").Concat(Spans(Body, text.Body ?? "")).DistinctBy(found => found.Keyword, StringComparer.Ordinal).Select(found => found.Span),
        ]);

        IEnumerable<(string Keyword, SourceSpan Span)> Spans(string part, string text) =>
            keywords.Find(text).Select(found => (found.Keyword, new SourceSpan(part, found.Start, found.Text)));
    }

    public TicketExtraction Extract(TicketText text, Category? category)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!_free.TryTake(out var readings))
            readings = (new(_rules), new(_rules));
        try
        {
            return Extract(text, category, readings.Subject, readings.Body);
        }
        finally
        {
            _free.Add(readings);
        }
    }

    private TicketExtraction Extract(TicketText text, Category? category, Reading subject, Reading body)
    {
        Tokens(text, subject, body);
        var values = new FoundValues(_forms);
        Collect(subject, Subject, values);
        body.HasVersion = subject.HasVersion;
        Collect(body, Body, values);
        foreach (var span in _priorityKeywords?.Invoke(text) ?? [])
            values.AddPriorityKeyword(span);
        var fields = values.Fields();
        return new(fields, Missing(fields, text.Sender, category), _forms.Errors(fields));
    }

    private void Tokens(TicketText text, Reading subject, Reading body)
    {
        _reader.Read(text.Subject ?? "", [], subject.Tokens);
        _reader.Read(text.Body ?? "", _quoted.Find(text.Body ?? ""), body.Tokens);
        subject.Message = body.Message = Senses(subject.Tokens) | Senses(body.Tokens);
        subject.German = body.German = IsGerman(body.Tokens.Count > 0 ? body.Tokens : subject.Tokens);
        subject.HasVersion = false;
    }

    private void Collect(Reading reading, string part, FoundValues values)
    {
        ReadCandidates(reading);
        _catalogue.Find(reading);
        ProductNames.Find(reading);
        foreach (var candidate in Overlaps.Resolve(reading.Candidates))
        {
            if (candidate.Field != Field.Nothing)
                values.Add(candidate, part, reading.Tokens.Text, _rules);
        }
    }

    private static void ReadCandidates(Reading reading)
    {
        reading.Clear();
        Contacts.Find(reading);
        References.Find(reading);
        Amounts.Find(reading);
        Dates.Find(reading);
        ErrorCodes.Find(reading);
        Versions.Find(reading);
        Products.Find(reading);
    }

    /// <summary>The stretches of a message that are weighed as names of products, each with its text and features.</summary>
    internal void WeighNames(TicketText text, Dictionary<ulong, string> names, Action<string, FeatureList> weigh)
    {
        var (subject, body) = (new Reading(_rules), new Reading(_rules));
        Tokens(text, subject, body);
        foreach (var reading in (Reading[])[subject, body])
        {
            ReadCandidates(reading);
            body.HasVersion |= reading.HasVersion;
            ProductNames.Collect(reading);
            foreach (var span in reading.Spans)
            {
                var features = new FeatureList { Names = names };
                NameFeatures.OfMessage(reading, features);
                NameFeatures.Of(reading, span, features);
                weigh(reading.Tokens.Text[span.Start..span.End], features);
            }
        }
    }

    /// <summary>Fields that the category needs and nothing states; the sender's address is a known account address.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyList<ExtractedField> fields, string? sender, Category? category)
    {
        List<string> missing = [];
        if (category is null)
            return missing;
        foreach (var name in _required.Of(category.Value))
        {
            var stated = fields.Any(field => field.Name == name);
            if (!stated && !(name == FieldNames.AccountEmail && sender is not null && _forms.IsOfForm(name, sender)))
                missing.Add(name);
        }

        return missing;
    }

    private static Sense Senses(TokenList tokens)
    {
        var senses = Sense.None;
        for (var i = 0; i < tokens.SentenceCount; i++)
            senses |= tokens.SentenceSenses(i);
        return senses;
    }

    private bool IsGerman(TokenList tokens)
    {
        var words = _rules.German.GetAlternateLookup<ReadOnlySpan<char>>();
        var german = 0;
        for (var i = 0; i < tokens.Count && i < MostLookedAt; i++)
        {
            if (tokens[i].Kind == TokenKind.Word && tokens[i].Length <= _rules.LongestGerman && words.Contains(tokens.TextOf(i)))
                german++;
        }

        return german >= 2;
    }
}
