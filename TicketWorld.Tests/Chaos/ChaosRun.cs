using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TicketWorld.Grains.Runtime;
using TicketWorld.Tests.Grains.Crashes;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Chaos;

// What a chaos run does
// =====================
//
// Calm. The batches are made once by an embedded API without faults, and their files are hashed.
//
// Faults. An API that runs no grains and three silos share a PostgreSQL and a Redis, each host over a proxy of its own. Three loads run:
// batches and tickets over HTTP by a client that tries again with the same Idempotency-Key, and ledger entries, some of which fail
// before they succeed. Meanwhile each host lives one short life after the other (Fates.cs): ended by itself at a crash point,
// killed, frozen for longer than a lease, or stopped; and servers and connections fail (ServerFaults.cs). This goes on until the first batch
// is complete, enough processes were killed and, but for --brief, every crash point has ended a process and every kind of fault has happened.
//
// Calm again. The hosts live on, the loads end with what they have begun, and everything is counted: files against the first calm, tickets against
// their history, entries against states, rows and what was passed on, and the database against what must be left over: nothing.

/// <inheritdoc cref="ChaosProgram"/>
internal sealed class ChaosRun(ChaosOptions options, string folder, TextWriter output) : IAsyncDisposable
{
    private const int Silos = 3;
    private const string Schema = "chaos";

    /// <summary>How long what has begun may take to end once it is calm.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Tally _tally = new(output);
    private readonly List<HostLives> _hosts = [];
    private readonly List<HalfOpenProxy> _ways = [];
    private readonly Pace _pace = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int _port = HostProcess.FreePort();

    private static readonly string[] EnqueuePoints = [CrashPoints.EnqueueBegun, CrashPoints.EnqueueWritten];

    private static IReadOnlyList<string> AllPoints { get; } =
        [.. typeof(CrashPoints).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>Whether nothing was wrong.</summary>
    public async Task<bool> RunAsync()
    {
        var left = new LeftOvers(ConnectAsync, _tally);
        Say($"seed {options.Seed}; {options.Tickets} tickets, {Silos} silos, at least {options.Kills} kills, {AllPoints.Count} crash points");
        Say("PostgreSQL " + await left.SettingsAsync());
        var calm = await MakeInPeaceAsync();
        Say($"{Elapsed}: the batches are made without faults");

        AddHosts();
        await Task.WhenAll(_hosts.Select(host => host.StartAsync()));
        var own = AddWay();
        await using var link = await GrainLink.OpenAsync(Through(own), _tally);
        using var api = new ApiClient(_port, _tally);
        var ledger = new LedgerLoad(link, _pace, _tally, ConnectAsync);
        var tickets = new TicketLoad(api, link, _tally, options.OpenedTickets);
        var batches = new BatchLoad(api, _tally, options);
        await ledger.PrepareAsync();
        await tickets.PrepareAsync(CancellationToken.None);
        Say($"{Elapsed}: the hosts run; faults begin");

        using var ended = new CancellationTokenSource();
        var repairs = ledger.RepairAsync(ended.Token);
        await SufferAsync(ledger, tickets, batches);
        Say($"{Elapsed}: calm; the loads have ended what they had begun");
        await WaitForEndAsync(left, ledger);
        await ended.CancelAsync();
        await repairs;
        var state = await CountAsync(link, LedgerLoad.LedgerNames);
        var passed = await CountAsync(link, LedgerGrain.Sums);
        await batches.CheckAsync(calm, CancellationToken.None);
        var ticketsWrong = await tickets.CheckAsync(CancellationToken.None);
        await Task.WhenAll(_hosts.Select(host => host.StopAsync()));
        var messages = await left.CheckAsync();
        var entries = await left.CheckEntriesAsync(ledger.Accepted);
        var lostPieces = await SweepAsync(left);
        var accepted = ledger.Accepted.Count;
        var lost = entries.Lost + ticketsWrong.Lost + Missing(accepted, state) + Missing(accepted, passed);
        var doubled = entries.Doubled + ticketsWrong.Doubled + Missing(state, accepted) + Missing(passed, accepted);

        Report();
        Say($"messages         {messages}, all ended; ledger messages parked, repaired and replayed: {ledger.Replayed}");
        Say($"ledger           accepted {accepted} = counted {state} = rows {entries.Rows} = passed on {passed}");
        Say($"tickets          {tickets.Accepted} accepted over HTTP, each closed once");
        Say($"batches          {string.Join(", ", batches.Completed.GroupBy(b => b.Tickets).Select(group => $"{group.Count()} of {group.Key} tickets"))}: each file has the same bytes as without faults ({calm[options.Tickets].Count} files)");
        Say($"lost turns       left {lostPieces} pieces of chunks; the sweep removed them");
        Say($"wall time        {Elapsed}");
        if (lost + doubled > 0)
            _tally.Violation($"lost {lost}, duplicated {doubled}");
        Say($"lost = {lost}, duplicated = {doubled}, violations = {_tally.Violations.Count}");
        return _tally.Violations.Count == 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _ways)
            await proxy.DisposeAsync();
    }

