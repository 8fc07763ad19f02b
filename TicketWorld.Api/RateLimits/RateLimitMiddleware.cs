using System.Globalization;
using TicketWorld.Api.Access;
using TicketWorld.ServiceDefaults.Problems;
using TicketWorld.ServiceDefaults.RateLimits;

namespace TicketWorld.Api.RateLimits;

/// <summary>States that calls of an endpoint are counted.</summary>
internal sealed record RateLimited;

/// <summary>
/// Lets a caller call so often and no oftener. Answers say how often he may (<c>RateLimit-Policy</c>) and how much of it is left (<c>RateLimit</c>), as the
/// IETF's draft-ietf-httpapi-ratelimit-headers writes it; 429 says when to come again.
/// </summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, CallLimits limits, IRateWindows windows, IRateLimitPartition partition)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RateLimited>() is null || Of(Caller.Of(context)).For(context.Request.Method) is not { } limit)
        {
            await next(context);
            return;
        }
        var decision = await windows.TakeAsync(limit, partition.Of(context), context.RequestAborted);
        var seconds = (long)Math.Max(1, Math.Ceiling(decision.FreeAfter.TotalSeconds));
        context.Response.OnStarting(() =>
        {
            Describe(context.Response.Headers, limit, decision, seconds);
            return Task.CompletedTask;
        });
        if (decision.Allowed)
            await next(context);
        else
            await Refusal(limit, seconds).WriteAsync(context);
    }

    private CallLimit Of(Caller caller) =>
        caller.KeyId is null ? limits.Open
        : caller.CallsPerMinute is { } own ? CallLimit.OfAll(own)
        : limits.Keyed;

    private static void Describe(IHeaderDictionary headers, RateLimit limit, RateDecision decision, long seconds)
    {
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{limit.Name}\";q={limit.Calls};w={(long)limit.Window.TotalSeconds}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{limit.Name}\";r={decision.Remaining};t={seconds}");
        if (!decision.Allowed)
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    private static Problem Refusal(RateLimit limit, long seconds) =>
        new(StatusCodes.Status429TooManyRequests, "rate_limited", $"A caller may make {limit.Calls} {limit.Name} within {(long)limit.Window.TotalSeconds} s, and these are made.")
        {
            Remedy = $"Repeat the request in {seconds} s; nothing of it was done. docs/configuration.md says how to allow more.",
        };
}

/// <summary>How endpoints state that they are counted.</summary>
internal static class RateLimitConventions
{
    public static TBuilder Limited<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RateLimited(), new ProducesResponseTypeMetadata(StatusCodes.Status429TooManyRequests, typeof(Problem), ["application/problem+json"]));
}
