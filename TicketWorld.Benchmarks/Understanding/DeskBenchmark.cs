using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Api;
using TicketWorld.Grains.Access;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>
/// Tickets a second over HTTP, by rules alone, with everything kept (SQLite, <c>synchronous=FULL</c>): 32 clients as fast as they can, then at half of that rate;
/// and the workflow and the classification without the desk around them. The API is a process of its own.
/// </summary>
internal static class DeskBenchmark
{
    private const int Clients = 32;
    private const int WarmTickets = 4000;
    private const int ManyTickets = 10_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--child", var folder, var port])
            return await ServeAsync(folder, port);
        var seconds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20;
        var texts = Texts();
        Workflow(texts);
        var data = Directory.CreateTempSubdirectory("ticketworld-desk-").FullName;
        using var api = ChildProcess.Start("desk", "--child", data, "0");
        try
        {
            var address = await api.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The API did not start.");
            var key = await api.StandardOutput.ReadLineAsync();
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients }) { BaseAddress = new(address) };
            client.DefaultRequestHeaders.Add("X-API-Key", key);
            var sent = 0;
            await LoadAsync(client, texts, TimeSpan.FromMinutes(5), perSecond: null, () => Interlocked.Increment(ref sent), most: WarmTickets);
            sent = WarmTickets;
            var worked = api.TotalProcessorTime;
            var full = await LoadAsync(client, texts, TimeSpan.FromSeconds(seconds), perSecond: null, () => Interlocked.Increment(ref sent));
            api.Refresh();
            var each = (api.TotalProcessorTime - worked).TotalMilliseconds / full.Times.Length;
            Console.WriteLine($"process, {Clients} clients: {full.Rate:N0} tickets/s for {seconds} s; {full.Quantiles}; {each:0.00} ms of a processor each");
            var half = await LoadAsync(client, texts, TimeSpan.FromSeconds(seconds), full.Rate / 2, () => Interlocked.Increment(ref sent));
            Console.WriteLine($"process, at half of that: {half.Rate:N0} tickets/s; {half.Quantiles}");
            var many = await LoadAsync(client, texts, TimeSpan.FromMinutes(5), perSecond: null, () => Interlocked.Increment(ref sent), ManyTickets, "c-many");
            Console.WriteLine($"process, {ManyTickets:N0} tickets of one customer, all open: {many.Rate:N0} tickets/s; {many.Quantiles}");
            var next = await LoadAsync(client, texts, TimeSpan.FromSeconds(5), perSecond: 20, () => Interlocked.Increment(ref sent), customer: "c-many");
            Console.WriteLine($"process, that customer's next ones, one at a time: {next.Quantiles}");
            Console.WriteLine($"kept: {new DirectoryInfo(data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / (double)sent:N0} bytes a ticket, write-ahead log included; journal_mode=WAL synchronous=FULL");
            return full.Failures + half.Failures + many.Failures + next.Failures == 0 ? 0 : 1;
        }
        finally
        {
            api.StandardInput.Close();
            await api.WaitForExitAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>The API with a key whose rate is not limited, until standard input ends.</summary>
    private static async Task<int> ServeAsync(string folder, string port)
    {
        await using var host = ApiHost.Build([$"--urls=http://127.0.0.1:{port}", $"--DATA_FOLDER={folder}", "--LOG_LEVEL=error"]);
        await host.StartAsync();
        await Console.Out.WriteLineAsync(host.Urls.Single());
        var made = await host.Services.GetRequiredService<IApiKeys>().MakeAsync(new() { Name = "benchmark", Role = "admin", Rate = 0 }, TimeProvider.System.GetUtcNow());
        await Console.Out.WriteLineAsync(made.Text.Reveal());
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
        return 0;
    }

    /// <summary>The whole workflow, and classification alone, on one thread.</summary>
    private static void Workflow(TicketText[] texts)
    {
        var files = new RuleFiles();
        var workflow = TicketWorkflow.Over(files, new NoStepModels(), TimeProvider.System);
        var analyser = new RuleAnalyser(files);
        foreach (var (name, run) in ((string, Action<TicketText>)[])
        [
            ("classify alone", text => analyser.Analyse(text)),
            ("the workflow's steps", text => workflow.RunAsync(text, new(), [], CancellationToken.None).GetAwaiter().GetResult()),
        ])
        {
            for (var warm = 0; warm < 3; warm++)
                Array.ForEach(texts, text => run(text));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            var rounds = 0;
            for (; watch.Elapsed < TimeSpan.FromSeconds(3); rounds++)
                Array.ForEach(texts, text => run(text));
            var count = rounds * texts.Length;
            Console.WriteLine($"{name}, one thread: {count / watch.Elapsed.TotalSeconds:N0} tickets/s, {(GC.GetAllocatedBytesForCurrentThread() - before) / count:N0} bytes allocated a ticket");
        }
    }

    /// <param name="perSecond">Requests are sent at this rate, whatever the answers take; null sends the next when the last is answered.</param>
    private static async Task<Load> LoadAsync(HttpClient client, TicketText[] texts, TimeSpan duration, double? perSecond, Func<int> next, int most = int.MaxValue, string? customer = null)
    {
        var watch = Stopwatch.StartNew();
        var times = new List<double>[Clients];
        var failures = 0;
        var begun = 0;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
        {
            var own = times[number] = [];
            while (true)
            {
                var place = Interlocked.Increment(ref begun) - 1;
                if (place >= most)
                    return;
                var due = perSecond is { } rate ? TimeSpan.FromSeconds(place / rate) : watch.Elapsed;
                if (due >= duration || watch.Elapsed >= duration)
                    return;
                if (due > watch.Elapsed)
                    await Task.Delay(due - watch.Elapsed);
                var ticket = next();
                var text = texts[ticket % texts.Length];
                using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { ticket = new { subject = text.Subject, body = text.Body, customer_id = customer ?? $"c-{ticket}" } }));
                body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                var sentAt = watch.Elapsed;
                using var response = await client.PostAsync("/api/v1/workflow/process", body);
                if (!response.IsSuccessStatusCode)
                    Interlocked.Increment(ref failures);
                own.Add((watch.Elapsed - sentAt).TotalMilliseconds);
            }
        }));
        return new(times.Sum(own => own.Count) / watch.Elapsed.TotalSeconds, [.. times.SelectMany(own => own).Order()], failures);
    }

    /// <summary>Messages of the development part, which are as long as real ones.</summary>
    private static TicketText[] Texts() =>
    [
        .. LabelledTickets.Read("development").Where(ticket => !string.IsNullOrWhiteSpace(ticket.Subject) && !string.IsNullOrWhiteSpace(ticket.Body))
            .Select(ticket => new TicketText(ticket.Subject, ticket.Body)),
    ];

    private sealed record Load(double Rate, double[] Times, int Failures)
    {
        public string Quantiles => string.Create(
            CultureInfo.InvariantCulture, $"p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms, longest {Times[^1]:0} ms{(Failures > 0 ? $"; {Failures} FAILED" : "")}");

        private double At(double share) => Times[(int)(share * (Times.Length - 1))];
    }
}
