using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;

namespace TicketWorld.Grains.Runtime;

/// <summary>A grain interface: its stored name and its methods.</summary>
internal sealed partial class GrainInterface
{
    private static readonly ConcurrentDictionary<Type, GrainInterface> Known = new();
    private readonly Dictionary<MethodInfo, GrainMethod> _byInfo;
    private readonly Dictionary<string, GrainMethod> _byName;

    private GrainInterface(Type type)
    {
        if (!type.IsInterface)
            throw new InvalidOperationException($"{type.Name} is not an interface. A grain is addressed through an interface that extends IGrainWithStringKey.");
        Type = type;
        Kind = type.GetCustomAttribute<GrainKindAttribute>()?.Name ?? KindFrom(type.Name);
        var methods = type.GetInterfaces().Append(type).SelectMany(i => i.GetMethods()).Select(m => new GrainMethod(m)).ToArray();
        _byInfo = methods.ToDictionary(m => m.Info);
        _byName = new(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            if (!_byName.TryAdd(method.Name, method))
                throw new InvalidOperationException($"{type.Name} has two methods named {method.Name}. A message names its method, so give each its own name.");
        }
    }

    public Type Type { get; }

    public string Kind { get; }

    public static GrainInterface Of(Type type) => Known.GetOrAdd(type, t => new GrainInterface(t));

    public GrainMethod Method(MethodInfo info) => _byInfo[info];

    public GrainMethod? FindMethod(string name) => _byName.GetValueOrDefault(name);

    private static string KindFrom(string name)
    {
        var bare = name.StartsWith('I') ? name[1..] : name;
        if (bare.EndsWith("Grain", StringComparison.Ordinal) && bare.Length > 5)
            bare = bare[..^5];
        return WordStart().Replace(bare, "_$0").ToLowerInvariant();
    }

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}
