using System.Globalization;
using System.Text;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>
/// Learns the weights of the analyser from all labelled messages but the measured part, which is not read, and how often they are right by leaving out one
/// writer at a time.
/// </summary>
internal sealed class WeightTraining
{
    private const float LongWeight = 1.5f;
    private const float ShortWeight = 1f;
    private const float FixtureWeight = 3f;
    private const float PhraseWeight = 0.7f;

    /// <summary>Beside a topic that was mistaken, severity is learnt beside the right one too, with this part of the weight.</summary>
    private const float RightTopicWeight = 1f;

    private static readonly Recipe TopicRecipe = new(Epochs: 20, Rate: 0.1f, Decay: 1e-4f, Least: 2, LeastOfWeak: 3, LeastExamples: 3);
    private static readonly Recipe SeverityRecipe = new(Epochs: 20, Rate: 0.05f, Decay: 3e-3f, Least: 2, LeastOfWeak: 3, LeastExamples: 3);
    private static readonly Recipe FeelingRecipe = new(Epochs: 20, Rate: 0.05f, Decay: 3e-3f, Least: 2, LeastOfWeak: 3, LeastExamples: 4);
    private static readonly List<string> Weak = [$"{FeatureKinds.Part.Name} ", $"{FeatureKinds.Two.Name} "];

    private static readonly ParallelOptions Two = new() { MaxDegreeOfParallelism = 2 };

    private readonly AnalyserParts _parts;
    private readonly List<Part> _written;
    private readonly List<Lesson> _fixtures;
    private readonly List<Example> _phrases;
    private readonly FeatureNumbers _numbers = new();

    /// <exception cref="FormatException">A labelled line cannot be read.</exception>
    public WeightTraining(AnalyserParts parts)
    {
        _parts = parts;
        _written =
        [
            .. LabelledTickets.Parts.Where(name => name is not (LabelledTickets.Measured or LabelledTickets.Fixtures))
                .Select(name => new Part(name, Short: false, Lessons(LabelledTickets.Read(name), LongWeight))),
            .. LabelledTickets.ShortParts.Select(name => new Part(name, Short: true, Lessons(LabelledTickets.ReadShort(name), ShortWeight))),
        ];
        _fixtures = Lessons(LabelledTickets.Read(LabelledTickets.Fixtures), FixtureWeight);
        _phrases = [.. LabelledTickets.ReadPhrases().Select(phrase =>
        {
            var read = parts.Reader.Read(phrase.Text);
            return new Example(_numbers.Of(features => parts.Features.Add(read, parts.Observer.Observe(read), features)), [], (int)Value<Topic>(phrase.Topic), PhraseWeight);
        })];
        GuessTopics();
    }

    /// <summary>What an analyser says of each part that learnt from all others; long parts first.</summary>
    public List<PartResults> LeaveWritersOut(Calibrations calibrations)
    {
        var results = new PartResults[_written.Count];
        Parallel.For(0, _written.Count, Two, number =>
        {
            var part = _written[number];
            var analyser = new RuleAnalyser(_parts, new Weights(Model([part.TopicRows, .. Others(Without(part))]), calibrations));
            results[number] = new(part.Name, part.Short, [.. part.Lessons.Select(lesson => (lesson.Ticket, analyser.Analyse(lesson.Ticket.Text)))]);
        });
        return [.. results];
    }

    /// <summary>The text of <c>weights.yaml</c>.</summary>
    public string Weights()
    {
        var all = Without(null);
        var yaml = new StringBuilder();
        yaml.Append("# Learnt weights; made by: dotnet run -c Release --project TicketWorld.Benchmarks -- understanding learn\n");
        yaml.Append(CultureInfo.InvariantCulture, $"# A line is a feature, a tab, and for each class its letter (A to Z, then a to z, in the order of classes) and its weight in parts of {LinearModel.Scale}.\n");
        yaml.Append("classes: ").AppendJoin(' ', Support.Analysis.Weighing.Weights.ClassNames).Append("\nweights: |\n");
        foreach (var rows in Joint([TopicRows(all), .. Others(all)]).GroupBy(row => row.Feature).OrderBy(rows => _numbers.NameOf(rows.Key), StringComparer.Ordinal))
        {
            yaml.Append("  ").Append(_numbers.NameOf(rows.Key)).Append('\t');
            foreach (var (label, weight) in rows.SelectMany(row => row.Weights))
                yaml.Append(WeightsFile.LetterOf(label)).Append(CultureInfo.InvariantCulture, $"{weight}");
            yaml.Append('\n');
        }

        return yaml.ToString();
    }

    /// <summary>
    /// Tells each message the topic that an analyser finds which has not learnt from its writer: severity is learnt beside the topics that will be found, not
    /// the right ones.
    /// </summary>
    private void GuessTopics()
    {
        Parallel.ForEach(_written, Two, part =>
        {
            part.TopicRows = TopicRows(Without(part));
            var analyser = new RuleAnalyser(_parts, new Weights(Model([part.TopicRows]), Calibrations.None));
            foreach (var lesson in part.Lessons)
                lesson.Guess = analyser.Analyse(lesson.Ticket.Text).Topic;
        });
        foreach (var lesson in Without(null))
        {
            lesson.BesideGuess = ForSeverity(lesson, lesson.Guess);
            lesson.BesideRight = lesson.Guess == lesson.Topic ? null : ForSeverity(lesson, lesson.Topic);
        }
    }

