namespace TicketWorld.Grains;

/// <summary>
/// A named state of a grain, loaded when the grain is activated and written when a turn that changed it commits.
/// There is no explicit write: what a turn leaves behind is the state. A turn that fails leaves it as it was.
/// </summary>
/// <typeparam name="TState">A class that System.Text.Json can write and read back; its parameterless form is the initial state.</typeparam>
public interface IPersistentState<TState> where TState : class, new()
{
    /// <summary>The state. Read it anew in every turn; do not keep the object.</summary>
    TState State { get; set; }

    /// <summary>Whether the state has been stored.</summary>
    bool RecordExists { get; }

    /// <summary>How often the state has been stored; 0 when it never was. The commit checks it.</summary>
    long Version { get; }

    /// <summary>Removes the stored state when the turn commits; <see cref="State"/> is a new one from now on.</summary>
    void Clear();
}

/// <summary>Marks a constructor parameter of type <see cref="IPersistentState{TState}"/> with the name of the state.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PersistentStateAttribute(string name) : Attribute
{
    /// <summary>The stored name; unique within a grain.</summary>
    public string Name { get; } = name;
}
