using System.Reflection;
using System.Text.Json;

namespace TicketWorld.Grains.Runtime;

/// <summary>One method of a grain interface: how its arguments and result are written, and how it is invoked.</summary>
internal sealed class GrainMethod
{
    private readonly Type[] _arguments;
    private readonly int _cancellationIndex;
    private readonly MethodInvoker _invoker;
    private readonly Func<Task, object?>? _readResult;

    public GrainMethod(MethodInfo method)
    {
        Info = method;
        var parameters = method.GetParameters();
        _cancellationIndex = Array.FindIndex(parameters, p => p.ParameterType == typeof(CancellationToken));
        _arguments = parameters.Where((_, i) => i != _cancellationIndex).Select(p => p.ParameterType).ToArray();
        _invoker = MethodInvoker.Create(method);
        ResultType = method.ReturnType == typeof(Task) ? null
            : method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
                ? method.ReturnType.GetGenericArguments()[0]
            : throw new InvalidOperationException(
                $"{method.DeclaringType?.Name}.{method.Name} returns {method.ReturnType.Name}. A method of a grain interface returns Task or Task<T>.");
        Priority = method.GetCustomAttribute<PriorityAttribute>()?.Priority;
        if (ResultType is not null)
        {
            var property = method.ReturnType.GetProperty(nameof(Task<object>.Result))!;
            _readResult = property.GetValue;
        }
    }

    public MethodInfo Info { get; }

    public string Name => Info.Name;

    /// <summary>Null when the method returns no value.</summary>
    public Type? ResultType { get; }

    public MessagePriority? Priority { get; }

    /// <summary>The one argument type of a method that takes exactly one; else null.</summary>
    public Type? SingleArgument => _arguments.Length == 1 ? _arguments[0] : null;

    /// <summary>The arguments as a JSON array, without the cancellation token.</summary>
    public string WriteArguments(object?[] values)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            for (int i = 0, n = 0; i < values.Length; i++)
            {
                if (i == _cancellationIndex)
                    continue;
                JsonSerializer.Serialize(writer, values[i], _arguments[n++], GrainJson.Options);
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public CancellationToken CancellationIn(object?[] values) =>
        _cancellationIndex >= 0 && values[_cancellationIndex] is CancellationToken token ? token : CancellationToken.None;

    /// <exception cref="GrainCallException"><see cref="GrainCallException.BadMessage"/></exception>
    public object?[] ReadArguments(string json, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var items = document.RootElement;
            if (items.ValueKind != JsonValueKind.Array || items.GetArrayLength() != _arguments.Length)
                throw new JsonException($"{_arguments.Length} arguments are expected.");
            var values = new List<object?>(_arguments.Length + 1);
            for (var i = 0; i < _arguments.Length; i++)
                values.Add(items[i].Deserialize(_arguments[i], GrainJson.Options));
            if (_cancellationIndex >= 0)
                values.Insert(_cancellationIndex, cancellation);
            return [.. values];
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new GrainCallException(
                GrainCallException.BadMessage,
                $"The arguments of {Info.DeclaringType?.Name}.{Name} do not fit its parameters: {error.Message} Discard the message, or replay it on a version that accepts them.",
                inner: error);
        }
    }

    /// <summary>Runs the method and gives its result as JSON, or null when it returns no value.</summary>
    public async Task<string?> InvokeAsync(Grain grain, object?[] values)
    {
        var task = (Task)_invoker.Invoke(grain, values.AsSpan())!;
        await task;
        return _readResult is null ? null : JsonSerializer.Serialize(_readResult(task), ResultType!, GrainJson.Options);
    }
}
