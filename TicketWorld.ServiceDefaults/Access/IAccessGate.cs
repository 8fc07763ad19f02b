namespace TicketWorld.ServiceDefaults.Access;

/// <summary>
/// Whether a host asks its callers for keys. A host that does may be reached from other machines; one that does not answers its own machine only.
/// </summary>
public interface IAccessGate
{
    /// <summary>What was found when it was last looked.</summary>
    bool KeysRequired { get; }

    /// <summary>What to do, in a sentence, for whoever wants the host to be reached from other machines while it asks for no keys; null when nothing helps.</summary>
    string? Remedy { get; }

    /// <summary>Whether keys are asked for now. Once that is so it stays so.</summary>
    ValueTask<bool> LookAsync(CancellationToken cancellationToken = default);
}

/// <summary>The host knows no keys.</summary>
internal sealed class NoKeys : IAccessGate
{
    public bool KeysRequired => false;

    public string? Remedy => null;

    public ValueTask<bool> LookAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(false);
}
