using System.Text.Json;

namespace TicketWorld.Grains.Runtime;

/// <summary>A state of an activation: what the store has, and the object that turns work on.</summary>
internal abstract class PersistentState(string name)
{
    public string Name => name;

    /// <summary>Takes what the store has; null when it has nothing.</summary>
    public abstract void Load(StoredState? stored);

    /// <summary>The change since the last commit, or null when there is none. A state that no turn has touched is not even looked at.</summary>
    public abstract StateChange? Change();

    /// <summary>The change is in the store.</summary>
    public abstract void Accept(StateChange change);
}

/// <inheritdoc cref="PersistentState"/>
internal sealed class PersistentState<TState>(string name) : PersistentState(name), IPersistentState<TState>
    where TState : class, new()
{
    private byte[]? _stored;
    private TState _value = new();
    private bool _touched;
    private bool _cleared;

    public TState State
    {
        get
        {
            _touched = true;
            return _value;
        }

        set
        {
            _touched = true;
            _cleared = false;
            _value = value;
        }
    }

    public bool RecordExists => _stored is not null;

    public long Version { get; private set; }

    public void Clear()
    {
        _value = new();
        _cleared = true;
        _touched = true;
    }

    public override void Load(StoredState? stored)
    {
        if (stored is null)
            return;
        _stored = stored.Json;
        Version = stored.Version;
        _value = JsonSerializer.Deserialize<TState>(stored.Json, GrainJson.Options)
            ?? throw new JsonException($"The stored state '{Name}' is the JSON null.");
    }

    public override StateChange? Change()
    {
        if (!_touched)
            return null;
        _touched = false;
        var json = JsonSerializer.SerializeToUtf8Bytes(_value, GrainJson.Options);
        var initial = _stored is null || _cleared ? JsonSerializer.SerializeToUtf8Bytes(new TState(), GrainJson.Options) : null;
        if (initial is not null && json.AsSpan().SequenceEqual(initial))
            return _stored is null ? null : new(Name, Version, null);
        return json.AsSpan().SequenceEqual(_stored) ? null : new(Name, Version, json);
    }

    public override void Accept(StateChange change)
    {
        _cleared = false;
        _stored = change.Json;
        Version = change.Json is null ? 0 : change.ExpectedVersion + 1;
    }
}
