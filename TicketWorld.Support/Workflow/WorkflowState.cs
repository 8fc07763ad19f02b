using TicketWorld.Support.Analysis;
using TicketWorld.Support.Duplicates;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Routing;
using TicketWorld.Support.Status;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Workflow;

/// <summary>How far a run has come. It is kept wherever a run waits for a model, so that it goes on at that step after a crash.</summary>
public sealed record WorkflowState
{
    /// <summary>Which run of the ticket it is, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When the run was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required WorkflowOptions Options { get; init; }

    public required IReadOnlyList<WorkflowStep> Steps { get; init; }

    /// <summary>What is odd about the text, for people: instructions to the reader, characters that were taken out.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public DuplicateMatch? Duplicate { get; init; }

    public TicketAnalysis? Analysis { get; init; }

    public TicketExtraction? Extraction { get; init; }

    /// <summary>What rules have found before the run, when the ticket was compared with others; null where they have not looked.</summary>
    public TicketExtraction? FoundBefore { get; init; }

    public IReadOnlyList<GuidancePassage>? Guidance { get; init; }

    public IReadOnlyList<ServiceDisturbance>? Disturbances { get; init; }

    public ReplyDraft? Reply { get; init; }

    public RoutingDecision? Routing { get; init; }

    /// <summary>The steps whose model is asked and has not answered yet.</summary>
    public IReadOnlyList<string> Awaited { get; init; } = [];

    /// <summary>Whether nothing is left to do.</summary>
    public bool IsComplete => StepNames.All.All(Has);

    /// <summary>General where the message was not classified.</summary>
    public Category Category => Analysis?.Category ?? Category.General;

    /// <summary>Medium where the message was not classified.</summary>
    public Severity Severity => Analysis?.Severity ?? Severity.Medium;

    public bool Has(string step) => Steps.Any(done => done.StepName == step);

    /// <summary>The run with a further step done.</summary>
    public WorkflowState With(WorkflowStep step) => this with
    {
        Steps = [.. Steps, step],
        Awaited = [.. Awaited.Where(name => name != step.StepName)],
    };
}
