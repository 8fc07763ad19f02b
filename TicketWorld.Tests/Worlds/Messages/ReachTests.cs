using Xunit.Abstractions;

namespace TicketWorld.Tests.Worlds.Messages;

/// <summary>No phrase of the pack is dead: each can be chosen for some message.</summary>
public sealed class ReachTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_phrase_is_used_by_some_message()
    {
        var left = TechNest.Pack.Grammar.Compiled.Literals.Select(l => Plain(l.Text)).Where(t => t.Length > 3).ToHashSet(StringComparer.Ordinal);
        var all = left.Count;
        foreach (var (_, subject, body) in TechNest.Trial().Texts(400_000, seed: 31))
        {
            if (left.Count == 0)
                break;
            var text = Plain(subject) + "\n" + Plain(body);
            left.RemoveWhere(literal => text.Contains(literal, StringComparison.Ordinal));
        }

        output.WriteLine($"{all - left.Count} of {all} phrases used");
        Assert.Empty(left);
    }

    /// <summary>The text without what personas change about it.</summary>
    private static string Plain(string text) => string.Concat(text.ToLowerInvariant().Where(c => c is not (',' or '.' or '\n'))).Trim();
}
