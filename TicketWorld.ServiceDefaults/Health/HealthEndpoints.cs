using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TicketWorld.ServiceDefaults.Health;

/// <summary>A fact that <c>/health</c> reports beside the status, such as <c>ai_enabled</c>.</summary>
/// <param name="Name">The JSON key.</param>
/// <param name="Value">The value, read at each request.</param>
public sealed record HealthFact(string Name, Func<object> Value)
{
    /// <summary>The version that the interface reports: that of the program, as the command reports it.</summary>
    public static string InterfaceVersion { get; } = typeof(HealthFact).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}

/// <summary>
/// <c>/health</c>: every check, 200 when all pass and 503 when one fails. <c>/alive</c>: only whether the process answers,
/// for those who restart it.
/// </summary>
internal static class HealthEndpoints
{
    private const string LiveTag = "live";

    public static void Add(IServiceCollection services) =>
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var reading = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
        endpoints.MapHealthChecks("/health", Options(_ => true)).WithMetadata(reading).ForCallers(Callers.Anyone);
        endpoints.MapHealthChecks("/alive", Options(check => check.Tags.Contains(LiveTag))).WithMetadata(reading).ForCallers(Callers.Anyone);
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> predicate) =>
        new() { Predicate = predicate, ResponseWriter = WriteAsync, AllowCachingResponses = false };

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var services = context.RequestServices;
        var answer = new Dictionary<string, object>
        {
            ["status"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(report.Status.ToString()),
            ["timestamp"] = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            ["version"] = HealthFact.InterfaceVersion,
        };
        foreach (var fact in services.GetServices<HealthFact>())
            answer[fact.Name] = fact.Value();
        answer["checks"] = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.Description is { } text
                ? $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.Value.Status.ToString())}: {text}"
                : JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.Value.Status.ToString()));
        return context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }
}
