using Microsoft.Extensions.Configuration;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.Tests.ServiceDefaults;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("8000.5")]
    [InlineData("eight")]
    [InlineData("99999999999999999999")]
    public void A_wrong_number_is_named_with_its_range_and_default(string value)
    {
        var settings = Of(("APP_PORT", value));
        Assert.Equal(8000, settings.Int("APP_PORT", 8000, 1, 65535));
        var fault = Assert.Throws<StartFaultException>(settings.ThrowIfFaulty);
        Assert.Contains($"APP_PORT is \"{value}\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("from 1 to 65535", fault.Message, StringComparison.Ordinal);
        Assert.Contains("(8000)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var settings = Of(("A", "x"), ("B", "loud"), ("C", "ftp://host"), ("D", "NaN"));
        settings.Int("A", 1, 0, 9);
        settings.Choice("B", "low", new Dictionary<string, int> { ["low"] = 1, ["high"] = 2 });
        settings.Url("C");
        settings.Seconds("D", 1, 0, 10);
        var lines = Assert.Throws<StartFaultException>(settings.ThrowIfFaulty).Message.Split(Environment.NewLine);
        Assert.Equal(["A", "B", "C", "D"], lines.Select(line => line[..1]));
        Assert.Contains("low, high", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void An_empty_value_counts_as_not_set(string value)
    {
        var settings = Of(("A", value));
        Assert.Equal(7, settings.Int("A", 7, 0, 9));
        Assert.Null(settings.Url("A"));
        settings.ThrowIfFaulty();
    }

    [Fact]
    public void A_value_with_control_characters_cannot_forge_a_line()
    {
        var settings = Of(("A", "1\nB is fine"));
        settings.Int("A", 1, 0, 9);
        Assert.DoesNotContain('\n', Assert.Throws<StartFaultException>(settings.ThrowIfFaulty).Message);
    }

    private static Settings Of(params (string Key, string Value)[] pairs) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build());
}
