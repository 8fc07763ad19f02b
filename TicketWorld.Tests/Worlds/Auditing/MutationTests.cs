using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Worlds.Auditing.Mutations;

namespace TicketWorld.Tests.Worlds.Auditing;

/// <summary>Bugs of every kind are found: the short form of <c>ticketworld mutate</c>.</summary>
public sealed class MutationTests
{
    private static readonly Lazy<MutationReport> Run = new(() =>
    {
        using var folder = new TemporaryFolder();
        return MutationTesting.Run(new MutationOptions("technest", Tickets: 300, Seed: 4, Threads: 2, Confirm: 4), folder.Path);
    });

    [Fact]
    public void Hundreds_of_bugs_change_a_ticket_and_all_are_caught()
    {
        var escaped = Run.Value.Mutants.Where(m => m.Fate == MutantFate.Escaped).Select(m => $"{m.Group}, {m.Operator}, {m.What}: {m.Note}").ToArray();
        Assert.True(Run.Value.Real.Count() >= 240, $"{Run.Value.Real.Count()} bugs");
        Assert.Empty(escaped);
    }

    [Theory]
    [InlineData("policy", 150)]
    [InlineData("resolution", 60)]
    [InlineData("message", 20)]
    [InlineData("records", 20)]
    public void Each_group_has_bugs_that_change_a_ticket(string group, int least) => Assert.True(Run.Value.Real.Count(m => m.Group == group) >= least);

    [Fact]
    public void The_commands_find_in_files_what_is_found_in_memory()
    {
        Assert.Empty(Run.Value.Contradicted);
        Assert.Equal(4, Run.Value.Confirmed);
    }

    [Fact]
    public void No_bug_stands_twice() =>
        Assert.Equal(Run.Value.Mutants.Count, Run.Value.Mutants.DistinctBy(m => (m.Group, m.Operator, m.What)).Count());

    [Fact]
    public void A_bug_that_is_equivalent_says_how_many_tickets_show_it() =>
        Assert.All(Run.Value.Mutants.Where(m => m is { Fate: MutantFate.Equivalent, Group: "policy" }), m => Assert.StartsWith("all 300 tickets resolved again, 0 differ", m.Note, StringComparison.Ordinal));
}
