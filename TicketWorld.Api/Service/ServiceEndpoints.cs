using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Health;

namespace TicketWorld.Api.Service;

/// <summary>What this service is.</summary>
internal static class ServiceEndpoints
{
    public static void Map(RouteGroupBuilder all) =>
        all.MapGet("/", () => TypedResults.Ok(new ServiceResponse("TicketWorld", HealthFact.InterfaceVersion, "/docs", "/health")))
            .ForCallers(Callers.Anyone)
            .WithTags("Service")
            .WithSummary("Name, version, and where to look next")
            .WithDescription("docs is this description as a page, health says whether everything works.");
}

/// <summary>The service by name.</summary>
internal sealed record ServiceResponse(string Name, string Version, string Docs, string Health);
