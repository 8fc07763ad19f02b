using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Messages;

/// <summary>The embedded pack, loaded once.</summary>
internal static class TechNest
{
    private static readonly Lazy<Pack> Loaded = new(() => Pack.Load("technest"));

    public static Pack Pack => Loaded.Value;

    public static MessageTrial Trial(ulong seed = 1) => MessageTrial.Of(Pack, seed);
}
