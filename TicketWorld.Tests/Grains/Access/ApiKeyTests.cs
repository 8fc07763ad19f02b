using TicketWorld.Grains.Access;

namespace TicketWorld.Tests.Grains.Access;

public sealed class ApiKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 15, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_key_is_read_back_and_does_not_print_its_secret()
    {
        var text = ApiKeyText.New();
        Assert.Matches("^tw_[a-z0-9]{10}_[a-z0-9]{40}$", text.Reveal());
        Assert.Equal(text, ApiKeyText.Find(text.Reveal()));
        Assert.DoesNotContain(text.Secret, $"{text}", StringComparison.Ordinal);
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => ApiKeyText.New().Secret).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tw_")]
    [InlineData("tw__")]
    [InlineData("tw_abc")]
    [InlineData("tw_abc_")]
    [InlineData("tw__abc")]
    [InlineData("TW_abc_def")]
    [InlineData("tw_abc_DEF")]
    [InlineData("tw_abc_d f")]
    [InlineData("tw_abc_def_ghi")]
    [InlineData("tw_\ud800_def")]
    public void What_is_no_key_is_none(string text) => Assert.Null(ApiKeyText.Find(text));

    [Fact]
    public void Only_the_right_secret_fits()
    {
        var (key, text) = new ApiKeyRequest { Name = "a", Role = "agent" }.Make(Now);
        Assert.True(key.HasSecret(text.Secret));
        Assert.False(key.HasSecret(text.Secret[..^1]));
        Assert.False(key.HasSecret(text.Secret[..^1] + (text.Secret[^1] == 'a' ? 'b' : 'a')));
        Assert.False(key.HasSecret(""));
        Assert.DoesNotContain(text.Secret, key.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", null, "admin", null, null, null, null)]
    [InlineData("name", " ", "admin", null, null, null, null)]
    [InlineData("name", "a\nb", "admin", null, null, null, null)]
    [InlineData("role", "a", "king", null, null, null, null)]
    [InlineData("role", "a", null, null, null, null, null)]
    [InlineData("customer", "a", "customer", null, null, null, null)]
    [InlineData("customer", "a", "customer", "a b", null, null, null)]
    [InlineData("customer", "a", "agent", "b.C", null, null, null)]
    [InlineData("scopes", "a", "agent", null, "ticket:read", null, null)]
    [InlineData("scopes", "a", "agent", null, "tickets", null, null)]
    [InlineData("scopes", "a", "agent", null, "tickets:admin", null, null)]
    [InlineData("expires", "a", "agent", null, null, "tomorrow", null)]
    [InlineData("expires", "a", "agent", null, null, "2026-02-14", null)]
    [InlineData("expires", "a", "agent", null, null, "2026-02-15T09:30:00Z", null)]
    [InlineData("rate", "a", "agent", null, null, null, -1)]
    [InlineData("rate", "a", "agent", null, null, null, 10_000_001)]
    public void What_is_wrong_with_a_request_is_named(string field, string? name, string? role, string? customer, string? scope, string? expires, int? rate)
    {
        var refusal = Assert.Throws<ApiKeyException>(() => new ApiKeyRequest
        {
            Name = name,
            Role = role,
            Customer = customer,
            Scopes = scope is null ? [] : [scope],
            Expires = expires,
            Rate = rate,
        }.Make(Now));
        Assert.Equal(field, refusal.Field);
        Assert.NotEmpty(refusal.Remedy);
    }

    [Fact]
    public void A_key_is_good_to_the_end_of_the_day_that_is_named()
    {
        var (key, _) = new ApiKeyRequest { Name = "a", Role = "agent", Expires = "2026-02-15" }.Make(Now);
        Assert.Equal(ApiKeyStatus.Active, key.StatusAt(new(2026, 2, 15, 23, 59, 59, TimeSpan.Zero)));
        Assert.Equal(ApiKeyStatus.Expired, key.StatusAt(new(2026, 2, 16, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(ApiKeyStatus.Revoked, (key with { RevokedAt = Now }).StatusAt(Now));
    }
}