    private List<LearntRow> TopicRows(List<Lesson> lessons) =>
        Trainer(Names.Topics.Count, TopicRecipe).Rows([.. lessons.Select(lesson => lesson.Of((int)lesson.Topic)), .. _phrases], _numbers.Count);

    /// <summary>Rows of severity, sentiment and urgency.</summary>
    private List<LearntRow>[] Others(List<Lesson> lessons) =>
    [
        Trainer(Names.Severities.Count, SeverityRecipe).Rows([.. lessons.SelectMany(Severities)], _numbers.Count),
        Trainer(Names.Sentiments.Count, FeelingRecipe).Rows([.. lessons.Select(lesson => lesson.Of((int)Value<Sentiment>(lesson.Ticket.Sentiment)))], _numbers.Count),
        Trainer(2, FeelingRecipe).Rows([.. lessons.Select(lesson => lesson.Of(lesson.Ticket.Urgent ? 1 : 0))], _numbers.Count),
    ];

    /// <summary>Of parts and pairs of words there are so many, each of little weight, that small weights of theirs are left out.</summary>
    private LinearTrainer Trainer(int classes, Recipe recipe) => new(classes, recipe, feature => _numbers.NameOf(feature) is var name && Weak.Exists(kind => name.StartsWith(kind, StringComparison.Ordinal)));

    private static IEnumerable<Example> Severities(Lesson lesson)
    {
        var severity = (int)Value<Severity>(lesson.Ticket.Severity);
        yield return new Example(lesson.Features, lesson.BesideGuess, severity, lesson.Weight);
        if (lesson.BesideRight is { } right)
            yield return new Example(lesson.Features, right, severity, lesson.Weight * RightTopicWeight);
    }

    /// <summary>All messages but those of a part.</summary>
    private List<Lesson> Without(Part? part) => [.. _written.Where(other => other != part).SelectMany(other => other.Lessons), .. _fixtures];

    private LinearModel Model(IReadOnlyList<List<LearntRow>> heads)
    {
        var rows = new List<(ulong Key, int Start, int Count)>();
        var entries = new List<LinearModel.Entry>();
        foreach (var (feature, weights) in Joint(heads))
        {
            rows.Add((_numbers.KeyOf(feature), entries.Count, weights.Length));
            foreach (var (label, weight) in weights)
                entries.Add(new LinearModel.Entry(label, weight));
        }

        return LinearModel.Of(rows, entries);
    }

    /// <summary>The rows of topic, severity, sentiment and urgency, with their classes as those of all together.</summary>
    private static IEnumerable<LearntRow> Joint(IReadOnlyList<List<LearntRow>> heads)
    {
        int[] starts = [0, Support.Analysis.Weighing.Weights.SeverityAt, Support.Analysis.Weighing.Weights.SentimentAt, Support.Analysis.Weighing.Weights.UrgentAt];
        return heads.SelectMany((rows, head) => rows.Select(row => row with { Weights = Array.ConvertAll(row.Weights, w => ((byte)(w.Class + starts[head]), w.Weight)) }));
    }

    private List<Lesson> Lessons(IEnumerable<LabelledTicket> tickets, float weight) => [.. tickets.Select(ticket =>
    {
        var read = _parts.Reader.Read(ticket.Text);
        var seen = _parts.Observer.Observe(read);
        return new Lesson(ticket, read, seen, _numbers.Of(features => _parts.Features.Add(read, seen, features)), weight) { Guess = Value<Topic>(ticket.Topic) };
    })];

    private NumberedFeature[] ForSeverity(Lesson lesson, Topic topic) =>
        _numbers.Of(features => _parts.Features.AddForSeverity(topic, lesson.Read, lesson.Seen, features));

    private static T Value<T>(string snake)
        where T : struct, Enum => Enum.Parse<T>(string.Concat(snake.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..])));

    /// <summary>The messages of one writer.</summary>
    private sealed record Part(string Name, bool Short, List<Lesson> Lessons)
    {
        /// <summary>Learnt from all other parts.</summary>
        public List<LearntRow> TopicRows { get; set; } = [];
    }

    /// <summary>A labelled message as it is learnt from.</summary>
    private sealed record Lesson(LabelledTicket Ticket, ReadMessage Read, Observations Seen, NumberedFeature[] Features, float Weight)
    {
        public Topic Topic { get; } = Value<Topic>(Ticket.Topic);

        public Topic Guess { get; set; }

        public NumberedFeature[] BesideGuess { get; set; } = [];

        public NumberedFeature[]? BesideRight { get; set; }

        public Example Of(int label) => new(Features, [], label, Weight);
    }
}

/// <summary>What was answered to the messages of a part.</summary>
/// <param name="Short">Whether they are short ones, which are less like real mail.</param>
internal sealed record PartResults(string Part, bool Short, List<(LabelledTicket Ticket, TicketAnalysis Analysis)> Results);
