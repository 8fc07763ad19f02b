using System.Text.Json;
using Microsoft.Extensions.Logging;
using TicketWorld.Support.Caching;
using TicketWorld.Support.Models;

namespace TicketWorld.Tests.Support.FakeModels;

/// <summary>A desk's models at a fake server, and a small question for them.</summary>
internal static class FakeDesk
{
    public const string Key = "sk-desk-0123456789-secret";

    public static AnswerForm<string> Form { get; } = new(
        new ObjectSchema(("colour", new ChoiceSchema("red", "blue")), ("share", new NumberSchema(0, 1)), ("names", new ListSchema(new TextSchema(20), 3))),
        answer => answer.GetProperty("colour").GetString()!);

    public static DeskModelOptions Options(FakeModelServer server, ModelProvider protocol = ModelProvider.OpenAI, string? fallback = null)
    {
        var endpoint = new ModelEndpoint(protocol, protocol == ModelProvider.Anthropic ? server.Root : server.BaseUrl) { Key = new ApiKey(Key) };
        return new DeskModelOptions
        {
            Provider = protocol,
            Primary = new ModelTarget("first", "first", endpoint),
            Fallback = fallback is null ? null : new ModelTarget(fallback, fallback, endpoint),
            Prices = PriceTable.Read(new MemoryStream("""{"usd_per_million_tokens": {"first": {"input": 1000, "output": 10000}, "second": {"input": 100, "output": 1000}}}"""u8.ToArray())),
        };
    }

    public static DeskModels Models(DeskModelOptions options, TimeProvider? time = null, ISharedCache? cache = null, ILogger? log = null) =>
        new(options, time ?? new PauselessTime(), () => 0, cache, log);

    public static Task<StructuredAnswer<string>> AskAsync(DeskModels models, string text = "Which colour?", string? ticket = "T-1", ModelStep step = ModelStep.Classification, CancellationToken cancellation = default) =>
        models.For(step)!.AskAsync(new StructuredQuestion("Say a colour.", PromptData.Of("ticket", new { text }), ticket), Form, cancellation);

    public static string Json(object answer) => JsonSerializer.Serialize(answer);
}
