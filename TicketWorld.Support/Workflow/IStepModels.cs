using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Workflow;

/// <summary>What a model is asked in one step of one ticket.</summary>
public sealed record ModelQuestion
{
    /// <summary>One of <see cref="StepNames"/>.</summary>
    public required string StepName { get; init; }

    public required TicketText Text { get; init; }

    /// <summary>The ticket that the text is of, so that an answer is paid for once; null for a text that is no ticket.</summary>
    public string? Ticket { get; init; }

    /// <summary>Of an extraction, the category whose fields are wanted, where it is known.</summary>
    public Category? Category { get; init; }

    /// <summary>What a reply is written from; null in other steps.</summary>
    public ReplyRequest? Reply { get; init; }
}

/// <summary>What came of asking a model. Exactly one of the three results is there, or <see cref="Error"/>.</summary>
public sealed record ModelAnswer
{
    public required string StepName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Milliseconds.</summary>
    public required double DurationMs { get; init; }

    public TicketAnalysis? Analysis { get; init; }

    public TicketExtraction? Extraction { get; init; }

    public ReplyDraft? Reply { get; init; }

    /// <summary>Why there is no result; holds neither keys nor what the customer wrote.</summary>
    public string? Error { get; init; }

    public string? Model { get; init; }

    public long? TokensUsed { get; init; }

    public decimal? Cost { get; init; }
}

/// <summary>The steps that a model does, where one is configured.</summary>
public interface IStepModels
{
    /// <summary>Whether a model does this step: it is configured, and the step's flag is set.</summary>
    bool Does(string step);

    /// <summary>The least confidence of a model's answer that counts.</summary>
    double LeastConfidence { get; }

    /// <summary>How long a run may take in all before rules end it.</summary>
    TimeSpan TimeLimit { get; }

    /// <summary>Asks. A fault of the model is an answer with <see cref="ModelAnswer.Error"/>.</summary>
    Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken);
}

/// <summary>No model: rules do everything.</summary>
public sealed class NoStepModels : IStepModels
{
    public double LeastConfidence => 1;

    public TimeSpan TimeLimit => Timeout.InfiniteTimeSpan;

    public bool Does(string step) => false;

    public Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"No model is configured, so the step {question?.StepName} cannot be asked of one.");
}
