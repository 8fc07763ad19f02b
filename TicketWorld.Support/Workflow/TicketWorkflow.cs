using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Routing;
using TicketWorld.Support.Status;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Workflow;

// How a run goes
// ==============
// validation, duplicate detection → classification ‖ extraction → retrieval ‖ status check → response → routing.
//
// Advance does every step that needs nothing from outside and stops where a model has to be asked: it names those steps in Awaited, and the caller keeps the
// run, asks, and hands each answer to Take. Take puts the answer into the run, or, where it is a fault or not sure enough, does the step by rules. Advance
// then goes on. A run without models is one call of Advance. Each step is in the run once, with what did it.

/// <summary>Runs tickets through the steps. Keeps nothing between calls.</summary>
public sealed partial class TicketWorkflow(
    ITicketAnalyser analyser, IInjectionFinder injections, IFieldExtractor extractor, IGuidance guidance, IServiceStatus status, TemplateReplyWriter replies, TicketRouter router, IStepModels models,
    TimeProvider time)
{
    /// <summary>Why rules end a run that waits too long.</summary>
    public const string TimeLimitReached = "The time limit of the workflow was reached before the model answered.";

    private const int Passages = 3;
    private const string English = "en";

    /// <summary>Does all steps up to the next that a model has to be asked for, or to the end.</summary>
    public async ValueTask<WorkflowState> AdvanceAsync(WorkflowState run, TicketText text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(text);
        run = Understand(run, text);
        if (run.Awaited.Count > 0)
            return run;
        run = await LookUpAsync(run, text, cancellationToken).ConfigureAwait(false);
        run = Respond(run, text);
        if (run.Awaited.Count > 0)
            return run;
        return run.Has(StepNames.Routing) ? run : Route(run);
    }

    /// <summary>What the model of an awaited step is asked.</summary>
    public static ModelQuestion QuestionOf(WorkflowState run, string step, TicketText text, string? ticket = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new()
        {
            StepName = step,
            Text = text,
            Ticket = ticket,
            Category = run.Analysis?.Category,
            Reply = step == StepNames.ResponseGeneration ? RequestOf(run, text) : null,
        };
    }

    /// <summary>Puts a model's answer into the run; rules take its place where it is a fault or not sure enough. An answer that nobody waits for changes nothing.</summary>
    public WorkflowState Take(WorkflowState run, ModelAnswer answer, TicketText text)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(answer);
        if (!run.Awaited.Contains(answer.StepName, StringComparer.Ordinal))
            return run;
        var step = new WorkflowStep
        {
            StepName = answer.StepName,
            Status = StepStatus.Completed,
            StartedAt = answer.StartedAt,
            CompletedAt = answer.StartedAt + TimeSpan.FromMilliseconds(answer.DurationMs),
            DurationMs = answer.DurationMs,
            Form = StepForm.Model,
            Model = answer.Model,
            TokensUsed = answer.TokensUsed,
            Cost = answer.Cost,
        };
        var doubt = DoubtOf(answer);
        if (doubt is not null)
            return ByRules(run, answer.StepName, text, step with { Form = StepForm.Rules, FallbackUsed = true, Error = doubt });
        return answer switch
        {
            { Analysis: { } analysis } => Warned(run.With(step) with { Analysis = analysis }, text),
            { Extraction: { } extraction } => run.With(step) with { Extraction = Merged(extraction, Found(run, text)) },
            _ => run.With(step) with { Reply = answer.Reply },
        };
    }

    /// <summary>Ends the waiting for models: rules do the awaited steps and all that follow.</summary>
    /// <param name="reason">Why, for people.</param>
    public async ValueTask<WorkflowState> GiveUpAsync(WorkflowState run, TicketText text, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var without = new TicketWorkflow(analyser, injections, extractor, guidance, status, replies, router, new NoStepModels(), time);
        foreach (var step in run.Awaited)
        {
            var now = time.GetUtcNow();
            run = ByRules(run, step, text, new()
            {
                StepName = step,
                Status = StepStatus.Completed,
                StartedAt = run.Steps[^1].CompletedAt < now ? run.Steps[^1].CompletedAt : now,
                CompletedAt = now,
                DurationMs = Math.Round(Math.Max(0, (now - run.Steps[^1].CompletedAt).TotalMilliseconds), 3),
                Form = StepForm.Rules,
                FallbackUsed = true,
                Error = reason,
            });
        }

        return await without.AdvanceAsync(run, text, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The decision of the routing rules.</summary>
    public RoutingDecision Route(Category category, Severity severity, IReadOnlyList<Category> secondary) => router.Route(category, severity, secondary);

    private WorkflowState Understand(WorkflowState run, TicketText text)
    {
        if (!run.Has(StepNames.Classification) && !run.Awaited.Contains(StepNames.Classification))
            run = Begin(run, StepNames.Classification, run.Options.SkipClassification, text);
        var waits = run.Awaited.Count > 0 && !run.Options.EnableParallel;
        if (!waits && !run.Has(StepNames.Extraction) && !run.Awaited.Contains(StepNames.Extraction))
            run = Begin(run, StepNames.Extraction, run.Options.SkipExtraction, text);
        return run;
    }

    private WorkflowState Respond(WorkflowState run, TicketText text) =>
        run.Has(StepNames.ResponseGeneration) || run.Awaited.Contains(StepNames.ResponseGeneration)
            ? run
            : Begin(run, StepNames.ResponseGeneration, run.Options.SkipResponseGeneration, text);

    /// <summary>Skips a step, hands it to its model, or does it by rules.</summary>
    private WorkflowState Begin(WorkflowState run, string step, bool skip, TicketText text)
    {
        var clock = StepClock.Start(time);
        if (skip)
            return (step == StepNames.Classification ? Warned(run, text) : run).With(clock.End(step, StepStatus.Skipped));
        if (models.Does(step))
            return run with { Awaited = [.. run.Awaited, step] };
        var done = Worked(run, step, text);
        return done.With(clock.End(step, fallback: true));
    }

    /// <summary>The run with a warning of text that instructs its reader.</summary>
    private WorkflowState Warned(WorkflowState run, TicketText text)
    {
        var found = run.Analysis?.InjectedPassages ?? injections.CountInjections(text);
        return found == 0 ? run : run with
        {
            Warnings = [.. run.Warnings, $"The text holds {found} passage(s) that instruct whoever or whatever reads it; they are treated as data."],
        };
    }

    private WorkflowState ByRules(WorkflowState run, string step, TicketText text, WorkflowStep record) => Worked(run, step, text).With(record);

    private WorkflowState Worked(WorkflowState run, string step, TicketText text) => step switch
    {
        StepNames.Classification => Warned(run with { Analysis = analyser.Analyse(text) }, text),
        StepNames.Extraction => run with { Extraction = Found(run, text) },
        _ => run with { Reply = replies.Write(RequestOf(run, text)) },
    };

    /// <summary>What rules find, with what the category needs.</summary>
    private TicketExtraction Found(WorkflowState run, TicketText text)
    {
        var category = run.Analysis?.Category;
        return run.FoundBefore is { } before ? before with { MissingRequired = extractor.Missing(before.Fields, text.Sender, category) } : extractor.Extract(text, category);
    }

    private async ValueTask<WorkflowState> LookUpAsync(WorkflowState run, TicketText text, CancellationToken cancellationToken)
    {
        if (run.Has(StepNames.Retrieval) && run.Has(StepNames.StatusCheck))
            return run;
        if (run.Extraction is { } extraction && run.Steps.Any(step => step is { StepName: StepNames.Extraction, Form: StepForm.Model }))
        {
            // The model may have answered before the category, whose fields are required, was known.
            run = run with { Extraction = Merged(extraction, Found(run, text)) };
        }

        var topic = run.Analysis?.Topic ?? Topic.Question;
        var retrieving = RetrieveAsync(run, topic, text, cancellationToken);
        if (!run.Options.EnableParallel)
            await retrieving.ConfigureAwait(false);
        var checking = CheckAsync(topic, cancellationToken);
        var (passages, retrieved) = await retrieving.ConfigureAwait(false);
        var (disturbances, check) = await checking.ConfigureAwait(false);
        return run.With(retrieved).With(check) with { Guidance = passages, Disturbances = disturbances };
    }

    private async Task<(IReadOnlyList<GuidancePassage>, WorkflowStep)> RetrieveAsync(WorkflowState run, Topic topic, TicketText text, CancellationToken cancellationToken)
    {
        var clock = StepClock.Start(time);
        try
        {
            var found = await guidance.FindAsync($"{text.Subject}\n{text.Body}", topic, run.Analysis?.Language ?? English, Passages, cancellationToken).ConfigureAwait(false);
            return (found, clock.End(StepNames.Retrieval));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return ([], clock.End(StepNames.Retrieval, StepStatus.Failed, error: $"The guidance could not be searched ({e.GetType().Name}); the reply goes without."));
        }
    }

    private async Task<(IReadOnlyList<ServiceDisturbance>, WorkflowStep)> CheckAsync(Topic topic, CancellationToken cancellationToken)
    {
        var clock = StepClock.Start(time);
        try
        {
            return (await status.CheckAsync(topic, cancellationToken).ConfigureAwait(false), clock.End(StepNames.StatusCheck));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return ([], clock.End(StepNames.StatusCheck, StepStatus.Failed, error: $"The state of the services could not be read ({e.GetType().Name}); the reply goes without."));
        }
    }

    private WorkflowState Route(WorkflowState run)
    {
        var clock = StepClock.Start(time);
        if (run.Options.SkipRouting)
            return run.With(clock.End(StepNames.Routing, StepStatus.Skipped));
        var decision = router.Route(run.Category, run.Severity, run.Analysis?.SecondaryCategories ?? []);
        return run.With(clock.End(StepNames.Routing)) with { Routing = decision };
    }

    private static ReplyRequest RequestOf(WorkflowState run, TicketText text) => new()
    {
        Text = text,
        Topic = run.Analysis?.Topic ?? Topic.Question,
        Category = run.Category,
        Severity = run.Severity,
        Tone = run.Options.ResponseTone,
        Language = run.Analysis?.Language ?? English,
        CustomerEmail = text.Sender,
        Extraction = run.Extraction ?? TicketExtraction.None,
        Guidance = run.Guidance ?? [],
        Disturbances = run.Disturbances ?? [],
        DuplicateOf = run.Duplicate?.TicketId,
    };

    /// <summary>Why an answer does not count; null when it does.</summary>
    private string? DoubtOf(ModelAnswer answer)
    {
        if (answer.Error is not null)
            return answer.Error;
        var confidence = answer switch
        {
            { Analysis: { } analysis } => Math.Min(analysis.CategoryConfidence, analysis.SeverityConfidence),
            { Extraction: { Fields.Count: > 0 } extraction } => extraction.Fields.Max(field => field.Confidence),
            { Extraction: not null } or { Reply: not null } => 1,
            _ => 0,
        };
        return confidence >= models.LeastConfidence
            ? null
            : FormattableString.Invariant($"The model's confidence is {confidence:0.##}, below the threshold of {models.LeastConfidence:0.##}.");
    }

    /// <summary>What a model found, with what rules found of fields that it left out. Required fields and validity are the rules' to judge.</summary>
    private static TicketExtraction Merged(TicketExtraction model, TicketExtraction rules)
    {
        var places = FieldNames.All.ToList();
        var names = model.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        ExtractedField[] fields = [.. model.Fields.Concat(rules.Fields.Where(field => !names.Contains(field.Name))).OrderBy(field => places.IndexOf(field.Name))];
        return new(fields, [.. rules.MissingRequired.Where(name => !names.Contains(name))], rules.ValidationErrors);
    }
}
