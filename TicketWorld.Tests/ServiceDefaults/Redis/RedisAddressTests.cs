using Microsoft.Extensions.Configuration;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Redis;

namespace TicketWorld.Tests.ServiceDefaults.Redis;

public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:6380,password=se=cret", "127.0.0.1:6380", "se=cret", false)]
    [InlineData("cache.example", "cache.example:6379", null, false)]
    [InlineData("a.example:1,b.example:2,ssl=true,password=x", "a.example:1, b.example:2", "x", true)]
    [InlineData("redis://127.0.0.1", "127.0.0.1:6379", null, false)]
    [InlineData("redis://:p%40ss@cache.example:7000/3", "cache.example:7000", "p@ss", false)]
    [InlineData("rediss://default:x@cache.example", "cache.example:6379", "x", true)]
    public void The_forms_that_are_in_use_are_read(string text, string place, string? password, bool tls)
    {
        var address = RedisAddress.Parse(text);
        Assert.Equal((place, password, tls), (address.ToString(), address.Options.Password, address.Options.Ssl));
        Assert.False(address.Options.AbortOnConnectFail);
    }

    [Theory]
    [InlineData("password=hush", "names no server")]
    [InlineData("host:port,password=hush", "HOST:PORT")]
    [InlineData("host:70000,password=hush", "HOST:PORT")]
    [InlineData("host:1,password=hu,sh sh", "HOST:PORT")]
    [InlineData("host:1,passwort=hush", "option")]
    [InlineData("host:1,hush=hush,password=x", "option")]
    [InlineData("host:1,ssl=hush", "option")]
    [InlineData("redis://:hush", "URL")]
    [InlineData("http://:hush@host:1", "scheme")]
    [InlineData("redis://hush:hush@host:1", "user")]
    [InlineData("redis://:hush@host:1/hush", "database")]
    [InlineData("redis://:hush@host:1/0?hush=1", "database")]
    public void A_wrong_address_stops_the_start_with_its_key_and_shows_nothing_of_itself(string text, string reason)
    {
        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection([new(RedisAddress.Key, text)]).Build());
        Assert.Null(RedisAddress.Read(settings));
        var fault = Assert.Throws<StartFaultException>(settings.ThrowIfFaulty);
        Assert.StartsWith("ConnectionStrings:redis", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Correct it", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sh sh", fault.ToString(), StringComparison.Ordinal);
    }
}
