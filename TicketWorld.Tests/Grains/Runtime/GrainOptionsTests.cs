using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;

namespace TicketWorld.Tests.Grains.Runtime;

public sealed class GrainOptionsTests
{
    [Theory]
    [InlineData("LeaseDuration", "00:00:00.9", "00:10:01", "00:00:01", "00:10:00")]
    [InlineData("MaxAttempts", "0", "101", "1", "100")]
    [InlineData("MaxInterruptions", "0", "1001", "1", "1000")]
    [InlineData("BackOff", "00:00:00", "00:10:01", "00:00:00.001", "00:01:00")]
    [InlineData("MaxBackOff", "00:00:00.1", "1.00:00:01", "00:00:01", "1.00:00:00")]
    [InlineData("IdleTime", "00:00:00.5", "1.00:00:01", "00:00:01", "1.00:00:00")]
    [InlineData("Concurrency", "0", "257", "1", "256")]
    [InlineData("InteractiveConcurrency", "0", "257", "1", "256")]
    [InlineData("TurnsInFlight", "0", "4097", "1", "4096")]
    [InlineData("CallTimeLimit", "00:00:00.005", "01:00:01", "00:00:00.01", "01:00:00")]
    [InlineData("KeepFinished", "00:00:59", "365.00:00:01", "00:01:00", "365.00:00:00")]
    [InlineData("PollInterval", "00:00:00.005", "00:01:01", "00:00:00.01", "00:01:00")]
    [InlineData("StopTimeLimit", "-00:00:01", "00:10:01", "00:00:00", "00:10:00")]
    public void A_value_out_of_its_range_is_named_with_key_and_remedy(string key, string below, string above, string least, string most)
    {
        foreach (var wrong in (string[])[below, above])
        {
            var error = Assert.Throws<OptionsValidationException>(() => Read<GrainOptions>($"Grains:{key}", wrong));
            Assert.Contains($"Grains:{key} is ", error.Message, StringComparison.Ordinal);
            Assert.Contains("leave it out for the default", error.Message, StringComparison.Ordinal);
        }

        Read<GrainOptions>($"Grains:{key}", least);
        Read<GrainOptions>($"Grains:{key}", most);
    }

    [Theory]
    [InlineData("ChunksInFlight", "0", "257", "256")]
    [InlineData("WorldsInMemory", "0", "65", "64")]
    public void A_batch_setting_out_of_its_range_is_named(string key, string below, string above, string most)
    {
        foreach (var wrong in (string[])[below, above])
        {
            var error = Assert.Throws<OptionsValidationException>(() => Read<BatchOptions>($"Batches:{key}", wrong));
            Assert.Contains($"Batches:{key} is {wrong}", error.Message, StringComparison.Ordinal);
        }

        Read<BatchOptions>($"Batches:{key}", most);
    }

    private static T Read<T>(string key, string value)
        where T : class
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build());
        services.AddTicketWorldGrains();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<T>>().Value;
    }
}
