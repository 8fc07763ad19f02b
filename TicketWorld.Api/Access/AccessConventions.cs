using TicketWorld.ServiceDefaults.Problems;

namespace TicketWorld.Api.Access;

/// <summary>How endpoints state what they answer to callers that they are not for.</summary>
internal static class AccessConventions
{
    /// <summary>The endpoints answer 401 and 403.</summary>
    public static TBuilder AnswersStrangers<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(
        new ProducesResponseTypeMetadata(StatusCodes.Status401Unauthorized, typeof(Problem), ["application/problem+json"]),
        new ProducesResponseTypeMetadata(StatusCodes.Status403Forbidden, typeof(Problem), ["application/problem+json"]));
}
