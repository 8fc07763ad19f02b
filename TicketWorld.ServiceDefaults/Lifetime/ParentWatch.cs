using System.Runtime.InteropServices;

namespace TicketWorld.ServiceDefaults.Lifetime;

/// <summary>
/// Ends a process when the process that started it is gone, however that one ended.
/// </summary>
/// <remarks>
/// Two ways, named by the environment variable <see cref="Variable"/>:
/// <list type="bullet">
/// <item><c>stdin</c>: the parent holds the write end of this process's standard input and never writes. The operating
/// system closes that end when the parent dies, also by <c>kill -9</c>, and the read here returns end of file. It works
/// alike on Linux, macOS and Windows, and closing it on purpose is how the parent asks for a clean stop.</item>
/// <item><c>ppid</c>: for a parent that hands over no pipe (<c>dotnet run</c>), the parent's process id is compared with
/// the one at the start; an orphan is adopted by another process. Unix only: on Windows <c>dotnet run</c> ties its
/// child to itself with a job object.</item>
/// </list>
/// PR_SET_PDEATHSIG is not used: its signal follows the thread that started the child, and a thread pool retires threads.
/// A process that has not ended <see cref="Patience"/> after its parent went is ended at once; durable state survives that.
/// </remarks>
public sealed partial class ParentWatch : IDisposable
{
    /// <summary>The environment variable that asks for the watch: <c>stdin</c> or <c>ppid</c>.</summary>
    public const string Variable = "TICKETWORLD_PARENT_WATCH";

    /// <summary>How long a clean stop may take once the parent is gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _gone = new();
    private readonly ManualResetEventSlim _ended = new();

    private ParentWatch()
    {
    }

    /// <summary>Cancelled when the parent is gone.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>Starts the watch that the environment asks for, or one that never fires.</summary>
    public static ParentWatch StartIfAsked()
    {
        var watch = new ParentWatch();
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case "stdin":
                watch.Start(WaitForEndOfInput);
                break;
            case "ppid" when !OperatingSystem.IsWindows():
                var parent = ParentId();
                watch.Start(() => watch.WaitForAnotherParent(parent));
                break;
        }
        return watch;
    }

    /// <summary>Says that the process is ending by itself, so that its end is no longer forced.</summary>
    public void Dispose()
    {
        _ended.Set();
    }

    private void Start(Action waitForParent)
    {
        var thread = new Thread(() =>
        {
            waitForParent();
            if (_ended.IsSet)
                return;
            _gone.Cancel();
            if (!_ended.Wait(Patience))
                Environment.Exit(1);
        })
        {
            IsBackground = true,
            Name = "parent watch",
        };
        thread.Start();
    }

    private static void WaitForEndOfInput()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> buffer = stackalloc byte[256];
        while (input.Read(buffer) > 0)
        {
            // The parent does not write; whatever arrives is not ours to interpret.
        }
    }

    private void WaitForAnotherParent(int parent)
    {
        while (!_ended.Wait(LookInterval) && ParentId() == parent)
        {
            // Still the same parent.
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ParentId();
}
