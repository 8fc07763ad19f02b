using System.Text.Json;
using TicketWorld.Support.Models;
using TicketWorld.Support.Writing;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Support.FakeModels;

/// <summary>A set made with a fake model and the same set made without, for tests that hold them side by side.</summary>
internal sealed class ModelRun : IDisposable
{
    public const string Key = "sk-test-0123456789-secret";
    private readonly TemporaryFolder _folder = new();

    public static WorldOptions World { get; } = TestWorlds.Roomy(16, 11);

    public ModelUsage Usage { get; private set; } = null!;

    public int Unreadable { get; private set; }

    public string Set => Path.Combine(_folder.Path, "set");

    public string Cache => Path.Combine(_folder.Path, "cache");

    public static ModelOptions Options(FakeModelServer server) => new()
    {
        Model = "fake-model",
        BaseUrl = server.BaseUrl,
        Key = new ApiKey(Key),
        RetryPause = TimeSpan.FromMilliseconds(1),
        MaxRetryPause = TimeSpan.FromMilliseconds(5),
        TimeLimit = TimeSpan.FromSeconds(30),
        FailureLimit = 1000,
    };

    /// <summary>Makes the set and asserts that it is proved: it verifies without a finding, and only texts differ from the set without a model.</summary>
    public GenerationResult Make(FakeModelServer server, Func<ModelOptions, ModelOptions>? change = null, WorldOptions? world = null)
    {
        var options = Options(server) with { CacheFolder = Cache };
        using var client = new ModelClient(change?.Invoke(options) ?? options, TimeProvider.System, () => 0);
        var author = new ModelAuthor(client);
        try
        {
            var made = new DatasetGenerator(2) { Author = author }.Create(world ?? World, Set);
            AssertProved(world ?? World);
            return made;
        }
        finally
        {
            Usage = client.Usage;
            Unreadable = author.Unreadable;
        }
    }

    public JsonElement[] Tickets() => [.. File.ReadLines(Path.Combine(Set, "support_tickets.jsonl")).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    public void Dispose() => _folder.Dispose();

    private void AssertProved(WorldOptions world)
    {
        var report = DatasetVerifier.Verify(Set, new VerificationOptions());
        Assert.True(report.IsClean, string.Join('\n', report.Findings.Take(5)));
        Assert.True(report.WasReproduced);
        Assert.Equal("fake-model", report.TextModel);
        var without = TestWorlds.Lines(TicketWorld.Worlds.Generation.World.Create(TestWorlds.Pack, world));
        Assert.Equal(without.Select(l => WithoutTexts(JsonSerializer.Deserialize<JsonElement>(l.Span))), Tickets().Select(WithoutTexts));
    }

    private static string WithoutTexts(JsonElement ticket)
    {
        var node = System.Text.Json.Nodes.JsonObject.Create(ticket)!;
        node.Remove("subject");
        node.Remove("body");
        node["resolution_plan"]!.AsObject().Remove("policy_reasoning");
        return node.ToJsonString();
    }
}
