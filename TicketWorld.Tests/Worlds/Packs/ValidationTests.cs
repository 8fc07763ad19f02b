using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Packs.Validation;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>A pack with one fault has one finding more, at the fault's place.</summary>
public sealed class ValidationTests : IDisposable
{
    private const string Policy = "policy.yaml";
    private const string Scenarios = "scenarios.yaml";
    private const string Vocabulary = "vocabulary.yaml";
    private const string Phrases = "phrases.yaml";
    private readonly SmallPack _pack = new();

    public void Dispose() => _pack.Dispose();

    [Fact]
    public void The_small_pack_has_nothing_to_find()
    {
        var validation = PackValidator.Run(_pack.Path);
        Assert.Empty(validation.Findings.Select(f => $"{f.File}:{f.Line} {f.Check} {f.Problem}"));
        Assert.Empty(validation.Unchecked);
        Assert.True(validation.IsUsable);
    }

    [Fact]
    public void Embedded_packs_have_no_errors() => Assert.All(
        PackSource.EmbeddedPacks,
        name => Assert.Empty(PackValidator.Run(name).Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => $"{f.File}:{f.Line} {f.Problem}")));
}
