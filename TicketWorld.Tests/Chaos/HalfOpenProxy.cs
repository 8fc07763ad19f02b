using System.Net;
using System.Net.Sockets;

namespace TicketWorld.Tests.Chaos;

/// <summary>Which way a silent proxy forwards nothing.</summary>
internal enum Silence
{
    Both,

    /// <summary>What the client says does not arrive.</summary>
    ToServer,

    /// <summary>What the client says has its effect, and the client never hears of it.</summary>
    ToClient,
}

/// <summary>
/// The way from a host to the database. It can be cut (every connection is reset) or fall silent: connections stay open, new ones are
/// taken, and nothing is forwarded, as when a machine or a cable between is gone.
/// </summary>
internal sealed class HalfOpenProxy : IAsyncDisposable
{
    private readonly int _upstream;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly HashSet<Link> _links = [];
    private readonly Task _accepting;
    private TaskCompletionSource? _silentToServer;
    private TaskCompletionSource? _silentToClient;

    public HalfOpenProxy(int upstream)
    {
        _upstream = upstream;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool IsSilent
    {
        get
        {
            lock (_gate)
                return _silentToServer is not null || _silentToClient is not null;
        }
    }

    /// <summary>Resets every connection.</summary>
    public void Cut()
    {
        List<Link> links;
        lock (_gate)
            links = [.. _links];
        foreach (var link in links)
            link.Reset();
    }

    /// <summary>Forwards nothing for a while, then resets what was open meanwhile.</summary>
    public async Task FallSilentAsync(Silence way, TimeSpan time, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (way != Silence.ToClient)
                _silentToServer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (way != Silence.ToServer)
                _silentToClient = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await Task.Delay(time, cancellation);
        }
        catch (OperationCanceledException)
        {
            // It becomes calm, so the silence ends before its time.
        }
        finally
        {
            Cut();
            lock (_gate)
            {
                _silentToServer?.SetResult();
                _silentToClient?.SetResult();
                (_silentToServer, _silentToClient) = (null, null);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Cut();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var link = new Link(client, server);
        lock (_gate)
            _links.Add(link);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _upstream);
            (client.NoDelay, server.NoDelay) = (true, true);
            await Task.WhenAny(
                PumpAsync(client, server, () => _silentToServer),
                PumpAsync(server, client, () => _silentToClient));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The server does not answer; neither does this.
        }
        finally
        {
            lock (_gate)
                _links.Remove(link);
            link.Reset();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Func<TaskCompletionSource?> silent)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                Task? silence;
                lock (_gate)
                    silence = silent()?.Task;
                if (silence is not null)
                    await silence;
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side is gone.
        }
    }

    private sealed class Link(Socket client, Socket server) : IDisposable
    {
        /// <summary>Closes both sides with a reset.</summary>
        public void Reset()
        {
            foreach (var socket in (Socket[])[client, server])
            {
                try
                {
                    socket.LingerState = new(enable: true, seconds: 0);
                }
                catch (Exception error) when (error is SocketException or ObjectDisposedException)
                {
                    // It is closed already.
                }

                socket.Dispose();
            }
        }

        public void Dispose() => Reset();
    }
}
