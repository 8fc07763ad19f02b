using System.Diagnostics;

namespace TicketWorld.AppHost.Processes;

/// <summary>
/// A started process. It holds the read end of a pipe as its standard input; the write end is held here and by nobody
/// else, so it closes when this process ends in any way, and the child ends then too (see ParentWatch).
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process, Action<string, bool> line)
    {
        _process = process;
        Output = Task.WhenAll(Pump(process.StandardOutput, false, line), Pump(process.StandardError, true, line));
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    /// <summary>Completes when both output streams have ended.</summary>
    public Task Output { get; }

    /// <param name="plan">What to start.</param>
    /// <param name="line">Receives each line of output, and whether it came from standard error.</param>
    public static ChildProcess Start(ProcessPlan plan, Action<string, bool> line)
    {
        var start = new ProcessStartInfo(plan.Command.Launcher[0])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in plan.Command.Launcher.Skip(1).Append(plan.Command.Program).Concat(plan.Command.Arguments))
            start.ArgumentList.Add(argument);
        if (!plan.Command.InheritsEnvironment)
        {
            start.Environment.Clear();
            start.Environment["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin";
        }
        // These describe the AppHost's own start, not the child's.
        foreach (var inherited in new[] { "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS", "URLS" })
            start.Environment.Remove(inherited);
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{plan.Name} did not start.");
        return new(process, line);
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks for a clean stop by closing the pipe, and ends the process when that takes longer than <paramref name="patience"/>.</summary>
    /// <returns>Whether it stopped by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan patience, TimeProvider time)
    {
        CloseInput();
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }

    /// <summary>Processor time used so far and memory in use; null when the process has ended.</summary>
    public (TimeSpan Processor, long Memory)? Usage()
    {
        try
        {
            _process.Refresh();
            return (_process.TotalProcessorTime, _process.WorkingSet64);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        CloseInput();
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private void Kill() => _process.Kill(entireProcessTree: true);

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child ended first and the pipe is broken, which is what closing it was for.
            return;
        }
    }

    private static async Task Pump(StreamReader reader, bool isError, Action<string, bool> line)
    {
        while (await reader.ReadLineAsync() is { } text)
            line(text, isError);
    }
}
