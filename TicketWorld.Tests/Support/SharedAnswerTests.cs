using TicketWorld.Support.Caching;
using TicketWorld.Support.Models;
using TicketWorld.Tests.Support.FakeModels;

namespace TicketWorld.Tests.Support;

public sealed class SharedAnswerTests
{
    [Fact]
    public async Task What_one_client_asked_another_finds_in_the_cache_they_share()
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Misbehaviour = async (context, _) =>
        {
            await FakeModelServer.WriteAsync(context, "an answer");
            return true;
        };
        var cache = new InProcessCache(1 << 20, TimeProvider.System);
        using var first = new ModelClient(ModelRun.Options(server), TimeProvider.System, () => 0, cache);
        using var second = new ModelClient(ModelRun.Options(server), TimeProvider.System, () => 0, cache);
        var prompt = new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.User, "<brief>{}</brief>");
        var asked = await first.Chat.GetResponseAsync([prompt]);
        var found = await second.Chat.GetResponseAsync([prompt]);
        Assert.Equal("an answer", asked.Text);
        Assert.Equal((asked.Text, 1, 0), (found.Text, second.Usage.Cached, second.Usage.Calls));
        Assert.Equal(1, cache.Count);
    }
}
