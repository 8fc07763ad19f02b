namespace TicketWorld.Grains.Access;

/// <summary>An API key as it is known after it was made: everything but its secret.</summary>
public sealed record ApiKey
{
    /// <summary>The part of the key that names it; no secret.</summary>
    public required string Id { get; init; }

    /// <summary>What its maker called it.</summary>
    public required string Name { get; init; }

    /// <summary>What its holder may do.</summary>
    public required ApiKeyRole Role { get; init; }

    /// <summary>The customer that a key of the role customer is for, as <c>GET /api/v1/customers/{id}</c> names it; null for other roles.</summary>
    public string? Customer { get; init; }

    /// <summary>What of the role the key is narrowed to (<see cref="ApiKeyScope"/>); empty for all of it.</summary>
    public IReadOnlyList<ApiKeyScope> Scopes { get; init; } = [];

    /// <summary>Calls within a minute; null for the limit that the configuration gives, 0 for any number.</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The hour in which it was last used, as far as it is known; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What the secret is compared with.</summary>
    internal ApiKeyDigest Digest { get; init; } = ApiKeyDigest.OfNothing;

    /// <summary>A key that no store holds: two processes share it for as long as they run.</summary>
    /// <param name="text">The key.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="role">What its holder may do.</param>
    /// <param name="scopes">What it is narrowed to.</param>
    /// <param name="now">When it is made.</param>
    public static ApiKey Unstored(ApiKeyText text, string name, ApiKeyRole role, IReadOnlyList<ApiKeyScope> scopes, DateTimeOffset now) => new()
    {
        Id = text.Id,
        Name = name,
        Role = role,
        Scopes = scopes,
        CallsPerMinute = 0,
        CreatedAt = now,
        Digest = ApiKeyDigest.Of(text.Secret),
    };

    /// <summary>Whether the key opens anything at this time.</summary>
    public ApiKeyStatus StatusAt(DateTimeOffset now) =>
        RevokedAt is not null ? ApiKeyStatus.Revoked
        : ExpiresAt <= now ? ApiKeyStatus.Expired
        : ApiKeyStatus.Active;

    /// <summary>Whether the text is the secret of this key; the time it takes tells nothing of the secret.</summary>
    public bool HasSecret(string secret) => Digest.Matches(secret);
}

/// <summary>Whether a key opens anything.</summary>
public enum ApiKeyStatus
{
    Active,
    Expired,
    Revoked,
}
