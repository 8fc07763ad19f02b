using System.Globalization;
using TicketWorld.Grains.Access;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Problems;
using TicketWorld.ServiceDefaults.RateLimits;

namespace TicketWorld.Api.Access;

/// <summary>What is said to whom nothing is opened. None of it repeats what was shown for a key.</summary>
internal static class AccessProblems
{
    public const string NoKeyCode = "key_required";

    private const string Ask = "Ask whoever runs this installation for a key; 'ticketworld keys' manages them.";

    public static Problem NoKey() => new(StatusCodes.Status401Unauthorized, NoKeyCode, "This address needs an API key.")
    {
        Field = "Authorization",
        Remedy = "Send Authorization: Bearer tw_…, or X-API-Key: tw_…. " + Ask,
    };

    /// <summary>One answer for what is no key, a key that nobody has, and a wrong secret: which it is concerns nobody who does not know.</summary>
    public static Problem WrongKey() => new(StatusCodes.Status401Unauthorized, "key_invalid", "What was sent is no API key of this installation.")
    {
        Field = "Authorization",
        Remedy = "Send the whole key, tw_ID_SECRET, as it was shown when it was made. " + Ask,
    };

    public static Problem ExpiredKey(DateTimeOffset at) => new(StatusCodes.Status401Unauthorized, "key_expired", $"The API key expired at {at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}.")
    {
        Field = "Authorization",
        Remedy = Ask,
    };

    public static Problem RevokedKey() => new(StatusCodes.Status401Unauthorized, "key_revoked", "The API key was revoked.") { Field = "Authorization", Remedy = Ask };

    public static Problem OtherRole(Callers callers) => new(StatusCodes.Status403Forbidden, "role_forbidden", "A key of this role may not do this.")
    {
        Field = "Authorization",
        Remedy = $"Use a key of one of the roles {string.Join(", ", RolesIn(callers))}; docs/security.md has the table.",
    };

    public static Problem OtherScope(ApiKeyScope needed) => new(StatusCodes.Status403Forbidden, "scope_forbidden", "The scopes of this key do not include this.")
    {
        Field = "Authorization",
        Remedy = $"Use a key with the scope {needed}, or one without scopes.",
    };

    public static Problem TooManyFailures(RateLimit limit, long seconds) =>
        new(StatusCodes.Status429TooManyRequests, "rate_limited", $"{limit.Calls} keys that open nothing were sent from this address within {(long)limit.Window.TotalSeconds} s.")
        {
            Remedy = $"Correct the key and repeat the request in {seconds.ToString(CultureInfo.InvariantCulture)} s.",
        };

    /// <summary>The words of the roles, as they are written everywhere.</summary>
    public static IEnumerable<string> RolesIn(Callers callers) => new[] { Callers.Admin, Callers.Agent, Callers.Analyst, Callers.Customer }
        .Where(role => callers.HasFlag(role)).Select(role => role.ToString().ToLowerInvariant());
}
