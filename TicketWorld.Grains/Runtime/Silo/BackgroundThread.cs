using System.Runtime.InteropServices;

namespace TicketWorld.Grains.Runtime;

/// <summary>
/// Makes the calling thread yield to others. On Linux .NET's thread priorities have no effect, but a thread may raise its own
/// nice value; without it a silo full of bulk turns answers tens of milliseconds later on a busy machine.
/// </summary>
internal static class BackgroundThread
{
    private const int CallingThread = 0;
    private const int Nice = 10;

    /// <summary>Lowers the priority of the calling thread as far as the system lets it; a refusal costs responsiveness only.</summary>
    public static void Yielding()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (OperatingSystem.IsLinux())
            _ = SetPriority(which: 0, CallingThread, Nice);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetPriority(int which, int who, int priority);
}
