using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TicketWorld.AppHost.Processes;

/// <summary>Ports of 127.0.0.1 that nobody listens on and that were given to nobody else.</summary>
internal static class LoopbackPorts
{
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Free()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            if (Given.TryAdd(port, true))
                return port;
        }
    }
}
