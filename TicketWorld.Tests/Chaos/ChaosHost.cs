using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using TicketWorld.Api;
using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;
using TicketWorld.ServiceDefaults;
using TicketWorld.Silo;
using TicketWorld.Tests.Chaos;
using TicketWorld.Tests.Grains.Crashes;

[assembly: HostingStartup(typeof(ChaosHost))]

namespace TicketWorld.Tests.Chaos;

/// <summary>The API or the silo as their own programs run them, in a process that knows the ledger grain and ends itself at a crash point.</summary>
internal sealed class ChaosHost : IHostingStartup
{
    public const string Command = "chaos-host";

    /// <summary>The crash point at which the process ends itself.</summary>
    public const string PointVariable = "TICKETWORLD_CRASH_POINT";

    /// <summary>At which pass of the point.</summary>
    public const string PassVariable = "TICKETWORLD_CRASH_PASS";

    public static async Task<int> RunAsync(string[] args)
    {
        if (Environment.GetEnvironmentVariable(PointVariable) is { } point)
            CrashAt(point, int.Parse(Environment.GetEnvironmentVariable(PassVariable)!, System.Globalization.CultureInfo.InvariantCulture));
        return args switch
        {
            ["api", .. var rest] => await HostRun.RunAsync(ApiHost.Description, rest, ApiHost.Build),
            ["silo", .. var rest] => await HostRun.RunAsync(SiloHost.Description, rest, SiloHost.Build),
            _ => 2,
        };
    }

    /// <summary>What the process says before it ends itself.</summary>
    public static string LastWords(string point) => $"crash point {point}";

    /// <inheritdoc/>
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddGrains(AddLedger));

    public static void AddLedger(IGrainsBuilder grains) => grains
        .Add<ILedgerGrain, LedgerGrain>()
        .AddStatement("count_entry", "INSERT INTO entries (entry) VALUES (@entry)")
        .AddStatement("count_repairs", "SELECT count(*)::integer FROM repairs WHERE entry = @entry");

    private static void CrashAt(string point, int pass)
    {
        var left = pass;
        CrashPoints.Passed = passed =>
        {
            if (passed != point || Interlocked.Decrement(ref left) != 0)
                return;
            Console.Out.WriteLine(LastWords(point));
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        };
    }
}
