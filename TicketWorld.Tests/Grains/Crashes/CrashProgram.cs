using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;
using TicketWorld.Grains.Runtime;
using TicketWorld.Tests.Api.Contract;
using TicketWorld.Tests.Chaos;
using TicketWorld.Tests.Fuzz;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Crashes;

/// <summary>
/// The processes that crash tests start and kill. Without a command: a silo on the folder in the first argument that reads commands from its
/// input. <c>enter ID GRAIN</c> answers <c>ok ID</c> once the message is durable; <c>sums</c> answers with the ledgers' counts once
/// nothing is left to do; <c>start ID JSON</c> starts a batch, <c>batch ID</c> answers with its view. With one: <see cref="ChaosProgram"/> and the hosts that it kills,
/// <see cref="FuzzProgram"/>, <see cref="ApiTestProgram"/>.
/// </summary>
public static class CrashProgram
{
    private const int Ledgers = 8;

    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [ChaosProgram.Command, .. var rest]:
                return await ChaosProgram.RunAsync(rest);
            case [ChaosHost.Command, .. var rest]:
                return await ChaosHost.RunAsync(rest);
            case [FuzzProgram.Command, .. var rest]:
                return await FuzzProgram.RunAsync(rest);
            case [ApiTestProgram.Command, .. var rest]:
                return await ApiTestProgram.RunAsync(rest);
            case [var folder]:
                await RunSiloAsync(folder);
                return 0;
            default:
                await Console.Error.WriteLineAsync("Run the tests with dotnet test, and the others with eng/chaos.sh, eng/fuzz.sh and eng/api-test. As a program this takes one argument: the data folder of a silo.");
                return 2;
        }
    }

    private static async Task RunSiloAsync(string folder)
    {
        using var host = Host.CreateEmptyApplicationBuilder(new()).AddCrashSilo(folder).Build();
        await host.StartAsync();
        await Console.Out.WriteLineAsync("ready");
        var commands = new Commands(host.Services, Console.Out);
        var running = new List<Task>();
        while (await Console.In.ReadLineAsync() is { } line)
            running.Add(commands.RunAsync(line));
        await Task.WhenAll(running);
        await host.StopAsync();
    }

    private static HostApplicationBuilder AddCrashSilo(this HostApplicationBuilder builder, string folder)
    {
        builder.Services.AddTicketWorldGrains();
        builder.Services.AddGrains(grains => grains
            .Add<ILedgerGrain, LedgerGrain>()
            .AddStatement("count_entry", "CREATE TABLE IF NOT EXISTS entries (entry TEXT); INSERT INTO entries (entry) VALUES (@entry)")
            .AddStatement("sum_entries", "SELECT count(*) FROM entries"));
        builder.Services.AddSqliteGrainStore(folder).AddGrainSilo();
        return builder;
    }

    private sealed class Commands(IServiceProvider services, TextWriter output)
    {
        private readonly IGrainFactory _grains = services.GetRequiredService<IGrainFactory>();

        public async Task RunAsync(string line)
        {
            var words = line.Split(' ', 3);
            var answer = words[0] switch
            {
                "enter" => await EnterAsync(words[1], words[2]),
                "sums" => await SumsAsync(),
                "start" => Json(await _grains.GetGrain<IBatchGrain>(words[1]).Start(JsonSerializer.Deserialize<BatchRequest>(words[2], GrainJson.Options)!)),
                "batch" => Json(await _grains.GetGrain<IBatchGrain>(words[1]).View()),
                _ => $"unknown {line}",
            };
            lock (output)
                output.WriteLine(answer);
        }

        private static string Json<T>(T value) => JsonSerializer.Serialize(value, GrainJson.Options);

        private async Task<string> EnterAsync(string id, string grain)
        {
            await _grains.GetGrain<ILedgerGrain>(grain, new() { MessageId = id, OneWay = true }).Enter();
            return $"ok {id}";
        }

        private async Task<string> SumsAsync()
        {
            var store = services.GetRequiredService<IGrainStore>();
            await Poll.UntilAsync(async () => await store.DepthAsync(CancellationToken.None) is { Ready: 0, Leased: 0, Delayed: 0 });
            var entered = 0;
            for (var i = 0; i < Ledgers; i++)
                entered += await _grains.GetGrain<ILedgerGrain>($"ledger-{i}").Count();
            var passed = 0;
            foreach (var sum in LedgerGrain.Sums)
                passed += await _grains.GetGrain<ILedgerGrain>(sum).Count();
            var rows = await services.GetRequiredService<IReadModel>().FirstAsync<int>("sum_entries");
            return $"sums {entered} {passed} {rows}";
        }
    }
}
