namespace TicketWorld.Support.Models;

/// <summary>Reads an answer whole, up to a length: an endpoint without end must not fill the memory.</summary>
internal sealed class BoundedAnswerHandler(HttpMessageHandler inner, long mostBytes) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if (response.Content.Headers.ContentLength > mostBytes)
                throw new ModelCallException(ModelFault.Malformed, $"The model's answer is longer than {mostBytes} bytes.");
            await response.Content.LoadIntoBufferAsync(mostBytes, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch (Exception e)
        {
            response.Dispose();
            if (e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
                throw new ModelCallException(ModelFault.Malformed, $"The model's answer is longer than {mostBytes} bytes.", inner: e);
            throw;
        }
    }
}
