using TicketWorld.Grains.Access;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.Api.Access;

/// <summary>
/// The key that the process which started this one uses to look at it; it reads everything and changes nothing. It is made anew for each run, is handed over
/// in the environment, and stands nowhere else. It is no reason to ask others for keys.
/// </summary>
internal sealed record InternalKey(ApiKey? Key)
{
    /// <summary>The setting with the key.</summary>
    public const string Setting = "TICKETWORLD_INTERNAL_KEY";

    /// <summary>The id of that key; ids of stored keys are of another length.</summary>
    public const string Id = "apphost";

    public static InternalKey Read(IConfiguration configuration, TimeProvider time)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
            return new((ApiKey?)null);
        if (ApiKeyText.Find(text) is { } key)
            return new(ApiKey.Unstored(key, "the process that started this one", ApiKeyRole.Admin, [new ApiKeyScope("*", Writes: false)], time.GetUtcNow()));
        var settings = new Settings(configuration);
        settings.Secret(Setting, "a key (tw_ID_SECRET)");
        settings.ThrowIfFaulty();
        return new((ApiKey?)null);
    }
}
