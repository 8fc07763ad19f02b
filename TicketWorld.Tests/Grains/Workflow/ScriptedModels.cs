using System.Collections.Concurrent;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Tests.Grains.Workflow;

/// <summary>Models that a test tells what to answer and when. It outlives silos, as an endpoint would.</summary>
internal sealed class ScriptedModels : IStepModels
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ModelAnswer>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ModelQuestion> _asked = new();

    public IReadOnlyList<string> Steps { get; init; } = [StepNames.Classification, StepNames.Extraction, StepNames.ResponseGeneration];

    public double LeastConfidence => 0.6;

    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Every question that was asked, in order.</summary>
    public IReadOnlyList<ModelQuestion> Asked => [.. _asked];

    public bool Does(string step) => Steps.Contains(step, StringComparer.Ordinal);

    public async Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        var number = _asked.Count(other => other.StepName == question.StepName);
        _asked.Enqueue(question);
        return await Place(question.StepName, number).Task.WaitAsync(cancellationToken);
    }

    /// <summary>Answers the question that a step asks, or will ask, for the given time.</summary>
    public void Answer(ModelAnswer answer, int number = 0) => Place(answer.StepName, number).SetResult(answer);

    public static ModelAnswer Analysis(Category category, Severity severity, double confidence = 0.9) => Of(StepNames.Classification) with
    {
        Analysis = new()
        {
            Topic = Topic.Fee,
            TopicConfidence = confidence,
            Category = category,
            CategoryConfidence = confidence,
            Severity = severity,
            SeverityConfidence = confidence,
            Sentiment = Sentiment.Neutral,
            SentimentConfidence = confidence,
            Urgent = false,
            Language = "en",
            LanguageConfidence = 1,
            Reasoning = "The model says so.",
        },
    };

    public static ModelAnswer Extraction(string field, string value) => Of(StepNames.Extraction) with
    {
        Extraction = new([new(field, [new(value, 0.9, new("body", 0, value))])], [], []),
    };

    public static ModelAnswer Reply(string content) => Of(StepNames.ResponseGeneration) with
    {
        Reply = new()
        {
            Content = content,
            Tone = ReplyTone.Friendly,
            SuggestedActions = [],
            RequiresEscalation = false,
            Greeting = "Hello,",
            Acknowledgment = content,
            Explanation = "",
            ActionItems = [],
            Timeline = "",
            Closing = "",
        },
    };

    public static ModelAnswer Fault(string step) => Of(step) with { Error = "The model's endpoint answered 503." };

    private static ModelAnswer Of(string step) => new()
    {
        StepName = step,
        StartedAt = new(2026, 1, 14, 9, 0, 0, TimeSpan.Zero),
        DurationMs = 1200,
        Model = "scripted",
        TokensUsed = 100,
        Cost = 0.001m,
    };

    private TaskCompletionSource<ModelAnswer> Place(string step, int number) =>
        _answers.GetOrAdd($"{step}/{number}", _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
