namespace TicketWorld.Grains;

/// <summary>Marks an interface whose methods are calls on a grain. Every method returns <see cref="Task"/> or <see cref="Task{TResult}"/>.</summary>
public interface IGrain;

/// <summary>A grain that is addressed by a text key. Two calls with equal interface and key reach the same grain, wherever it runs.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>Gives references to grains. A reference costs nothing to make, and the grain need not exist yet.</summary>
public interface IGrainFactory
{
    /// <summary>
    /// A reference to the grain of interface <typeparamref name="TGrain"/> with the given key.
    /// Outside a turn a call through it is a durable message whose reply is awaited; inside a turn it only sends,
    /// and the message leaves when the turn commits.
    /// </summary>
    /// <param name="key">1 to 512 characters; compared ordinally.</param>
    /// <param name="options">How calls through this reference are sent; null for the defaults.</param>
    TGrain GetGrain<TGrain>(string key, SendOptions? options = null) where TGrain : class, IGrainWithStringKey;
}
