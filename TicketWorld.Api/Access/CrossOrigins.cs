using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using TicketWorld.Api.Requests;
using TicketWorld.ServiceDefaults.Access;
using TicketWorld.ServiceDefaults.Correlation;

namespace TicketWorld.Api.Access;

/// <summary>
/// What a browser lets pages of other origins do here. The origins are named exactly, and keys travel in a header that a page sets itself: cookies and
/// other credentials of the browser are never asked for.
/// </summary>
internal static class CrossOrigins
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    public static void AddServices(IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IAccessGate, CallableFrom>((cors, gate, callable) => cors.AddDefaultPolicy(policy => policy
            .SetIsOriginAllowed(origin => callable.IsOriginAllowed(origin, gate.KeysRequired))
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
            .WithHeaders(
                HeaderNames.Authorization, AccessMiddleware.Header, HeaderNames.ContentType, HeaderNames.Accept, HeaderNames.Range, HeaderNames.IfNoneMatch,
                IdempotencyKey.Header, RequestCorrelation.Header, "Last-Event-ID")
            .WithExposedHeaders(
                "RateLimit", "RateLimit-Policy", HeaderNames.RetryAfter, RequestCorrelation.Header, HeaderNames.Location, HeaderNames.ETag, HeaderNames.WWWAuthenticate)
            .SetPreflightMaxAge(Remembered)));
    }
}
