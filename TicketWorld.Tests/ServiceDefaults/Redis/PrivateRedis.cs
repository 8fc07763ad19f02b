using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.ServiceDefaults.Redis;

/// <summary>A Redis of a test's own, which it may stop, kill, freeze and start again at the same address.</summary>
internal sealed class PrivateRedis : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = HostProcess.FreePort();
    private Process? _process;

    public string Password { get; } = RandomNumberGenerator.GetHexString(32);

    public string ConnectionString => $"127.0.0.1:{_port},password={Password}";

    public string Url => $"redis://:{Password}@127.0.0.1:{_port}/0";

    public string Place => $"127.0.0.1:{_port}";

    public static async Task<PrivateRedis> StartedAsync()
    {
        var redis = new PrivateRedis();
        await redis.StartAsync();
        return redis;
    }

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "redis-server", ["--bind", "127.0.0.1", "--port", $"{_port}", "--requirepass", Password, "--save", "", "--appendonly", "no", "--dir", _folder.Path])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        await Poll.UntilAsync(async () =>
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", _port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    /// <summary>Asks it to end (SIGTERM), and waits until it has.</summary>
    public Task StopAsync() => EndAsync("-TERM");

    /// <summary>Kills it (SIGKILL).</summary>
    public Task KillAsync() => EndAsync("-KILL");

    /// <summary>Takes its processor away (SIGSTOP): connections stay open and nothing answers.</summary>
    public void Freeze() => Signal("-STOP");

    public void Thaw() => Signal("-CONT");

    /// <summary>Runs a command and gives what redis-cli prints.</summary>
    public async Task<string> CommandAsync(params string[] words)
    {
        var start = new ProcessStartInfo("redis-cli", ["-p", $"{_port}", .. words]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["REDISCLI_AUTH"] = Password;
        using var cli = Process.Start(start)!;
        var output = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return output.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        _folder.Dispose();
    }

    private async Task EndAsync(string signal)
    {
        Signal(signal);
        await _process!.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private void Signal(string signal) => Process.Start("kill", [signal, $"{_process!.Id}"]).WaitForExit();
}
