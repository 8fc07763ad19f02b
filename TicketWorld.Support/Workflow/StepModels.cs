using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Models;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Workflow;

/// <summary>The steps that the desk's models do.</summary>
public sealed class StepModels : IStepModels
{
    private static readonly Dictionary<string, ModelStep> Steps = new(StringComparer.Ordinal)
    {
        [StepNames.Classification] = ModelStep.Classification,
        [StepNames.Extraction] = ModelStep.Extraction,
        [StepNames.ResponseGeneration] = ModelStep.Response,
    };

    private readonly DeskModels _models;
    private readonly TemplateReplyWriter _templates;
    private readonly CategoryMap _categories;
    private readonly TimeProvider _time;

    /// <exception cref="Worlds.Packs.PackException">The categories cannot be read; names file and line.</exception>
    public StepModels(DeskModels models, RuleFiles files, TemplateReplyWriter templates, TimeProvider time)
    {
        (_models, _templates, _time) = (models, templates, time);
        _categories = new CategoryMap(files);
    }

    public double LeastConfidence => _models.Options.ConfidenceThreshold;

    public TimeSpan TimeLimit => _models.Options.WorkflowTimeLimit;

    public bool Does(string step) => Steps.TryGetValue(step, out var known) && _models.For(known) is not null;

    public async Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var clock = StepClock.Start(_time);
        var chat = _models.For(Steps[question.StepName]) ?? throw new InvalidOperationException($"No model does the step {question.StepName}.");
        try
        {
            switch (question.StepName)
            {
                case StepNames.Classification:
                    var analysis = await new ModelAnalyser(chat, _categories.Of).AnalyseAsync(question.Text, question.Ticket, cancellationToken).ConfigureAwait(false);
                    return Answer(clock, question, analysis.Usage) with { Analysis = analysis.Value };
                case StepNames.Extraction:
                    var fields = await new ModelExtractor(chat).ExtractAsync(question.Text, question.Ticket, cancellationToken).ConfigureAwait(false);
                    return Answer(clock, question, fields.Usage) with { Extraction = new(fields.Value, [], []) };
                default:
                    var request = question.Reply ?? throw new ArgumentException("A reply is asked for without what it is written from.", nameof(question));
                    var reply = await new ModelReplyWriter(chat).WriteAsync(Case(request), question.Ticket, cancellationToken).ConfigureAwait(false);
                    return Answer(clock, question, reply.Usage) with { Reply = Draft(reply.Value, request) };
            }
        }
        catch (ModelCallException fault)
        {
            return Answer(clock, question, fault.Usage) with { Error = fault.Message };
        }
    }

    private static ModelAnswer Answer(StepClock clock, ModelQuestion question, ModelCallUsage? usage)
    {
        var step = clock.End(question.StepName);
        return new()
        {
            StepName = question.StepName,
            StartedAt = step.StartedAt,
            DurationMs = step.DurationMs,
            Model = usage?.Model,
            TokensUsed = usage is null ? null : usage.InputTokens + usage.OutputTokens,
            Cost = usage?.Cost,
        };
    }

    /// <summary>What a model is given: guidance and the state of services, but not the customer's earlier tickets.</summary>
    private ModelReplyRequest Case(ReplyRequest request) => new()
    {
        Text = request.Text,
        Category = request.Category,
        Severity = request.Severity,
        Tone = request.Tone,
        Language = request.Language,
        CustomerName = _templates.NameOf(request.CustomerEmail),
        ResponseTime = _templates.TimelineOf(request.Language, request.Severity),
        Fields = request.Extraction.Fields,
        Guidance =
        [
            .. request.Guidance.Select(passage => new ReplyPassage(
                passage.Article.Id, passage.Article.Title, string.Join('\n', [passage.Article.Text, .. passage.Article.Steps.Select(step => "- " + step.Text)]))),
            .. request.Disturbances.Select(disturbance => new ReplyPassage(
                $"status-{disturbance.Id}", disturbance.NameIn(request.Language), $"{RuleWords.Of(disturbance.State)} since {disturbance.Since:yyyy-MM-dd HH:mm} UTC")),
        ],
    };

    private static ReplyDraft Draft(ModelReply reply, ReplyRequest request) => new()
    {
        Content = string.Join("\n\n", ((string[])
        [
            reply.Greeting, reply.Acknowledgment, reply.Explanation, string.Join('\n', reply.ActionItems.Select((item, place) => $"  {place + 1}. {item}")), reply.Timeline, reply.Closing,
        ]).Where(part => part.Length > 0)),
        Tone = request.Tone,
        SuggestedActions = reply.ActionItems,
        RequiresEscalation = request.Severity >= Vocabulary.Severity.High,
        Greeting = reply.Greeting,
        Acknowledgment = reply.Acknowledgment,
        Explanation = reply.Explanation,
        ActionItems = [],
        Timeline = reply.Timeline,
        Closing = reply.Closing,
        Sources = reply.Citations,
    };
}
