using System.Diagnostics;
using System.Globalization;

namespace TicketWorld.Benchmarks;

/// <summary>The largest resident memory of this process.</summary>
internal static class PeakMemory
{
    /// <summary>In bytes; the kernel's own high-water mark where there is one.</summary>
    public static long Read()
    {
        const string status = "/proc/self/status";
        if (File.Exists(status) && File.ReadLines(status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line)
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
