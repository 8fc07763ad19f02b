using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace TicketWorld.ServiceDefaults;

/// <summary>The statement of an endpoint about who may call it. Of several, the last one holds, which is the innermost.</summary>
public sealed record CallersMetadata(Callers Callers);

/// <summary>Lets endpoints and groups state who may call them.</summary>
public static class CallersConventions
{
    /// <summary>States who may call the endpoints.</summary>
    public static TBuilder ForCallers<TBuilder>(this TBuilder builder, Callers callers) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new CallersMetadata(callers));

    /// <summary>Stops the start when an endpoint does not state who may call it.</summary>
    /// <exception cref="InvalidOperationException">Names the endpoints.</exception>
    public static void CheckCallers(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var silent = endpoints.DataSources.SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<CallersMetadata>() is null or { Callers: Callers.None })
            .Select(endpoint => endpoint.DisplayName)
            .ToList();
        if (silent.Count > 0)
            throw new InvalidOperationException($"These endpoints do not state who may call them: {string.Join(", ", silent)}. Add .ForCallers(…) to them or to their group.");
    }
}
