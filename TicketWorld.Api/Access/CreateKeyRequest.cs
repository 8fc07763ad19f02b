using TicketWorld.Grains.Access;

namespace TicketWorld.Api.Access;

/// <summary>The body of a request for a key.</summary>
internal sealed class CreateKeyRequest
{
    /// <summary>1 to 80 characters that say whose key it is.</summary>
    public string? Name { get; set; }

    /// <summary>admin, agent, analyst or customer.</summary>
    public string? Role { get; set; }

    /// <summary>For the role customer: the id as GET /api/v1/customers/{id} has it.</summary>
    public string? Customer { get; set; }

    /// <summary>AREA:read or AREA:write; without any the key may do all that its role may.</summary>
    public string[]? Scopes { get; set; }

    /// <summary>A date, to the end of which (UTC) the key is good, or a time.</summary>
    public string? Expires { get; set; }

    /// <summary>Calls a minute; 0 for any number.</summary>
    public int? Rate { get; set; }

    public ApiKeyRequest ToRequest() => new() { Name = Name, Role = Role, Customer = Customer, Scopes = [.. (Scopes ?? []).Select(scope => scope ?? "")], Expires = Expires, Rate = Rate };
}
