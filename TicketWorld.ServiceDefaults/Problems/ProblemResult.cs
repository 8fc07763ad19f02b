using Microsoft.AspNetCore.Http;

namespace TicketWorld.ServiceDefaults.Problems;

/// <summary>A <see cref="Problem"/> as the result of an endpoint.</summary>
public sealed class ProblemResult(Problem problem) : IResult
{
    /// <summary>What is answered.</summary>
    public Problem Problem { get; } = problem;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Problem.WriteAsync(httpContext);
}
