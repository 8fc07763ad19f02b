namespace TicketWorld.ServiceDefaults.Correlation;

/// <summary>Hands the id of the current request on to the services it calls.</summary>
internal sealed class CorrelationHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (RequestCorrelation.Current is { } id && !request.Headers.Contains(RequestCorrelation.Header))
            request.Headers.Add(RequestCorrelation.Header, id);
        return base.SendAsync(request, cancellationToken);
    }
}
