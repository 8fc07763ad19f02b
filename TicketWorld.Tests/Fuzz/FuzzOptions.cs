using System.Globalization;

namespace TicketWorld.Tests.Fuzz;

/// <summary>What a fuzz run does.</summary>
/// <param name="Requests">How many requests are sent.</param>
/// <param name="Seed">Decides what they are.</param>
/// <param name="Only">Sends this one alone and shows it; null for all.</param>
internal sealed record FuzzOptions(int Requests = 100_000, int Seed = 1, int? Only = null)
{
    public const string Usage = """
        eng/fuzz.sh [--requests N] [--seed S] [--only N]

          --requests   how many requests are sent (default 100000)
          --seed       decides what they are (default 1)
          --only       sends the request of this number alone, and shows it and its answer
        """;

    /// <summary>Null when they cannot be understood.</summary>
    public static FuzzOptions? Parse(IReadOnlyList<string> args)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            switch (args[i])
            {
                case "--requests" when number >= 1:
                    options = options with { Requests = number };
                    break;
                case "--seed":
                    options = options with { Seed = number };
                    break;
                case "--only":
                    options = options with { Only = number };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
