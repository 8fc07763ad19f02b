using System.Globalization;

namespace TicketWorld.Grains.Access;

/// <summary>What a new key shall be, checked the same wherever it is asked for.</summary>
public sealed record ApiKeyRequest
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 80;

    /// <summary>The longest id of a customer, in characters.</summary>
    public const int LongestCustomer = 128;

    /// <summary>The most calls within a minute that can be written.</summary>
    public const int MostCallsPerMinute = 10_000_000;

    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>The word of a role.</summary>
    public string? Role { get; init; }

    /// <summary>The customer, for the role customer alone.</summary>
    public string? Customer { get; init; }

    /// <summary>What it is narrowed to.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>A date (its end, UTC) or a time.</summary>
    public string? Expires { get; init; }

    /// <summary>Calls within a minute.</summary>
    public int? Rate { get; init; }

    /// <summary>The key that is asked for, with its text.</summary>
    /// <exception cref="ApiKeyException">Something of it is wrong.</exception>
    public (ApiKey Key, ApiKeyText Text) Make(DateTimeOffset now)
    {
        if (Name is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl) || string.IsNullOrWhiteSpace(name))
            throw new ApiKeyException("name", Name, "The name is missing, too long or holds control characters.", $"Give 1 to {LongestName} characters that say whose key it is.");
        var role = Words.FirstOrDefault(pair => string.Equals(pair.Word, Role, StringComparison.OrdinalIgnoreCase));
        if (role.Word is null)
            throw new ApiKeyException("role", Role, "There is no such role.", $"Use one of {string.Join(", ", Words.Select(pair => pair.Word))}.");
        if (role.Role == ApiKeyRole.Customer && (Customer is not { Length: > 0 and <= LongestCustomer } customer || customer.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))))
            throw new ApiKeyException("customer", Customer, "A key of the role customer needs the id of one customer.", "Give the id as GET /api/v1/customers/{id} has it: BATCH.CUSTOMER.");
        if (role.Role != ApiKeyRole.Customer && Customer is not null)
            throw new ApiKeyException("customer", Customer, "Only a key of the role customer is for one customer.", "Leave the customer out, or make it a key of the role customer.");
        if (Rate is < 0 or > MostCallsPerMinute)
            throw new ApiKeyException("rate", Rate?.ToString(CultureInfo.InvariantCulture), "The rate is out of range.", $"Give calls a minute from 0 (any number) to {MostCallsPerMinute}, or leave it out for the configured one.");
        var text = ApiKeyText.New();
        var key = new ApiKey
        {
            Id = text.Id,
            Name = name.Trim(),
            Role = role.Role,
            Customer = Customer,
            Scopes = [.. Scopes.Select(Scope).Distinct()],
            CallsPerMinute = Rate,
            CreatedAt = now,
            ExpiresAt = Expiry(now),
            Digest = ApiKeyDigest.Of(text.Secret),
        };
        return (key, text);
    }

    /// <summary>The word of a role, as it is written everywhere.</summary>
    public static string Word(ApiKeyRole role) => Words.First(pair => pair.Role == role).Word;

    /// <summary>The role that a word stands for.</summary>
    internal static ApiKeyRole RoleOf(string word) => Words.First(pair => pair.Word == word).Role;

    private static IReadOnlyList<(string Word, ApiKeyRole Role)> Words { get; } =
        [("admin", ApiKeyRole.Admin), ("agent", ApiKeyRole.Agent), ("analyst", ApiKeyRole.Analyst), ("customer", ApiKeyRole.Customer)];

    private static ApiKeyScope Scope(string text) => ApiKeyScope.Find(text) ?? throw new ApiKeyException(
        "scopes", text, "There is no such scope.", $"Write AREA:read or AREA:write; AREA is one of {string.Join(", ", ApiKeyScope.Areas)}.");

    private DateTimeOffset? Expiry(DateTimeOffset now)
    {
        if (Expires is null)
            return null;
        DateTimeOffset at;
        if (DateOnly.TryParseExact(Expires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date < DateOnly.MaxValue)
            at = new DateTimeOffset(date.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        else if (!DateTimeOffset.TryParseExact(Expires, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at))
            throw new ApiKeyException("expires", Expires, "This is neither a date nor a time.", "Write a date such as 2027-01-31, which the key is good to the end of (UTC), or a time such as 2027-01-31T18:00:00Z.");
        return at > now ? at : throw new ApiKeyException("expires", Expires, "This time is past.", "Give one that is to come, or leave it out for a key that does not expire.");
    }

    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
}
