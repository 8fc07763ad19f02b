using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>A silo in the test's process.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private bool _stopped;

    private TestSilo(ServiceProvider services) => _services = services;

    public IServiceProvider Services => _services;

    public Signals Signals => _services.GetRequiredService<Signals>();

    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

    public IParkedMessages Parked => _services.GetRequiredService<IParkedMessages>();

    public IReadModel ReadModel => _services.GetRequiredService<IReadModel>();

    internal IGrainStore Store => _services.GetRequiredService<IGrainStore>();

    public static async Task<TestSilo> StartAsync(Action<IServiceCollection> configure, Action<GrainOptions>? options = null, bool runs = true)
    {
        var services = new ServiceCollection();
        configure(services);
        services.AddLogging();
        services.AddSingleton<Signals>();
        if (runs)
            services.AddGrainSilo();
        services.Configure<GrainOptions>(o =>
        {
            o.MaxAttempts = 3;
            o.BackOff = TimeSpan.FromMilliseconds(1);
            o.MaxBackOff = TimeSpan.FromMilliseconds(2);
            o.CallTimeLimit = TimeSpan.FromSeconds(20);
            options?.Invoke(o);
        });
        services.AddGrains(grains => grains.Add<IProbeGrain, ProbeGrain>());
        var provider = services.BuildServiceProvider();
        try
        {
            foreach (var hosted in provider.GetServices<IHostedService>())
                await hosted.StartAsync(CancellationToken.None);
            if (!runs)
                await provider.GetRequiredService<IGrainStore>().OpenAsync(CancellationToken.None);
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }

        return new(provider);
    }

    public IProbeGrain Probe(string key, SendOptions? options = null) => Grains.GetGrain<IProbeGrain>(key, options);

    /// <param name="openAll">Whether grains that wait at barriers may go on.</param>
    public async Task StopAsync(bool openAll = true)
    {
        if (_stopped)
            return;
        _stopped = true;
        if (openAll)
            Signals.OpenAll();
        foreach (var hosted in _services.GetServices<IHostedService>().Reverse())
            await hosted.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }
}
