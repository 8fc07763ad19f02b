namespace TicketWorld.Grains.Access;

/// <summary>Makes keys: checked, stored, and shown to whoever asked.</summary>
public static class ApiKeyMaker
{
    private const int Tries = 5;

    /// <summary>Makes a key and keeps it. Its text exists from then on only in what is returned.</summary>
    /// <exception cref="ApiKeyException">The request is wrong, or no admin would be left to manage keys.</exception>
    public static async Task<(ApiKey Key, ApiKeyText Text)> MakeAsync(this IApiKeys keys, ApiKeyRequest request, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(request);
        for (var attempt = 1; ; attempt++)
        {
            var made = request.Make(now);
            if (made.Key.Role != ApiKeyRole.Admin && !await keys.AnyAsync(cancellationToken))
            {
                throw new ApiKeyException(
                    "role", request.Role, "The first key must be an admin's: from then on every call needs a key, and nobody could manage them.", "Make a key of the role admin first.");
            }
            if (await keys.AddAsync(made.Key, cancellationToken))
                return made;
            if (attempt == Tries)
                throw new GrainStoreException($"No id for a new key was free in {Tries} tries, which chance does not explain. Try again, and report it if it stays.");
        }
    }
}
