using System.Net;
using TicketWorld.Api.Access;

namespace TicketWorld.Api.RateLimits;

/// <summary>Whose calls are counted together.</summary>
internal interface IRateLimitPartition
{
    /// <summary>The caller's name for keys and logs: short, and no secret.</summary>
    string Of(HttpContext context);
}

/// <summary>Calls with one key are of one caller, wherever they come from; without a key the address counts.</summary>
internal sealed class CallerPartition : IRateLimitPartition
{
    private readonly AddressPartition _addresses = new();

    public string Of(HttpContext context) => Caller.Of(context).KeyId is { } key ? "key-" + key : _addresses.Of(context);
}

/// <summary>Calls from one address are of one caller. Of an IPv6 address the network counts, since one machine has many.</summary>
internal sealed class AddressPartition : IRateLimitPartition
{
    private const int NetworkBytes = 8;

    public string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork || IPAddress.IsLoopback(address))
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
