using TicketWorld.ServiceDefaults;

namespace TicketWorld.Api.Access;

/// <summary>
/// One line a request: method, route, status, time, and the id of the key. The route stands for the address, which with its query may hold what customers are
/// called; nothing that a caller wrote is in the line. Requests that are for anyone, such as those for the health, and what the process that started this one asks, are told at Debug.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var caller = Caller.Of(context);
            var level = IsForAnyone(context) || caller.KeyId == InternalKey.Id ? LogLevel.Debug : LogLevel.Information;
            if (logger.IsEnabled(level))
            {
                var route = context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } text } ? "/" + text.Trim('/') : "no route";
                logger.Log(
                    level, "{Method} {Route} {Status} in {Milliseconds} ms by {Caller}",
                    Known(context.Request.Method), route, context.Response.StatusCode, Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 1), caller.KeyId ?? "no key");
            }
        }
    }

    private static bool IsForAnyone(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<CallersMetadata>() is not { } callers || callers.Callers.HasFlag(Callers.Anyone);

    private static string Known(string method) => method.Length <= 10 && method.All(char.IsAsciiLetterUpper) ? method : "another method";
}
