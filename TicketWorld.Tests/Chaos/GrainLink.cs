using TicketWorld.Grains;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Chaos;

/// <summary>
/// The run's own way to the grains: a client that runs none, over a connection that is cut as those of the hosts are. What is not
/// known to have arrived is sent again under its identity.
/// </summary>
internal sealed class GrainLink(TestSilo client, Tally tally) : IAsyncDisposable
{
    public IGrainFactory Grains => client.Grains;

    public IParkedMessages Parked => client.Parked;

    public static async Task<GrainLink> OpenAsync(string connectionString, Tally tally) => new(
        await TestSilo.StartAsync(
            services =>
            {
                services.AddTicketWorldGrains();
                services.AddGrains(ChaosHost.AddLedger);
                services.AddPostgresGrainStore(connectionString);
            },
            options => options.PollInterval = TimeSpan.FromMilliseconds(200),
            runs: false),
        tally);

    /// <summary>Calls until the call is answered; the call carries an identity, so that it has its effect once.</summary>
    public async Task CallAsync(string what, Func<Task> call, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (GrainStoreException)
            {
                // Whether it arrived is not known.
            }
            catch (GrainCallException error) when (error.Code == GrainCallException.TimedOut)
            {
                // The call stands.
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                tally.Violation($"{what}: {error.GetType().Name}: {error.Message}");
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
