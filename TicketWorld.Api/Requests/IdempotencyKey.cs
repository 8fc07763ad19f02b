using TicketWorld.Api.Errors;

namespace TicketWorld.Api.Requests;

/// <summary>The <c>Idempotency-Key</c> header: 1 to 255 visible ASCII characters.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>The key, or null when the request has none.</summary>
    /// <exception cref="ProblemException">There are several, or one of another form.</exception>
    public static string? From(HttpRequest request)
    {
        var values = request.Headers[Header];
        if (values.Count == 0)
            return null;
        var key = values.ToString();
        if (values.Count == 1 && key.Length is > 0 and <= 255 && key.All(c => c is > ' ' and < '\u007f'))
            return key;
        throw new ProblemException(Problems.InvalidValue(
            Header, key, "The Idempotency-Key is not of the form that it must have.", "Send it once, with 1 to 255 visible ASCII characters, such as a UUID."));
    }
}
