using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using TicketWorld.ServiceDefaults.Correlation;

namespace TicketWorld.ServiceDefaults.Problems;

/// <summary>
/// An error answer (RFC 9457): what happened, the field and value at fault, and the remedy.
/// <paramref name="Code"/> is stable: clients may decide on it.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable word for this kind of error, in snake_case.</param>
/// <param name="Detail">What happened, in a sentence.</param>
public sealed record Problem(int Status, string Code, string Detail)
{
    /// <summary>The longest value at fault that an answer repeats, in characters.</summary>
    public const int MaxValueLength = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Identifies the kind of error, as RFC 9457 asks.</summary>
    [JsonPropertyOrder(-2)]
    public string Type => "urn:ticketworld:problem:" + Code;

    /// <summary>The name of the HTTP status.</summary>
    [JsonPropertyOrder(-1)]
    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The request field, header or parameter at fault.</summary>
    public string? Field { get; init; }

    /// <summary>The value at fault, cut to 200 characters.</summary>
    public string? Value
    {
        get;
        init => field = value is { Length: > MaxValueLength } ? value[..MaxValueLength] + "…" : value;
    }

    /// <summary>What the caller can do.</summary>
    public string? Remedy { get; init; }

    /// <summary>Every field at fault, where several may be; null where there is but one fault.</summary>
    public IReadOnlyList<FieldFault>? Errors { get; init; }

    /// <summary>The request's correlation id, which its log lines carry too.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Writes the problem as the response, unless the response has already begun.</summary>
    public Task WriteAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(
            this with { CorrelationId = RequestCorrelation.Current }, Json, "application/problem+json", context.RequestAborted);
    }
}

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">The field's path, such as <c>ticket.subject</c>.</param>
/// <param name="Code">A stable word for this kind of fault.</param>
/// <param name="Detail">What is wrong and what would be right, in a sentence.</param>
/// <param name="Value">The value as it was sent, cut; null where it says nothing or may be private.</param>
public sealed record FieldFault(string Field, string Code, string Detail, string? Value);
