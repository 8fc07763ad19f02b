using Microsoft.Extensions.Logging;

namespace TicketWorld.ServiceDefaults.Logging;

/// <summary>Finds the request's correlation id among the scopes of a log entry.</summary>
internal static class LogScopes
{
    private sealed class Found
    {
        public string? Id { get; set; }
    }

    public static string? CorrelationId(IExternalScopeProvider? scopes)
    {
        var found = new Found();
        scopes?.ForEachScope(
            static (scope, found) =>
            {
                if (scope is not IReadOnlyList<KeyValuePair<string, object?>> pairs)
                    return;
                for (var i = 0; i < pairs.Count; i++)
                {
                    if (pairs[i] is { Key: "correlation_id", Value: string id })
                        found.Id = id;
                }
            },
            found);
        return found.Id;
    }
}
