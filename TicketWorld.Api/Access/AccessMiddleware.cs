using Microsoft.Net.Http.Headers;
using TicketWorld.Api.RateLimits;
using TicketWorld.Grains.Access;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Problems;
using TicketWorld.ServiceDefaults.RateLimits;

namespace TicketWorld.Api.Access;

/// <summary>
/// Lets through whom the endpoint is for: 401 for whoever does not show a key that is good, 403 for a key of another role or with other scopes.
/// What of an answer a customer's key may see is decided where the answer is made, by <see cref="Caller.Sees"/>.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, KeyDirectory keys, CallLimits limits, IRateWindows windows, TimeProvider time)
{
    /// <summary>The header that carries a key where Authorization is taken.</summary>
    public const string Header = "X-API-Key";

    private const string Scheme = "Bearer ";
    private static readonly AddressPartition Addresses = new();

    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var callers = endpoint?.Metadata.GetMetadata<CallersMetadata>()?.Callers ?? Callers.None;

        // What routing answers itself, that there is nothing or that the method is another, is no route.
        if (endpoint is not RouteEndpoint || callers.HasFlag(Callers.Anyone))
        {
            await next(context);
            return;
        }
        var required = await keys.LookAsync(context.RequestAborted);
        var (caller, refusal) = await IdentifyAsync(context, required);
        if (refusal is not null)
        {
            await RefuseAsync(context, refusal);
            return;
        }
        if ((caller!.Caller.Roles & callers) == Callers.None)
        {
            await AccessProblems.OtherRole(callers).WriteAsync(context);
            return;
        }
        if (caller.Key is { Scopes.Count: > 0 } narrowed && !Covers(narrowed, context.Request))
        {
            await AccessProblems.OtherScope(ScopeOf(context.Request)).WriteAsync(context);
            return;
        }
        if (caller.Key is { } used)
            await keys.NoteUseAsync(used, context.RequestAborted);
        context.Features.Set(caller.Caller);
        await next(context);
    }

    private async ValueTask<(Identified? Caller, Problem? Refusal)> IdentifyAsync(HttpContext context, bool required)
    {
        var shown = Shown(context.Request);
        if (shown is null)
            return required ? (null, AccessProblems.NoKey()) : (new(Caller.Local, null), null);
        var text = ApiKeyText.Find(shown);
        var key = text is { } read ? await keys.FindAsync(read.Id, context.RequestAborted) : null;
        if (key is null || !key.HasSecret(text!.Value.Secret))
            return required ? (null, AccessProblems.WrongKey()) : (new(Caller.Local, null), null);
        return key.StatusAt(time.GetUtcNow()) switch
        {
            ApiKeyStatus.Expired => (null, AccessProblems.ExpiredKey(key.ExpiresAt!.Value)),
            ApiKeyStatus.Revoked => (null, AccessProblems.RevokedKey()),
            _ => (new(Caller.Holding(key), key), null),
        };
    }

    /// <summary>What the request shows for a key; null when it shows nothing.</summary>
    private static string? Shown(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return authorization[Scheme.Length..].Trim();
        var header = request.Headers[Header].ToString();
        return header.Length > 0 ? header : authorization.Length > 0 ? "" : null;
    }

    private async Task RefuseAsync(HttpContext context, Problem refusal)
    {
        context.Response.Headers.WWWAuthenticate = refusal.Code == AccessProblems.NoKeyCode ? "Bearer realm=\"ticketworld\"" : "Bearer realm=\"ticketworld\", error=\"invalid_token\"";
        if (refusal.Code != AccessProblems.NoKeyCode && limits.Failures is { } limit)
        {
            var decision = await windows.TakeAsync(limit, Addresses.Of(context), context.RequestAborted);
            if (!decision.Allowed)
            {
                var seconds = (long)Math.Max(1, Math.Ceiling(decision.FreeAfter.TotalSeconds));
                context.Response.Headers[HeaderNames.RetryAfter] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                refusal = AccessProblems.TooManyFailures(limit, seconds);
            }
        }
        await refusal.WriteAsync(context);
    }

    private static bool Covers(ApiKey key, HttpRequest request)
    {
        var (area, writes) = ScopeOf(request);
        return key.Scopes.Any(scope => scope.Covers(area, writes));
    }

    private static ApiKeyScope ScopeOf(HttpRequest request) =>
        new(ApiArea.Of(request.Path.Value ?? ""), !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)));

    private sealed record Identified(Caller Caller, ApiKey? Key);
}
