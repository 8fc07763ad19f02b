using TicketWorld.ServiceDefaults.Problems;

namespace TicketWorld.Api.Errors;

/// <summary>Ends a request with a problem, from wherever it was found.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
