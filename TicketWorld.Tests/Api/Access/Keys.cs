using TicketWorld.Grains.Access;

namespace TicketWorld.Tests.Api.Access;

/// <summary>Keys in a data folder, made from outside of the process that holds it, as the command does.</summary>
internal static class Keys
{
    /// <summary>Makes a key and gives its text.</summary>
    public static async Task<string> MakeAsync(string folder, ApiKeyRequest request)
    {
        await using var store = ApiKeyStores.InFolder(folder, TimeProvider.System);
        await store.Keys.PrepareAsync();
        return (await store.Keys.MakeAsync(request, TimeProvider.System.GetUtcNow())).Text.Reveal();
    }

    public static Task<string> MakeAdminAsync(string folder) => MakeAsync(folder, new() { Name = "admin", Role = "admin", Rate = 0 });

    public static async Task RevokeAsync(string folder, string key)
    {
        await using var store = ApiKeyStores.InFolder(folder, TimeProvider.System);
        Assert.NotNull(await store.Keys.RevokeAsync(key.Split('_')[1], TimeProvider.System.GetUtcNow()));
    }
}
