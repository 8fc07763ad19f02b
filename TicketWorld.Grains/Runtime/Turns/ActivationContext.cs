namespace TicketWorld.Grains.Runtime;

/// <summary>What an activation gives its grain object.</summary>
internal sealed class ActivationContext(GrainId id, IGrainFactory grains)
{
    private ITurn? _turn;

    public GrainId Id => id;

    public IGrainFactory Grains => grains;

    public ITurn CurrentTurn
    {
        get => _turn ?? throw new InvalidOperationException(
            $"{id} used its turn while none runs. Work that outlives a turn is not part of the grain; send a message instead.");
        set => _turn = value;
    }

    public void EndTurn() => _turn = null;
}
