using System.Security.Cryptography;
using System.Text;

namespace TicketWorld.Grains.Access;

/// <summary>
/// What is kept of a secret: SHA-256 over a salt and the secret. A slow hash (PBKDF2, Argon2) makes guessing dear where people choose passwords;
/// these secrets hold 200 random bits, which no speed of guessing finds, and a fast hash lets every request be checked in about a microsecond.
/// The salt keeps equal secrets, and tables made beforehand, from being recognised.
/// </summary>
internal sealed record ApiKeyDigest(byte[] Salt, byte[] Hash)
{
    private const int SaltBytes = 16;

    /// <summary>Matches no secret.</summary>
    public static ApiKeyDigest OfNothing { get; } = new([], []);

    public static ApiKeyDigest Of(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new(salt, Compute(salt, secret));
    }

    public bool Matches(string secret) => CryptographicOperations.FixedTimeEquals(Hash, Compute(Salt, secret));

    private static byte[] Compute(byte[] salt, string secret)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(Encoding.UTF8.GetBytes(secret));
        return hash.GetHashAndReset();
    }
}
