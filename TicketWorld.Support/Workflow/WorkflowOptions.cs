using TicketWorld.Support.Responding;

namespace TicketWorld.Support.Workflow;

/// <summary>What is done to a ticket.</summary>
public sealed record WorkflowOptions
{
    public ReplyTone ResponseTone { get; init; } = ReplyTone.Friendly;

    /// <summary>Whether steps that do not need each other run side by side.</summary>
    public bool EnableParallel { get; init; } = true;

    public bool SkipClassification { get; init; }

    public bool SkipExtraction { get; init; }

    public bool SkipResponseGeneration { get; init; }

    public bool SkipRouting { get; init; }

    public bool EnableDuplicateDetection { get; init; } = true;
}
