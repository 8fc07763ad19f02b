using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TicketWorld.Grains;

namespace TicketWorld.Tests.Grains.Runtime;

public sealed class GrainTelemetryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ticketworld-telemetry-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_trace_of_a_caller_goes_through_every_message_that_its_call_leads_to()
    {
        var stopped = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GrainServices.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var silo = await StartAsync();
        using var root = new Activity("test").Start();
        await silo.Probe("a").AskOther("b", 1, "tag");
        await silo.Signals.ReachedAsync("answered-a");
        await Poll.UntilAsync(() => Task.FromResult(Names(stopped, root.TraceId).Count == 4));
        Assert.Equal(
            ["call probe.AskOther", "turn probe.Add", "turn probe.AskOther", "turn probe.OtherAnswered"],
            Names(stopped, root.TraceId));
    }

    [Fact]
    public async Task Turns_retries_and_parked_messages_are_counted()
    {
        var counts = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == GrainServices.TelemetryName)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var kind = instrument.Name;
            foreach (var tag in tags)
            {
                if (tag.Key is "outcome" or "state")
                    kind += " " + tag.Value;
            }

            if (instrument is ObservableInstrument<long>)
                counts[kind] = value;
            else
                counts.AddOrUpdate(kind, value, (_, before) => before + value);
        });
        listener.Start();
        await using var silo = await StartAsync();
        await Assert.ThrowsAsync<GrainCallException>(() => silo.Probe("a").Fail());
        await silo.Probe("a").Add(1);
        await silo.Probe("a", new() { OneWay = true, Delay = TimeSpan.FromDays(1) }).Add(1);
        listener.RecordObservableInstruments();

        // Other tests run silos of their own at the same time, so these are lower bounds.
        Assert.True(counts["ticketworld.grains.retries"] >= 2);
        Assert.True(counts["ticketworld.grains.parked"] >= 1);
        await Poll.UntilAsync(() => Task.FromResult(counts.GetValueOrDefault("ticketworld.grains.turns committed") >= 1));
        Assert.Contains("ticketworld.grains.queue.depth delayed", counts.Keys);
    }

    private static List<string> Names(IEnumerable<Activity> activities, ActivityTraceId trace) =>
        [.. activities.Where(a => a.TraceId == trace).Select(a => a.OperationName).Order(StringComparer.Ordinal)];

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(services => services.AddSqliteGrainStore(_folder));
}
