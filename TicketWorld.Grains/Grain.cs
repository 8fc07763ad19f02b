using TicketWorld.Grains.Runtime;

namespace TicketWorld.Grains;

/// <summary>
/// The base of every grain. A grain handles one message at a time (a turn); what a turn changes, sends and stages
/// takes effect together when it commits, or not at all.
/// </summary>
public abstract class Grain
{
    private ActivationContext? _activation;

    /// <summary>The identity of this grain.</summary>
    protected GrainId Id => Activation.Id;

    /// <summary>The key of this grain.</summary>
    protected string Key => Activation.Id.Key;

    /// <summary>References to other grains. Inside a turn calls through them only send.</summary>
    protected IGrainFactory Grains => Activation.Grains;

    /// <summary>The turn that runs now.</summary>
    protected ITurn Turn => Activation.CurrentTurn;

    internal ActivationContext Activation
    {
        get => _activation ?? throw new InvalidOperationException(
            $"{GetType().Name} used its identity, turn or references in its constructor. They exist from OnActivateAsync on.");
        set => _activation = value;
    }

    /// <summary>Runs a named statement of the read model within the turn's transaction.</summary>
    protected void Stage(string statement, object parameters) => Turn.Stage(statement, parameters);

    /// <summary>Tells listeners of an event once the turn has committed; see <see cref="LiveEvents"/>.</summary>
    protected void Announce(LiveEvent happened) => Turn.Announce(happened);

    /// <summary>Runs before the first turn of an activation, when its states are loaded. What it sends or changes belongs to that turn.</summary>
    protected internal virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>One turn: the handling of one message.</summary>
public interface ITurn
{
    /// <summary>The message that is handled.</summary>
    string MessageId { get; }

    /// <summary>1 on the first attempt.</summary>
    int Attempt { get; }

    /// <summary>The lease under which the turn runs. What is written outside the turn's transaction carries it.</summary>
    LeaseEpoch Epoch { get; }

    /// <summary>The time at which the turn began.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Cancelled when the silo stops or the turn has lost its lease; the turn can then no longer commit.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Runs a named statement of the read model within the turn's transaction.</summary>
    /// <param name="statement">The file name of the statement without <c>.sql</c>.</param>
    /// <param name="parameters">An object whose properties are the parameters; it is read when the turn commits.</param>
    void Stage(string statement, object parameters);

    /// <summary>Tells listeners of an event once the turn has committed.</summary>
    void Announce(LiveEvent happened);

    /// <summary>Makes a chunk count that this turn has written under <see cref="Epoch"/>; without it the chunk is left over and swept away.</summary>
    /// <param name="chunk">What was written.</param>
    /// <param name="bytes">Its length.</param>
    void Keep(ChunkId chunk, long bytes);
}
