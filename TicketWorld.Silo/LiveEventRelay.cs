using TicketWorld.Grains;
using TicketWorld.ServiceDefaults.Broadcasts;

namespace TicketWorld.Silo;

/// <summary>Tells other processes of the events of this one, and this one of theirs: topic, space, payload.</summary>
internal sealed class LiveEventRelay(LiveEvents events, IBroadcast broadcast) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        events.Relay = Say;
        broadcast.Heard = Hear;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        events.Relay = _ => { };
        broadcast.Heard = _ => { };
        return Task.CompletedTask;
    }

    private void Say(LiveEvent happened) => broadcast.Say($"{happened.Topic} {happened.Payload}");

    private void Hear(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0)
            events.Deliver(new(text[..space], text[(space + 1)..]));
    }
}