    private string Elapsed => _clock.Elapsed.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static int Missing(int of, int found) => Math.Max(0, of - found);

    /// <summary>The hashes of the files of each size of batch, made by an embedded API.</summary>
    private async Task<IReadOnlyDictionary<int, SortedDictionary<string, string>>> MakeInPeaceAsync()
    {
        var port = HostProcess.FreePort();
        await using var process = HostProcess.Start("TicketWorld.Api", folder, ["--port", $"{port}", "--data", Path.Combine(folder, "calm")], ("LOG_LEVEL", "warning"));
        using var api = new ApiClient(port, _tally);
        var made = new Dictionary<int, SortedDictionary<string, string>>();
        foreach (var tickets in (int[])[options.Tickets, options.LaterTickets])
        {
            if (made.ContainsKey(tickets))
                continue;
            var answer = await api.PostAsync("/api/v1/batches", BatchLoad.OptionsFor(tickets), $"calm-{tickets}", CancellationToken.None);
            var id = answer.GetProperty("batch_id").GetString()!;
            if (await api.EndOfBatchAsync(id, null, CancellationToken.None) is not "completed" and var end)
                throw new InvalidOperationException($"Without faults the batch of {tickets} tickets ended as {end}.");
            made.Add(tickets, await api.FilesAsync(id, CancellationToken.None));
        }

        process.Terminate();
        await process.ExitAsync();
        Directory.Delete(Path.Combine(folder, "calm"), recursive: true);
        return made;
    }

    /// <summary>The silos, and after them the API.</summary>
    private void AddHosts()
    {
        for (var silo = 0; silo < Silos; silo++)
            _hosts.Add(new($"silo {silo}", "silo", folder, ["--port", "0"], Environment(AddWay()), _pace, _tally));
        _hosts.Add(new("api", "api", folder, ["--port", $"{_port}"], [.. Environment(AddWay()), ("RUN_GRAINS", "false")], _pace, _tally));
    }

    private Fates FatesOf(int host)
    {
        var ofSilos = AllPoints.Except(EnqueuePoints).OrderBy(_ => _, StringComparer.Ordinal).ToList();
        return host < Silos
            ? new(Random(host), _pace, [.. ofSilos.Where((_, i) => i % Silos == host)], isSilo: true)
            : new(Random(host), _pace, EnqueuePoints, isSilo: false);
    }

    /// <summary>The draws of one of the parts, so that each part's plan is its own.</summary>
    private Random Random(int part) => new((options.Seed * 1000) + part);

    private HalfOpenProxy AddWay()
    {
        var proxy = new HalfOpenProxy(TestInstances.PostgresPort);
        _ways.Add(proxy);
        return proxy;
    }

    private static string Through(HalfOpenProxy way) =>
        new NpgsqlConnectionStringBuilder(TestInstances.Database(Schema, way.Port)) { Timeout = 5, CommandTimeout = 5, MaxPoolSize = 20 }.ConnectionString;

    private static List<(string, string)> Environment(HalfOpenProxy way) =>
    [
        ("ConnectionStrings__ticketdb", Through(way)),
        ("ConnectionStrings__redis", TestInstances.Redis),
        ("Grains__MaxInterruptions", "1000"),
        ("Grains__BackOff", "00:00:00.05"),
        ("Grains__MaxBackOff", "00:00:01"),
        ("Grains__PollInterval", "00:00:00.2"),
        ("Grains__IdleTime", "00:00:01"),
        ("Logging__LogLevel__Microsoft.Hosting.Lifetime", "Information"),
        ("DOTNET_TieredPGO", "0"),
    ];

