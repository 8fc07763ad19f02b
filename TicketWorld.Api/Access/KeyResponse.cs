using TicketWorld.Grains.Access;

namespace TicketWorld.Api.Access;

/// <summary>A key that was just made.</summary>
/// <param name="Key">The key itself, which is shown this once.</param>
/// <param name="Details">What is known of it.</param>
internal sealed record CreatedKeyResponse(string Key, KeyResponse Details);

/// <summary>A key in a list.</summary>
internal sealed record KeyResponse(
    string Id, string Name, string Role, string? Customer, IReadOnlyList<string> Scopes, int? Rate, ApiKeyStatus Status,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt)
{
    public static KeyResponse From(ApiKey key, DateTimeOffset now) => new(
        key.Id, key.Name, ApiKeyRequest.Word(key.Role), key.Customer, [.. key.Scopes.Select(scope => scope.ToString())], key.CallsPerMinute, key.StatusAt(now),
        key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
}
