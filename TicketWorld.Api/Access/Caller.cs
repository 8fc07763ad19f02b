using TicketWorld.Grains.Access;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Api.Access;

/// <summary>Who makes a request: the holder of a key, or anybody on this machine while there are no keys.</summary>
/// <param name="Roles">One role, or all of them for whoever needs no key.</param>
/// <param name="KeyId">The key's id, which is no secret; null without a key.</param>
/// <param name="Customer">The one customer whose things he sees, as <c>GET /api/v1/customers/{id}</c> names it; null for whoever sees all.</param>
/// <param name="CallsPerMinute">The key's own limit; null for the configured one, 0 for any number.</param>
internal sealed record Caller(Callers Roles, string? KeyId, string? Customer, int? CallsPerMinute)
{
    /// <summary>Anybody on this machine, while there are no keys.</summary>
    public static Caller Local { get; } = new(Callers.KeyHolders, null, null, null);

    /// <summary>The caller of a request. Where nobody was asked who he is he sees nothing that belongs to anyone.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Nobody;

    /// <summary>The holder of a key.</summary>
    public static Caller Holding(ApiKey key) => new(RoleOf(key.Role), key.Id, key.Customer, key.CallsPerMinute);

    /// <summary>Whether he sees what belongs to a customer, named as <see cref="Customer"/> is.</summary>
    public bool Sees(string customer) => Roles != Callers.None && (Roles != Callers.Customer || string.Equals(Customer, customer, StringComparison.Ordinal));

    private static Caller Nobody { get; } = new(Callers.None, null, null, null);

    private static Callers RoleOf(ApiKeyRole role) => role switch
    {
        ApiKeyRole.Admin => Callers.Admin,
        ApiKeyRole.Agent => Callers.Agent,
        ApiKeyRole.Analyst => Callers.Analyst,
        ApiKeyRole.Customer => Callers.Customer,
        _ => Callers.None,
    };
}
