using System.Collections;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketWorld.ServiceDefaults.Correlation;

/// <summary>
/// Gives every request one id that its response, its log lines, its trace and its outgoing calls carry.
/// A caller may bring one in <c>X-Correlation-Id</c>: 1 to 64 letters, digits, <c>.</c>, <c>_</c>, <c>-</c>.
/// Anything else is replaced, because the id goes into logs and headers as it is.
/// </summary>
public sealed class RequestCorrelation(RequestDelegate next, ILogger<RequestCorrelation> logger)
{
    /// <summary>The header that carries the id in and out.</summary>
    public const string Header = "X-Correlation-Id";

    private static readonly AsyncLocal<string?> CurrentId = new();

    /// <summary>The id of the request that the calling code belongs to, or null outside a request.</summary>
    public static string? Current => CurrentId.Value;

    /// <summary>Runs the rest of the pipeline under the request's id.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var brought = context.Request.Headers[Header].ToString();
        var id = IsValid(brought) ? brought : Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier.Replace(':', '-');
        CurrentId.Value = id;
        context.Response.Headers[Header] = id;
        Activity.Current?.SetTag("correlation.id", id);
        using (logger.BeginScope(new Scope(id)))
            await next(context);
    }

    internal static bool IsValid(string id) =>
        id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>The log scope; log formatters read the id from its one pair.</summary>
    private sealed class Scope(string id) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 1;

        public KeyValuePair<string, object?> this[int index] =>
            index == 0 ? new("correlation_id", id) : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => "correlation_id:" + id;
    }
}
