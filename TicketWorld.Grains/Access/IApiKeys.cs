namespace TicketWorld.Grains.Access;

/// <summary>
/// The API keys of an installation, kept beside its grains. They are in no grain: who may call must be known before anything is called, and the
/// command line changes them whether or not a host runs. Every method is one durable step, and processes may use the same keys at the same time.
/// </summary>
public interface IApiKeys
{
    /// <summary>Makes the tables when they are not there. Hosts need not call it: it happens when their store opens.</summary>
    /// <exception cref="GrainStoreException">They cannot be used; the message says why and what to do.</exception>
    Task PrepareAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether a key was ever made, also one that is revoked or expired since.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken = default);

    /// <summary>The key, or null when there is none of this id.</summary>
    Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>All keys, the oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a new key.</summary>
    /// <returns>False when there is a key of this id.</returns>
    Task<bool> AddAsync(ApiKey key, CancellationToken cancellationToken = default);

    /// <summary>Revokes a key for good; one that is revoked stays as it is.</summary>
    /// <returns>The key, or null when there is none of this id.</returns>
    Task<ApiKey?> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Notes that a key is used at this time; an earlier time than the known one changes nothing.</summary>
    Task NoteUseAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default);
}
