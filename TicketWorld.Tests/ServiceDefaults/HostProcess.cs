using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TicketWorld.Tests.ServiceDefaults;

/// <summary>A host as a user runs it: a process of its own, in a folder of its own, which ends with the test.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly List<(Func<string, bool> Match, TaskCompletionSource<string> Seen)> _waits = [];
    private readonly List<string> _lines = [];
    private readonly Task _pumps;

    private HostProcess(Process process)
    {
        _process = process;
        _pumps = Task.WhenAll(PumpAsync(process.StandardOutput, _output), PumpAsync(process.StandardError, _error));
    }

    public int Id => _process.Id;

    public string Error
    {
        get
        {
            lock (_lines)
                return _error.ToString();
        }
    }

    public string Output
    {
        get
        {
            lock (_lines)
                return _output.ToString();
        }
    }

    public static HostProcess Start(string assembly, string folder, IEnumerable<string>? args = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        foreach (var arg in args ?? [])
            start.ArgumentList.Add(arg);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>The first line of output, past or to come, that matches.</summary>
    public async Task<string> LineAsync(Func<string, bool> match)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lines)
        {
            if (_lines.Find(line => match(line)) is { } past)
                return past;
            _waits.Add((match, seen));
        }
        try
        {
            return await seen.Task.WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The line did not appear. Output:\n{Output}\nError:\n{Error}", exception);
        }
    }

    /// <summary>Forgets the lines so far, so that the next wait is for a new one.</summary>
    public void ForgetLines()
    {
        lock (_lines)
            _lines.Clear();
    }

    public void Kill() => _process.Kill();

    /// <summary>Asks for a clean stop, as a service manager does.</summary>
    public void Terminate() => Signal("TERM");

    /// <param name="name">Without <c>SIG</c>.</param>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public bool HasLine(string line)
    {
        lock (_lines)
            return _lines.Contains(line);
    }

    /// <param name="patience">How long it may take; null for <see cref="Patience"/>.</param>
    public async Task<int> ExitAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        await _process.WaitForExitAsync(limit.Token);
        await _pumps.WaitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task PumpAsync(StreamReader reader, StringBuilder text)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                text.AppendLine(line);
                _lines.Add(line);
                foreach (var wait in _waits.FindAll(wait => wait.Match(line)))
                {
                    wait.Seen.TrySetResult(line);
                    _waits.Remove(wait);
                }
            }
        }
    }
}
