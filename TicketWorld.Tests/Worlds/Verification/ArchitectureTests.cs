using System.Reflection;
using System.Reflection.Emit;
using TicketWorld.Worlds.Verification;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>
/// The second oracle is worth something only while it shares no thought with the first: nothing in the verification namespaces may use code
/// that takes facts, decides or generates. Every type that a method's body, signature or local mentions is looked at.
/// </summary>
public class ArchitectureTests
{
    private const string Product = "TicketWorld.";

    /// <summary>What a record is and how much money is: no decision there.</summary>
    private static readonly string[] SharedNamespaces = ["TicketWorld.Worlds.Records", "TicketWorld.Worlds.Quantities"];

    /// <summary>The policy as data with its reader, and the vocabulary. Whoever adds a type here says that it decides nothing.</summary>
    private static readonly string[] SharedTypes =
    [
        .. ((string[])
        [
            "ActionDefinition", "ActionKind", "Amount", "ApplicationParagraph", "ClaimDefinition", "Clause", "ClauseParameter", "ClauseRule", "ClauseVersion", "Comparison", "DetailDefinition", "DetailSource",
            "EffectKind", "Expression", "FactDefinition", "FactSource", "FactType", "Modification", "Operand", "ParameterSetting", "PolicyApplication", "PolicyDocument", "PolicyReader",
            "PriorityRule", "RequestDefinition", "RequestSubject", "RuleValue", "Snake", "Values",
        ]).Select(name => $"TicketWorld.Worlds.Policy.{name}"),
        "TicketWorld.Worlds.Packs.PackException",
        "TicketWorld.Worlds.Messages.Vocabulary",
        "TicketWorld.Worlds.Messages.WeakCue",
        "TicketWorld.Worlds.Messages.Cue",
        "TicketWorld.Worlds.Messages.TimingCue",
    ];

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    [Fact]
    public void Nothing_that_verifies_uses_what_decides_or_generates()
    {
        // Reproduction makes the files again to compare them: running the generator is its purpose, and it judges nothing.
        var found = Verifying().Where(t => Outermost(t) != typeof(Reproduction))
            .SelectMany(type => Mentioned(type).Where(IsForbidden).Select(used => $"{type.FullName} uses {used.FullName}"))
            .Distinct(StringComparer.Ordinal);

        Assert.Empty(found);
    }

    [Fact]
    public void The_walk_sees_what_a_method_calls() =>
        Assert.Contains(Mentioned(typeof(Reproduction)), IsForbidden);

    private static IEnumerable<Type> Verifying() => typeof(Checker).Assembly.GetTypes()
        .Where(t => t.Namespace?.StartsWith("TicketWorld.Worlds.Verification", StringComparison.Ordinal) == true);

    private static bool IsForbidden(Type type) =>
        type.FullName is { } name
        && name.StartsWith(Product, StringComparison.Ordinal)
        && !name.StartsWith("TicketWorld.Worlds.Verification", StringComparison.Ordinal)
        && !SharedNamespaces.Contains(type.Namespace)
        && !SharedTypes.Contains(Outermost(type).FullName);

    private static IEnumerable<Type> Mentioned(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var types = new List<Type?> { type.BaseType };
        types.AddRange(type.GetInterfaces());
        types.AddRange(type.GetFields(All).Select(f => f.FieldType));
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            types.AddRange(method.GetParameters().Select(p => p.ParameterType));
            types.Add((method as MethodInfo)?.ReturnType);
            if (method.GetMethodBody() is not { } body)
                continue;
            types.AddRange(body.LocalVariables.Select(l => l.LocalType));
            types.AddRange(body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType));
            types.AddRange(InBody(method, body.GetILAsByteArray() ?? []));
        }

        return types.OfType<Type>().SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type> InBody(MethodBase method, byte[] il)
    {
        for (var i = 0; i < il.Length;)
        {
            var code = Codes[il[i] == 0xFE ? unchecked((short)(0xFE00 | il[i + 1])) : il[i]];
            i += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                var member = method.Module.ResolveMember(
                    BitConverter.ToInt32(il, i),
                    method.DeclaringType?.GetGenericArguments(),
                    method.IsGenericMethod ? method.GetGenericArguments() : null);
                if (member is Type type)
                    yield return type;
                else if (member?.DeclaringType is { } declaring)
                    yield return declaring;
                if (member is MethodInfo { IsGenericMethod: true } generic)
                {
                    foreach (var argument in generic.GetGenericArguments())
                        yield return argument;
                }
            }

            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, i),
                _ => 4,
            };
        }
    }

    /// <summary>The type itself and what it is made of: elements, generic arguments.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
