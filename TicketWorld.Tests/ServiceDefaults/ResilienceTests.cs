using System.Net;
using TicketWorld.ServiceDefaults.Resilience;

namespace TicketWorld.Tests.ServiceDefaults;

public sealed class ResilienceTests
{
    private static readonly OutgoingLimits Limits = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10), 3, TimeSpan.FromMilliseconds(1));

    [Theory]
    [InlineData("GET", false, 3)]
    [InlineData("PUT", false, 3)]
    [InlineData("DELETE", false, 3)]
    [InlineData("POST", false, 1)]
    [InlineData("POST", true, 3)]
    public async Task Only_calls_that_may_be_repeated_are_repeated(string method, bool withKey, int attempts)
    {
        var server = new Server(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        using var client = ClientFor(server);
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://127.0.0.1/");
        if (withKey)
            request.Headers.Add("Idempotency-Key", "k");
        using var response = await client.SendAsync(request);
        Assert.Equal(attempts, server.Attempts);
        Assert.Equal(attempts == 3 ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task An_answer_that_will_not_change_is_not_asked_for_again(HttpStatusCode status)
    {
        var server = new Server(status, HttpStatusCode.OK);
        using var client = ClientFor(server);
        using var response = await client.GetAsync(new Uri("http://127.0.0.1/"));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public async Task A_failed_connection_is_tried_again_and_in_the_end_reported()
    {
        var server = new Server();
        using var client = ClientFor(server);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://127.0.0.1/")));
        Assert.Equal(4, server.Attempts);
    }

    private static HttpClient ClientFor(Server server) => new(new ResilienceHandler(Limits, TimeProvider.System) { InnerHandler = server });

    /// <summary>Answers the given statuses in turn, and breaks the connection after the last.</summary>
    private sealed class Server(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        public int Attempts { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Attempts++ < answers.Length
                ? Task.FromResult(new HttpResponseMessage(answers[Attempts - 1]))
                : throw new HttpRequestException("connection refused");
    }
}
