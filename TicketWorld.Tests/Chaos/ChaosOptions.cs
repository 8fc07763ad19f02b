using System.Globalization;

namespace TicketWorld.Tests.Chaos;

/// <summary>What a chaos run does.</summary>
internal sealed record ChaosOptions
{
    public const string Usage = """
        eng/chaos.sh [--brief | --short] [--tickets N] [--kills N] [--seed N]

          --brief      1,000 tickets and 12 kills, whatever places and faults they meet (about two minutes)
          --short      10,000 tickets and 40 kills, and on until every place and every fault was met
          --tickets    tickets of the batch (default 200000, from 1000)
          --kills      processes that get SIGKILL, at least (default 1000, from 1)
          --seed       the plan of the faults (default 1)
        """;

    public int Tickets { get; private init; } = 200_000;

    public int Kills { get; private init; } = 1000;

    public int Seed { get; private init; } = 1;

    public bool Short { get; private init; }

    /// <summary>Whether the run goes on until every crash point has ended a process and every kind of fault has happened.</summary>
    public bool MeetsAll { get; private init; } = true;

    /// <summary>Tickets of the batches that follow the first, until there were enough kills.</summary>
    public int LaterTickets => Math.Min(Tickets, 20_000);

    /// <summary>Tickets that are worked on over HTTP.</summary>
    public int OpenedTickets => !MeetsAll ? 40 : Short ? 200 : 5_000;

    /// <summary>The pause between two faults of servers and connections, in seconds on an idle machine.</summary>
    public (double Least, double Most) FaultPause => Short ? (1.5, 3) : (2, 5);

    /// <summary>Null when they cannot be understood.</summary>
    public static ChaosOptions? Parse(IReadOnlyList<string> args)
    {
        var options = new ChaosOptions();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--brief")
            {
                options = options with { Short = true, MeetsAll = false, Tickets = 1_000, Kills = 12 };
                continue;
            }

            if (args[i] == "--short")
            {
                options = options with { Short = true, Tickets = 10_000, Kills = 40 };
                continue;
            }

            if (i + 1 == args.Count || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            switch (args[i++])
            {
                case "--tickets" when number >= 1000:
                    options = options with { Tickets = number };
                    break;
                case "--kills" when number >= 1:
                    options = options with { Kills = number };
                    break;
                case "--seed":
                    options = options with { Seed = number };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
