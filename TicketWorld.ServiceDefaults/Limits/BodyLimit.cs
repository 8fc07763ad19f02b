using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace TicketWorld.ServiceDefaults.Limits;

/// <summary>The largest request body of an endpoint that is not content with the usual one. Routing tells the server of it, and whoever reads the body asks for it.</summary>
/// <param name="Bytes">At least 1.</param>
public sealed record BodyLimit(int Bytes) : IRequestSizeLimitMetadata
{
    /// <summary>The largest body of an endpoint that states none, in bytes.</summary>
    public const int Usual = 64 * 1024;

    /// <summary>
    /// How long a body that is read whole may take to come in, in seconds. The server's own limit is a mean speed, by which whoever sends most of a
    /// body at once may keep the rest for minutes.
    /// </summary>
    public const int Seconds = 20;

    /// <summary>Enough for a text of 50,000 characters, each written as an escape of JSON (<c>\uXXXX</c>), with room for the fields around it.</summary>
    public const int LongText = 512 * 1024;

    /// <summary>How much more the server itself lets in: a body that is a little too large is read to its end, so that its sender hears why it was refused.</summary>
    public const int Slack = 1024 * 1024;

    long? IRequestSizeLimitMetadata.MaxRequestBodySize => Bytes + Slack;

    /// <summary>The largest body of the endpoint that a request is for, in bytes.</summary>
    public static int Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? Usual;
}

/// <summary>How endpoints state the size of their bodies.</summary>
public static class BodyLimitConventions
{
    /// <summary>Bodies of the endpoint may have so many bytes.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, int bytes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new BodyLimit(bytes));
}
