namespace TicketWorld.Worlds.Messages;

/// <summary>A scenario's wording, resolved to rules once.</summary>
public sealed class Wording
{
    internal Wording(string name, string request, TagSet tags, int[] rules)
    {
        Name = name;
        Request = request;
        Tags = tags;
        Rules = rules;
    }

    /// <summary>What every message of the wording says, so that the specification must give it; and what none can say.</summary>
    internal TagSet Requires { get; init; }

    internal TagSet Forbids { get; init; }

    /// <summary>How the scenarios that tell it name a product wanted in exchange.</summary>
    internal TargetMention[] Targets { get; init; } = Enum.GetValues<TargetMention>();

    public string Name { get; }

    public string Request { get; }

    internal TagSet Tags { get; }

    /// <summary>By family: the rule that <c>&lt;family.*&gt;</c> stands for.</summary>
    internal int[] Rules { get; }

    /// <summary>How a message names a product wanted in exchange that may hold a second request too, whose wording is made for the pair.</summary>
    internal TargetMention[] TargetsWith(Wording? second) => (second ?? this).Targets;
}
