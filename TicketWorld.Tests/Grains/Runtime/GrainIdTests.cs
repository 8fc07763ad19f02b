using TicketWorld.Grains;

namespace TicketWorld.Tests.Grains.Runtime;

public sealed class GrainIdTests
{
    [Theory]
    [InlineData("desk/CUST-0001", "customer/desk/CUST-0001")]
    [InlineData("b-1/TK-1", "customer/b-1/TK-1")]
    public void A_key_without_an_address_is_shown(string key, string shown) => Assert.Equal(shown, new GrainId("customer", key).ToString());

    [Fact]
    public void Of_an_address_a_digest_is_shown_which_tells_grains_apart()
    {
        var shown = new GrainId("customer", "desk/jo@example.com").ToString();
        Assert.Matches("^customer/desk/#[0-9a-f]{12}$", shown);
        Assert.Equal(shown, new GrainId("customer", "desk/jo@example.com").ToString());
        Assert.NotEqual(shown, new GrainId("customer", "desk/jon@example.com").ToString());
        Assert.Matches("^customer/#[0-9a-f]{12}$", new GrainId("customer", "jo@example.com").ToString());
    }
}
