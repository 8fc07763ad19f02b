using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace TicketWorld.Grains.Runtime;

/// <summary>A class that runs the grains of one interface, and how its objects are made.</summary>
internal sealed class GrainClass
{
    private readonly Type _type;
    private readonly ConstructorInvoker _constructor;
    private readonly Func<IServiceProvider, Activation, object>[] _arguments;

    public GrainClass(Type interfaceType, Type type)
    {
        Interface = GrainInterface.Of(interfaceType);
        _type = type;
        var constructors = type.GetConstructors();
        if (constructors.Length != 1)
            throw new InvalidOperationException($"{type.Name} has {constructors.Length} public constructors. A grain has exactly one.");
        _constructor = ConstructorInvoker.Create(constructors[0]);
        _arguments = constructors[0].GetParameters().Select(Source).ToArray();
    }

    public GrainInterface Interface { get; }

    public Grain Create(IServiceProvider services, Activation activation)
    {
        var values = new object?[_arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = _arguments[i](services, activation);
        return (Grain)_constructor.Invoke(values.AsSpan());
    }

    private Func<IServiceProvider, Activation, object> Source(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            return (services, _) => services.GetRequiredService(type);
        var name = parameter.GetCustomAttribute<PersistentStateAttribute>()?.Name
            ?? throw new InvalidOperationException($"The parameter {parameter.Name} of {_type.Name} is a state without a name. Mark it with [PersistentState(\"name\")].");
        var state = typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments());
        return (_, activation) => activation.AddState((PersistentState)Activator.CreateInstance(state, name)!);
    }
}

/// <summary>The grain classes that this silo runs.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<string, GrainClass> _byKind = new(StringComparer.Ordinal);

    public GrainClasses(IEnumerable<GrainRegistration> registrations)
    {
        foreach (var registration in registrations)
        {
            var added = new GrainClass(registration.Interface, registration.Class);
            if (!_byKind.TryAdd(added.Interface.Kind, added))
                throw new InvalidOperationException($"The grain kind '{added.Interface.Kind}' of {registration.Interface.Name} is registered twice. Register it once, or give one interface another name with [GrainKind].");
        }
    }

    /// <exception cref="GrainCallException"><see cref="GrainCallException.BadMessage"/>: this silo has no such grains.</exception>
    public GrainClass Of(string kind) => _byKind.GetValueOrDefault(kind) ?? throw new GrainCallException(
        GrainCallException.BadMessage, $"This silo runs no grains of kind '{kind}'. Register their class with AddGrains, then replay the message.");
}

/// <summary>The interface and class given to <see cref="IGrainsBuilder.Add{TInterface, TGrain}"/>.</summary>
internal sealed record GrainRegistration(Type Interface, Type Class);
