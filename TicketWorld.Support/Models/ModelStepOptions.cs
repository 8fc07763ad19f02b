namespace TicketWorld.Support.Models;

/// <summary>How one step asks a model.</summary>
public sealed record ModelStepOptions
{
    /// <summary>Whether a model may take the step; otherwise rules do.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The step's own model; null for the desk's.</summary>
    public ModelTarget? Model { get; init; }

    public float Temperature { get; init; } = 0.3f;

    /// <summary>Most tokens of one answer; null for the desk's.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Time limit of the step with all attempts, the fallback model and the repair of an answer.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(20);
}
