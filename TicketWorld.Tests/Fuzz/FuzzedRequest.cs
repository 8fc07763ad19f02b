using System.Globalization;
using System.Text;
using TicketWorld.Tests.Api.Contract;

namespace TicketWorld.Tests.Fuzz;

/// <summary>A request as it goes over the wire.</summary>
internal sealed record FuzzedRequest(int Number, ApiOperation Operation, Fault Fault)
{
    public required string Method { get; init; }

    /// <summary>Path and query, as they are sent.</summary>
    public required string Target { get; init; }

    /// <summary>In order; repeated and malformed ones as well.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether the length is said as fault demands and not as it is.</summary>
    public bool OwnFraming { get; init; }

    public bool Chunked { get; init; }

    /// <summary>Pauses between pieces of the body.</summary>
    public bool Slow { get; init; }

    /// <summary>The bytes up to the body. Text above U+007F goes out in Latin-1.</summary>
    /// <param name="host">The server.</param>
    /// <param name="key">The API key.</param>
    public byte[] Head(string host, string key)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Method} {Target} HTTP/1.1\r\n");
        if (!Headers.Any(header => header.StartsWith("Host", StringComparison.OrdinalIgnoreCase)))
            head.Append(CultureInfo.InvariantCulture, $"Host: {host}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"X-API-Key: {key}\r\n");
        foreach (var header in Headers.Where(header => header != "Host-is-missing"))
            head.Append(header).Append("\r\n");
        if (!OwnFraming && Chunked)
            head.Append("Transfer-Encoding: chunked\r\n");
        else if (!OwnFraming && (Body.Length > 0 || Method is "POST" or "PUT" or "PATCH"))
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, 300)]);
        return $"{Fault}: {Method} {(Target.Length > 300 ? Target[..300] + "…" : Target)} [{string.Join(" | ", Headers.Select(header => header.Length > 100 ? header[..100] + "…" : header))}] {text}{(Body.Length > 300 ? $"… ({Body.Length} bytes)" : "")}";
    }
}

/// <summary>What came back.</summary>
/// <param name="Status">0 when nothing came.</param>
/// <param name="Headers">By name.</param>
/// <param name="Body">Without its framing.</param>
/// <param name="Hung">Nothing, or not all, came in time.</param>
/// <param name="Cut">The connection ended before an answer, or within one.</param>
internal sealed record FuzzedAnswer(int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, bool Hung = false, bool Cut = false)
{
    public string? MediaType => Headers.GetValueOrDefault("Content-Type")?.Split(';')[0].Trim();

    public bool Closes => string.Equals(Headers.GetValueOrDefault("Connection"), "close", StringComparison.OrdinalIgnoreCase);
}
