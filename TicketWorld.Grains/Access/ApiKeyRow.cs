namespace TicketWorld.Grains.Access;

/// <summary>A row of the table; the stores give numbers in types of their own, which properties take. Times are milliseconds since 1970, UTC.</summary>
internal sealed class ApiKeyRow
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string Role { get; set; } = "";

    public string? Customer { get; set; }

    /// <summary>With spaces between them.</summary>
    public string Scopes { get; set; } = "";

    public int? CallsPerMinute { get; set; }

    public byte[] Salt { get; set; } = [];

    public byte[] Hash { get; set; } = [];

    public long CreatedAt { get; set; }

    public long? ExpiresAt { get; set; }

    public long? RevokedAt { get; set; }

    public long? LastUsedAt { get; set; }

    public static object Parameters(ApiKey key) => new
    {
        id = key.Id,
        name = key.Name,
        role = ApiKeyRequest.Word(key.Role),
        customer = key.Customer,
        scopes = string.Join(' ', key.Scopes),
        calls_per_minute = key.CallsPerMinute,
        salt = key.Digest.Salt,
        hash = key.Digest.Hash,
        created_at = key.CreatedAt.ToUnixTimeMilliseconds(),
        expires_at = key.ExpiresAt?.ToUnixTimeMilliseconds(),
    };

    public ApiKey ToKey() => new()
    {
        Id = Id,
        Name = Name,
        Role = ApiKeyRequest.RoleOf(Role),
        Customer = Customer,
        // A scope of a newer version is not known here: it opens nothing, and must not turn into none, which would open all.
        Scopes = [.. Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => ApiKeyScope.Find(text) ?? new ApiKeyScope("", Writes: false))],
        CallsPerMinute = CallsPerMinute,
        Digest = new ApiKeyDigest(Salt, Hash),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt = At(ExpiresAt),
        RevokedAt = At(RevokedAt),
        LastUsedAt = At(LastUsedAt),
    };

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
