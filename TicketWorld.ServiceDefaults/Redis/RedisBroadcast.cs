using System.Security.Cryptography;
using StackExchange.Redis;
using TicketWorld.ServiceDefaults.Broadcasts;

namespace TicketWorld.ServiceDefaults.Redis;

/// <summary>Texts over a channel, each behind the name of its sender, who does not listen to himself.</summary>
internal sealed class RedisBroadcast : IBroadcast
{
    /// <summary>The longest text; what is longer is not said.</summary>
    private const int MaxLength = 16 * 1024;

    private readonly RedisConnection _redis;
    private readonly RedisChannel _channel;
    private readonly string _self = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public RedisBroadcast(RedisConnection redis, RedisNames names)
    {
        _redis = redis;
        _channel = new(names.Of("events", "v1"), RedisChannel.PatternMode.Literal);
        redis.Connected = client => client.GetSubscriber().Subscribe(_channel, (_, message) => Hear(message), CommandFlags.FireAndForget);
    }

    public Action<string> Heard { get; set; } = _ => { };

    public void Say(string text)
    {
        if (text.Length <= MaxLength)
            _redis.Publish(_channel, $"{_self} {text}");
    }

    private void Hear(string? message)
    {
        var space = message?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        if (space > 0 && message!.Length <= MaxLength + space + 1 && message[..space] != _self)
            Heard(message[(space + 1)..]);
    }
}
