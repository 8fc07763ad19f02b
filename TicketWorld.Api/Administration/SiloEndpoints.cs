using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Requests;
using TicketWorld.Grains;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Api.Administration;

/// <summary>The silos that run grains for this API.</summary>
internal static class SiloEndpoints
{
    public static void Map(RouteGroupBuilder all) =>
        all.MapGet("/api/v1/admin/silos", List)
            .ForCallers(Callers.Admin)
            .WithTags("Administration")
            .WithSummary("List silos")
            .WithDescription("Each silo as it described itself within the last minute, by name: turns done, running and for each second. status is running, stopping, or silent after ten seconds without a word.")
            .Problems(400, 507);

    private static async Task<Ok<PageResponse<SiloView>>> List(
        ISilos silos, CancellationToken cancellationToken, string? page = null, [FromQuery(Name = "page_size")] string? pageSize = null)
    {
        var paging = Paging.From(page, pageSize);
        var found = await silos.ListAsync(cancellationToken);
        return TypedResults.Ok(new PageResponse<SiloView>(
            [.. found.Skip((int)Math.Min(int.MaxValue, (paging.Page - 1L) * paging.PageSize)).Take(paging.PageSize)], found.Count, paging.Page, paging.PageSize));
    }
}
