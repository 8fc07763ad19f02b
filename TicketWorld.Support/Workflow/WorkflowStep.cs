namespace TicketWorld.Support.Workflow;

/// <summary>How a step ended.</summary>
public enum StepStatus
{
    Completed,
    Failed,
    Skipped,
}

/// <summary>What did a step.</summary>
public enum StepForm
{
    Rules,
    Model,
}

/// <summary>The names of steps, in the order of a run.</summary>
public static class StepNames
{
    public const string Validation = "validation";
    public const string DuplicateDetection = "duplicate_detection";
    public const string Classification = "classification";
    public const string Extraction = "extraction";
    public const string Retrieval = "knowledge_retrieval";
    public const string StatusCheck = "status_check";
    public const string ResponseGeneration = "response_generation";
    public const string Routing = "routing";

    public static IReadOnlyList<string> All { get; } =
        [Validation, DuplicateDetection, Classification, Extraction, Retrieval, StatusCheck, ResponseGeneration, Routing];
}

/// <summary>A step of a run, as it went.</summary>
public sealed record WorkflowStep
{
    /// <summary>One of <see cref="StepNames"/>.</summary>
    public required string StepName { get; init; }

    public required StepStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Milliseconds.</summary>
    public required double DurationMs { get; init; }

    /// <summary>What did it; of a step that was skipped, nothing.</summary>
    public StepForm? Form { get; init; }

    /// <summary>Whether rules did what a model can do: no model is configured, it is switched off, was not sure enough, or failed.</summary>
    public bool FallbackUsed { get; init; }

    /// <summary>Why the step failed, or why its model's form did.</summary>
    public string? Error { get; init; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens of prompts and answers together, of all attempts.</summary>
    public long? TokensUsed { get; init; }

    /// <summary>US dollars; null when the model has no price.</summary>
    public decimal? Cost { get; init; }
}
