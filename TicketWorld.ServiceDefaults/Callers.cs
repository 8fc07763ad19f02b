using Microsoft.AspNetCore.Builder;

namespace TicketWorld.ServiceDefaults;

/// <summary>Who may call an endpoint. Every endpoint states it; hosts refuse to be silent about it.</summary>
public enum Callers
{
    /// <summary>
    /// Any process of this machine. Hosts bind loopback addresses only and refuse foreign Host and Origin headers,
    /// which enforces it for all endpoints alike.
    /// </summary>
    ThisMachine,
}

/// <summary>The statement of an endpoint about who may call it.</summary>
public sealed record CallersMetadata(Callers Callers);

/// <summary>Lets endpoints and groups state who may call them.</summary>
public static class CallersConventions
{
    /// <summary>States who may call the endpoints.</summary>
    public static TBuilder ForCallers<TBuilder>(this TBuilder builder, Callers callers) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new CallersMetadata(callers));
}
