using System.Reflection;

namespace TicketWorld.Grains.Runtime;

/// <summary>What stands behind a reference to a grain: a call becomes a message.</summary>
internal class GrainProxy : DispatchProxy
{
    private GrainInterface _interface = null!;
    private GrainCalls _calls = null!;
    private GrainId _id;
    private SendOptions? _options;

    public static TGrain Create<TGrain>(GrainCalls calls, string key, SendOptions? options)
        where TGrain : class, IGrainWithStringKey
    {
        if (string.IsNullOrEmpty(key) || key.Length > 512)
            throw new ArgumentException($"A grain key has 1 to 512 characters; this one has {key?.Length ?? 0}.", nameof(key));
        var reference = Create<TGrain, GrainProxy>();
        var proxy = (GrainProxy)(object)reference;
        proxy._interface = GrainInterface.Of(typeof(TGrain));
        proxy._calls = calls;
        proxy._id = new(proxy._interface.Kind, key);
        proxy._options = options;
        return reference;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = _interface.Method(targetMethod!);
        return TurnContext.Current is { } turn
            ? turn.Send(_id, method, args ?? [], _options)
            : _calls.Call(_id, method, args ?? [], _options);
    }
}

/// <summary>Gives references that send through one runtime.</summary>
internal sealed class GrainFactory(GrainCalls calls) : IGrainFactory
{
    public TGrain GetGrain<TGrain>(string key, SendOptions? options = null)
        where TGrain : class, IGrainWithStringKey => GrainProxy.Create<TGrain>(calls, key, options);
}
