using System.Globalization;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Grains.Workflow;

/// <summary>One question to a model. Its key names ticket, run and step. Once an answer is kept, asking again gives that answer.</summary>
[GrainKind("model")]
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>Asks, or gives the answer that it has.</summary>
    [Priority(MessagePriority.Outside)]
    Task<ModelAnswer> Ask(ModelQuestion question);
}

/// <summary>Which question of a ticket: run, step, and how often it was asked before.</summary>
internal sealed record ModelStep(int Run, string StepName, int Redraft)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Run}/{StepName}/{Redraft}");

    public static ModelStep? Parse(string? tag) =>
        tag?.Split('/') is [var run, var step, var redraft]
        && int.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(redraft, NumberStyles.None, CultureInfo.InvariantCulture, out var again)
            ? new(number, step, again)
            : null;

    /// <summary>Stands in for an answer that the question's grain could not give.</summary>
    public static ModelAnswer Failed(string step, DateTimeOffset now, GrainFailure? failure) => new()
    {
        StepName = step,
        StartedAt = now,
        DurationMs = 0,
        Error = $"The model could not be asked ({failure?.Type ?? "no answer"}).",
    };
}