    private static async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(TestInstances.Database(Schema)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs the loads under faults until there were enough of them, then lets the loads end.</summary>
    private async Task SufferAsync(LedgerLoad ledger, TicketLoad tickets, BatchLoad batches)
    {
        using var calm = new CancellationTokenSource();
        var faults = new ServerFaults(Random(_hosts.Count), _pace, _ways, options, _tally);
        await Task.WhenAll(_hosts.Select(host => host.StopAsync()));
        Task[] loads = [ledger.RunAsync(calm.Token), tickets.RunAsync(calm.Token), batches.RunAsync(calm.Token)];
        Task[] suffering = [.. _hosts.Select((host, i) => host.RunAsync(FatesOf(i), calm.Token)), faults.RunAsync(calm.Token)];
        var said = TimeSpan.Zero;
        var (moved, movedAt) = ((0, 0), _clock.Elapsed);
        while (!IsEnough(faults, batches))
        {
            await Task.Delay(500);
            if (moved != (batches.Completed.Count, batches.Done))
                (moved, movedAt) = ((batches.Completed.Count, batches.Done), _clock.Elapsed);
            if (!IsMade(batches) && _clock.Elapsed - movedAt > Patience)
            {
                _tally.Violation($"no ticket of a batch was made for {Patience.TotalMinutes} min");
                break;
            }

            await Task.WhenAll(loads.Concat(suffering).Where(task => task.IsFaulted));
            if (_clock.Elapsed - said < TimeSpan.FromSeconds(15))
                continue;
            said = _clock.Elapsed;
            Say($"{Elapsed}: {_tally.KillCount} kills, {_tally.Points.Count} of {AllPoints.Count} crash points, {batches.Completed.Count} batches and {batches.Done} tickets, {ledger.Accepted.Count} entries, {tickets.Accepted} tickets opened, {_tally.Violations.Count} violations, {_pace}");
        }

        await calm.CancelAsync();
        await Task.WhenAll(suffering).WaitAsync(Patience);
        try
        {
            await Task.WhenAll(loads).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _tally.Violation($"what had begun has not ended after {Patience.TotalMinutes} min of calm");
        }
    }

    /// <summary>Whether all tickets of a batch are made. Its files are summed up in one long turn, which may have to wait for the calm.</summary>
    private bool IsMade(BatchLoad batches) => batches.Completed.Count > 0 || batches.Done >= options.Tickets;

    private bool IsEnough(ServerFaults faults, BatchLoad batches) =>
        IsMade(batches) && _tally.KillCount >= options.Kills
        && (!options.MeetsAll || (_tally.Points.Count == AllPoints.Count && faults.IsComplete));

    /// <summary>Waits until no message waits any more; what waits then for ever is lost.</summary>
    private async Task WaitForEndAsync(LeftOvers left, LedgerLoad ledger)
    {
        try
        {
            await Poll.UntilAsync(async () => await left.WaitingAsync() <= ledger.Foreign, Patience);
        }
        catch (OperationCanceledException)
        {
            _tally.Violation($"messages wait still after {Patience.TotalMinutes} min of calm");
        }
    }

    private static async Task<int> CountAsync(GrainLink link, IEnumerable<string> ledgers)
    {
        var counted = 0;
        foreach (var ledger in ledgers)
            await link.CallAsync(ledger, async () => counted += await link.Grains.GetGrain<ILedgerGrain>(ledger).Count(), CancellationToken.None);
        return counted;
    }

    /// <summary>Lets the start of a silo sweep; gives how many pieces were left over before.</summary>
    private async Task<long> SweepAsync(LeftOvers left)
    {
        var lost = await left.LostPiecesAsync();
        await left.AgeChunksAsync();
        await _hosts[0].StartAsync();
        await _hosts[0].StopAsync();
        await left.CheckSweptAsync();
        return lost;
    }

    private void Report()
    {
        Say($"kills            {_tally.KillCount}");
        foreach (var (what, count) in _tally.Kills)
            Say($"  {count,6}  {what}");
        Say("other faults");
        foreach (var (what, count) in _tally.Faults)
            Say($"  {count,6}  {what}");
        Say("kills by crash point");
        foreach (var point in AllPoints)
            Say($"  {_tally.Points.GetValueOrDefault(point),6}  {point}");
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
