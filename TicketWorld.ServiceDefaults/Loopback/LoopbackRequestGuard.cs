using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TicketWorld.ServiceDefaults.Access;
using TicketWorld.ServiceDefaults.Problems;

namespace TicketWorld.ServiceDefaults.Loopback;

/// <summary>
/// Refuses requests that reach the loopback address on behalf of someone else. A page on the web can make the browser
/// send requests here, under a name of its own that resolves to 127.0.0.1 (DNS rebinding: the Host header is foreign)
/// or across origins (the Origin header is foreign). Callers without a browser send no Origin and pass. A host that asks for
/// keys is protected by them: other machines may call it under the names it is told of, and a page gets no further than its key does.
/// </summary>
internal sealed class LoopbackRequestGuard(RequestDelegate next, IAccessGate gate, CallableFrom callable)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var keys = await gate.LookAsync(context.RequestAborted);
        if (!keys && context.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "foreign_caller", "Requests are accepted from this machine only.",
                "remote_address", remote.ToString(), "Call from the machine that runs this host.");
            return;
        }
        if (!request.Host.HasValue)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "missing_host", "The request has no Host header.",
                "Host", "", "Send Host: 127.0.0.1 with the port.");
            return;
        }
        if (!(keys ? callable.IsHost(request.Host.Host) : IsLoopbackName(request.Host.Host)))
        {
            await Refuse(context, StatusCodes.Status421MisdirectedRequest, "foreign_host", "The Host header names a host that this server does not serve.",
                "Host", request.Host.Value, $"Address this server as 127.0.0.1, localhost or [::1]{(keys ? $", or add the name to {CallableFrom.HostsKey}" : "")}.");
            return;
        }
        if (!keys && !StringValues.IsNullOrEmpty(request.Headers.Origin) && (request.Headers.Origin is not [{ } origin] || !(IsLoopbackOrigin(origin) || callable.IsOriginAllowed(origin, keys))))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "foreign_origin", "The Origin header names a site that may not call this server.",
                "Origin", request.Headers.Origin.ToString(), "Call from a page of this machine, or without a browser.");
            return;
        }
        await next(context);
    }

    /// <summary>True for <c>localhost</c> and for every loopback address written as a literal.</summary>
    internal static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>True for an origin of http or https on this machine.</summary>
    internal static bool IsLoopbackOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && IsLoopbackName(uri.Host);

    private static Task Refuse(HttpContext context, int status, string code, string detail, string field, string value, string remedy) =>
        new Problem(status, code, detail) { Field = field, Value = value, Remedy = remedy }.WriteAsync(context);
}
