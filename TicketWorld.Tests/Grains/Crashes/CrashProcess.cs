using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace TicketWorld.Tests.Grains.Crashes;

/// <summary>A silo in a process of its own that a test can kill at any moment.</summary>
internal sealed class CrashProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _errors = new();

    private CrashProcess(string folder)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", ["exec", typeof(CrashProgram).Assembly.Location, folder])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null)
                _lines.Writer.TryComplete();
            else
                _lines.Writer.TryWrite(e.Data);
        };
        _process.ErrorDataReceived += (_, e) => _errors.Enqueue(e.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static async Task<CrashProcess> StartAsync(string folder)
    {
        var started = new CrashProcess(folder);
        if (await started.ReadAsync() != "ready")
            throw new InvalidOperationException(string.Join('\n', started._errors));
        return started;
    }

    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The next line of its output; null when it has ended.</summary>
    public async Task<string?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await _lines.Reader.WaitToReadAsync(limit.Token) ? await _lines.Reader.ReadAsync(limit.Token) : null;
    }

    public async Task<string?> AskAsync(string line)
    {
        await SendAsync(line);
        return await ReadAsync();
    }

    /// <summary>Kills the process (SIGKILL), and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
