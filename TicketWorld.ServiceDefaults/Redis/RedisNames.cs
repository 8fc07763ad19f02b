namespace TicketWorld.ServiceDefaults.Redis;

/// <summary>Names of keys and channels. The prefix keeps installations apart that use one Redis.</summary>
internal sealed record RedisNames(string Prefix)
{
    /// <summary>The setting that holds the prefix.</summary>
    public const string Key = "Redis:Prefix";

    public string Of(string part, string name) => $"{Prefix}:{part}:{name}";

    public static bool IsPrefix(string text) => text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
