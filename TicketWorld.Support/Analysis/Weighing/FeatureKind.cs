namespace TicketWorld.Support.Analysis.Weighing;

/// <summary>A kind of feature, with the hash of its name.</summary>
internal sealed class FeatureKind(string name)
{
    public string Name { get; } = name;

    public ulong Hash { get; } = Evidence.Hash.Of(name);
}
