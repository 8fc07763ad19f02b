using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Workflow;

// Steps and whole runs for callers that keep nothing: commands, and the endpoints of single steps.
public sealed partial class TicketWorkflow
{
    /// <summary>Runs a ticket to its end, waiting for models here. The text has to be clean (<see cref="TicketIntake"/>).</summary>
    /// <param name="text">The ticket.</param>
    /// <param name="options">What is done. Duplicates are not looked for: nothing is known of other tickets.</param>
    /// <param name="warnings">What is odd about the text.</param>
    /// <param name="cancellationToken">Ends the run without a result.</param>
    public async Task<WorkflowState> RunAsync(TicketText text, WorkflowOptions options, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        var clock = StepClock.Start(time);
        var run = new WorkflowState
        {
            Number = 1,
            CreatedAt = time.GetUtcNow(),
            Options = options,
            Steps = [clock.End(StepNames.Validation), clock.End(StepNames.DuplicateDetection, StepStatus.Skipped)],
            Warnings = warnings,
        };
        using var limit = new CancellationTokenSource(models.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            run = await AdvanceAsync(run, text, cancellationToken).ConfigureAwait(false);
            while (!run.IsComplete)
            {
                var asked = run;
                foreach (var answer in await Task.WhenAll(run.Awaited.Select(step => models.AskAsync(QuestionOf(asked, step, text), either.Token))).ConfigureAwait(false))
                    run = Take(run, answer, text);
                run = await AdvanceAsync(run, text, cancellationToken).ConfigureAwait(false);
            }

            return run;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return await GiveUpAsync(run, text, TimeLimitReached, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a message states, as the fields of a category.</summary>
    public async Task<TicketExtraction> ExtractAsync(TicketText text, Category? category, CancellationToken cancellationToken)
    {
        var byRules = extractor.Extract(text, category);
        if (await AskedAsync(new() { StepName = StepNames.Extraction, Text = text, Category = category }, cancellationToken).ConfigureAwait(false) is not { Extraction: { } found })
            return byRules;
        return Merged(found, byRules);
    }

    /// <summary>A reply; guidance and the state of services are looked up for it.</summary>
    public async Task<ReplyDraft> RespondAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request = request with
        {
            Guidance = await guidance.FindAsync($"{request.Text.Subject}\n{request.Text.Body}", request.Topic, request.Language, Passages, cancellationToken).ConfigureAwait(false),
            Disturbances = await status.CheckAsync(request.Topic, cancellationToken).ConfigureAwait(false),
        };
        var answer = await AskedAsync(new() { StepName = StepNames.ResponseGeneration, Text = request.Text, Reply = request }, cancellationToken).ConfigureAwait(false);
        return answer?.Reply ?? replies.Write(request);
    }

    /// <summary>The model's answer; null where none is asked, or its answer does not count.</summary>
    private async Task<ModelAnswer?> AskedAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        if (!models.Does(question.StepName))
            return null;
        using var limit = new CancellationTokenSource(models.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await models.AskAsync(question, either.Token).ConfigureAwait(false);
            return DoubtOf(answer) is null ? answer : null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
