using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TicketWorld.Grains.Runtime;

/// <summary>Where the identities of messages from outside come from.</summary>
internal interface IMessageIds
{
    string Next();
}

/// <summary>The time and random bits, as hexadecimal (UUID of version 7): an index of identities then grows at its end and not everywhere.</summary>
internal sealed class RandomMessageIds(TimeProvider time) : IMessageIds
{
    public string Next() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}

/// <summary>
/// Identities of messages that a turn sends: a pure function of the message that is handled, so no source of randomness is needed. They begin with that
/// message's place in the order, so that those of one time stand together in an index.
/// </summary>
internal static class DerivedMessageId
{
    /// <param name="parent">The message that the turn handles.</param>
    /// <param name="seq">Its place in the order, which differs between two messages that reuse an identity.</param>
    /// <param name="index">The number of the send within the turn; -1 for the reply.</param>
    public static string Of(string parent, long seq, int index)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{parent}\n{seq}\n{index}")), hash);
        return string.Create(CultureInfo.InvariantCulture, $"{seq:x12}{Convert.ToHexStringLower(hash[..10])}");
    }
}
