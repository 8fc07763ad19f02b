using TicketWorld.Support.Workflow;

namespace TicketWorld.Grains.Workflow;

/// <inheritdoc cref="IModelGrain"/>
internal sealed class ModelGrain([PersistentState("answer")] IPersistentState<ModelGrainState> stored, IStepModels models) : Grain, IModelGrain
{
    public async Task<ModelAnswer> Ask(ModelQuestion question) =>
        stored.State.Answer ??= await models.AskAsync(question, Turn.Cancellation);
}

/// <summary>What a model grain remembers.</summary>
internal sealed class ModelGrainState
{
    public ModelAnswer? Answer { get; set; }
}
