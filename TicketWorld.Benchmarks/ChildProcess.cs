using System.Diagnostics;
using System.Text.Json;

namespace TicketWorld.Benchmarks;

/// <summary>Runs a part of a benchmark in a process of its own, so that its memory and its start are its own.</summary>
internal static class ChildProcess
{
    /// <summary>Runs this program with the arguments and reads the one line of JSON that it prints.</summary>
    public static T Run<T>(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<T>(output)!
            : throw new InvalidOperationException($"The run '{string.Join(' ', arguments)}' ended with {process.ExitCode}.");
    }

    /// <summary>Starts this program with the arguments; what it prints and what it reads are the caller's.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
