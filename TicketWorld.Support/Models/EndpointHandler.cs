using System.Globalization;

namespace TicketWorld.Support.Models;

/// <summary>
/// What every call of an endpoint goes through, whatever its protocol. An answer is read whole, up to a length, since an endpoint
/// without end must not fill the memory. A status other than success becomes a <see cref="ModelCallException"/> here: what the endpoint
/// said with it is not read, since it may hold the key or the prompt, and the libraries above put it into their errors.
/// </summary>
internal sealed class EndpointHandler(ModelEndpoint endpoint, HttpMessageHandler inner, long mostBytes, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>Longest answer that is read; what is asked for is a few kilobytes.</summary>
    private const long MostBytes = 4 << 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>A client of the endpoint without a time limit of its own, cookies or redirects: a redirect would take the prompt, and maybe the key, to another host.</summary>
    public static HttpClient ClientOf(ModelEndpoint endpoint, TimeProvider time) =>
        new(new EndpointHandler(endpoint, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null }, MostBytes, time))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in endpoint.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (endpoint is { KeyHeader: true, Key: { } key })
        {
            request.Headers.Authorization = null;
            request.Headers.TryAddWithoutValidation("api-key", key.Reveal());
        }

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!response.IsSuccessStatusCode)
                throw FaultOf(response);
            if (response.Content.Headers.ContentLength > mostBytes)
                throw TooLong();
            await response.Content.LoadIntoBufferAsync(mostBytes, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch (Exception e)
        {
            response.Dispose();
            if (e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
                throw TooLong();
            throw;
        }
    }

    private ModelCallException FaultOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status is 408 or 409 or 429 or >= 500
            ? new ModelCallException(ModelFault.Overloaded, $"The model's endpoint answered {status}.", RetryAfter(response))
            : new ModelCallException(ModelFault.Refused, $"The model's endpoint answered {status}{Meaning(status)}.");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Retry-After", out var values) || values.FirstOrDefault() is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds));
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || at <= time.GetUtcNow())
            return null;
        var wait = at - time.GetUtcNow();
        return wait < LongestWait ? wait : LongestWait;
    }

    private ModelCallException TooLong() => new(ModelFault.Malformed, $"The model's answer is longer than {mostBytes} bytes.");

    private static string Meaning(int status) => status switch
    {
        401 or 403 => " (the key is missing, wrong or may not use the model)",
        404 => " (no such model or address)",
        >= 300 and < 400 => " (a redirect, which is not followed; correct the address)",
        _ => "",
    };
}
