using TicketWorld.Grains.Access;

namespace TicketWorld.Tests.Grains.Access;

/// <summary>What every store of keys does.</summary>
public abstract class ApiKeysConformance
{
    private static readonly DateTimeOffset Now = new(2026, 2, 15, 9, 30, 0, TimeSpan.Zero);

    protected abstract IApiKeys Keys { get; }

    [Fact]
    public async Task A_key_comes_back_as_it_was_made_with_everything_but_its_secret()
    {
        await Keys.PrepareAsync();
        Assert.False(await Keys.AnyAsync());
        var (admin, text) = await Keys.MakeAsync(new() { Name = "Anna's", Role = "admin" }, Now);
        var (made, _) = await Keys.MakeAsync(
            new() { Name = "ü \"quoted\" 'x'", Role = "Customer", Customer = "b-1.CUST-0001", Scopes = ["tickets:read", "workflow:write"], Expires = "2026-03-01", Rate = 5 }, Now.AddSeconds(1));
        Assert.True(await Keys.AnyAsync());

        var found = await Keys.FindAsync(made.Id);
        Assert.NotNull(found);
        Assert.Equal((made.Name, ApiKeyRole.Customer, "b-1.CUST-0001", 5), (found.Name, found.Role, found.Customer, found.CallsPerMinute));
        Assert.Equal(["tickets:read", "workflow:write"], found.Scopes.Select(scope => scope.ToString()));
        Assert.Equal((Now.AddSeconds(1), new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)), (found.CreatedAt, found.ExpiresAt));
        Assert.Equal([admin.Id, made.Id], (await Keys.ListAsync()).Select(key => key.Id));
        Assert.True((await Keys.FindAsync(admin.Id))!.HasSecret(text.Secret));
        Assert.False(found.HasSecret(text.Secret));
        Assert.Null(await Keys.FindAsync("nobody"));
    }

    [Fact]
    public async Task Preparing_again_changes_nothing()
    {
        await Keys.PrepareAsync();
        var (key, _) = await Keys.MakeAsync(new() { Name = "a", Role = "admin" }, Now);
        await Keys.PrepareAsync();
        Assert.Equal(key.Id, Assert.Single(await Keys.ListAsync()).Id);
    }

    [Fact]
    public async Task A_key_is_revoked_once_and_for_good_and_still_counts_as_one_that_was_made()
    {
        await Keys.PrepareAsync();
        var (key, _) = await Keys.MakeAsync(new() { Name = "a", Role = "admin" }, Now);
        Assert.Equal(Now, (await Keys.RevokeAsync(key.Id, Now))!.RevokedAt);
        Assert.Equal(Now, (await Keys.RevokeAsync(key.Id, Now.AddDays(1)))!.RevokedAt);
        Assert.Equal(ApiKeyStatus.Revoked, (await Keys.FindAsync(key.Id))!.StatusAt(Now));
        Assert.Null(await Keys.RevokeAsync("nobody", Now));
        Assert.True(await Keys.AnyAsync());
    }

    [Fact]
    public async Task Its_last_use_only_moves_on()
    {
        await Keys.PrepareAsync();
        var (key, _) = await Keys.MakeAsync(new() { Name = "a", Role = "admin" }, Now);
        Assert.Null((await Keys.FindAsync(key.Id))!.LastUsedAt);
        await Keys.NoteUseAsync(key.Id, Now.AddHours(2));
        await Keys.NoteUseAsync(key.Id, Now.AddHours(1));
        Assert.Equal(Now.AddHours(2), (await Keys.FindAsync(key.Id))!.LastUsedAt);
    }

    [Fact]
    public async Task An_id_is_given_once()
    {
        await Keys.PrepareAsync();
        var (key, _) = await Keys.MakeAsync(new() { Name = "a", Role = "admin" }, Now);
        Assert.False(await Keys.AddAsync(key with { Name = "other" }));
        Assert.Equal("a", (await Keys.FindAsync(key.Id))!.Name);
    }

    [Fact]
    public async Task The_first_key_is_an_admins()
    {
        await Keys.PrepareAsync();
        var refusal = await Assert.ThrowsAsync<ApiKeyException>(() => Keys.MakeAsync(new() { Name = "a", Role = "agent" }, Now));
        Assert.Equal("role", refusal.Field);
        Assert.Empty(await Keys.ListAsync());
    }
}
