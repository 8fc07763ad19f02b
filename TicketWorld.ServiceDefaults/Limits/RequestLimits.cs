using Microsoft.AspNetCore.Server.Kestrel.Core;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.ServiceDefaults.Limits;

/// <summary>
/// How much of a host one caller may take up before it is known who he is: connections, bytes of headers, and the time he takes to send.
/// </summary>
/// <param name="Connections">Open at a time; further ones are closed at once.</param>
/// <param name="HeaderBytes">All headers of a request together.</param>
/// <param name="HeaderTime">From the first byte of a request to the end of its headers.</param>
/// <param name="BodyBytesPerSecond">The slowest that a body may come in, after <see cref="Grace"/>.</param>
internal sealed record RequestLimits(int Connections, int HeaderBytes, TimeSpan HeaderTime, double BodyBytesPerSecond)
{
    private const int MostHeaders = 64;
    private const int LongestLine = 8 * 1024;

    /// <summary>A connection that says nothing is closed after this; browsers and proxies open a new one.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(120);

    /// <summary>How long a body may stand still before its speed counts.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Reads the section <c>Limits</c>; faults are added to the settings'.</summary>
    public static RequestLimits Read(Settings settings) => new(
        settings.Int("Limits:Connections", 1000, 1, 100_000),
        settings.Int("Limits:HeaderBytes", 16 * 1024, 1024, 1024 * 1024),
        settings.Seconds("Limits:HeaderSeconds", 15, 1, 600),
        settings.Int("Limits:BodyBytesPerSecond", 240, 1, 1_000_000));

    public void Apply(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = Connections;
        limits.MaxConcurrentUpgradedConnections = Connections;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestHeaderCount = MostHeaders;
        limits.MaxRequestLineSize = LongestLine;
        limits.RequestHeadersTimeout = HeaderTime;
        limits.KeepAliveTimeout = Idle;
        limits.MaxRequestBodySize = BodyLimit.Usual + BodyLimit.Slack;
        limits.MinRequestBodyDataRate = new(BodyBytesPerSecond, Grace);
    }
}
