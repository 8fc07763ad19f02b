using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketWorld.ServiceDefaults.Access;

namespace TicketWorld.ServiceDefaults.Loopback;

/// <summary>
/// The one place where a host opens a listening socket, whichever option named the address: it refuses every address
/// that other machines could reach, unless callers are asked for keys. Without keys who can reach a host may do everything.
/// </summary>
internal sealed class LoopbackListenerFactory(IOptions<SocketTransportOptions> options, ILoggerFactory loggers, IAccessGate gate)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    public bool CanBind(EndPoint endpoint) => true;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not IPEndPoint ip || (!IPAddress.IsLoopback(ip.Address) && !await gate.LookAsync(cancellationToken)))
        {
            throw new StartFaultException(
                $"The address {endpoint} would be reachable from other machines, and {(gate.Remedy is null ? "this host has no API keys" : "there is no API key yet")}: only loopback addresses are allowed. {gate.Remedy}{(gate.Remedy is null ? "Use" : " Or use")} "
                + "127.0.0.1 (for example --urls http://127.0.0.1:8000), and remove any other address from --urls, HOST, ASPNETCORE_URLS, ASPNETCORE_HTTP_PORTS and Kestrel:Endpoints.");
        }

        try
        {
            return await _sockets.BindAsync(ip, cancellationToken);
        }
        catch (AddressInUseException exception)
        {
            // Kestrel must see this type: for http://localhost it would otherwise go on with ::1 alone.
            throw new AddressInUseException(exception.Message, new StartFaultException(InUse(ip), exception));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new StartFaultException($"The address {ip} may not be opened by this user: ports below 1024 need extra rights. Choose a port from 1024 to 65535.", exception);
        }
    }

    /// <summary>The one line that every host prints for a port in use.</summary>
    internal static string InUse(IPEndPoint address) =>
        $"The address {address} is in use by another process. Stop that process, or choose another port: APP_PORT for the API, SILO_PORT for a silo, DASHBOARD_PORT for the dashboard.";
}
