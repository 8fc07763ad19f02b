using System.CommandLine;
using System.Globalization;
using TicketWorld.Support.Writing;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld generate</c>: makes a set, or appends to one.</summary>
internal static class GenerateCommand
{
    public static Command Build()
    {
        var defaults = new WorldOptions();
        var tickets = new Option<int>("--tickets") { Description = $"Number of tickets, 1 to {WorldOptions.MaximumTickets}.", DefaultValueFactory = _ => defaults.Tickets };
        var customers = new Option<int>("--customers") { Description = $"Number of customers, 1 to {WorldOptions.MaximumCustomers}.", DefaultValueFactory = _ => defaults.Customers };
        var products = new Option<int>("--products") { Description = $"Number of products, 1 to {WorldOptions.MaximumProducts}.", DefaultValueFactory = _ => defaults.Products };
        var orders = new Option<int>("--orders") { Description = $"Number of orders, 1 to {WorldOptions.MaximumOrders}.", DefaultValueFactory = _ => defaults.Orders };
        var twins = new Option<int>("--twins") { Description = "Twins on top of the tickets, 0 to their number: each differs from a ticket in one fact, and so has another answer.", DefaultValueFactory = _ => defaults.Twins };
        var mode = new Option<string>("--mode") { Description = "create a set, or append tickets to the one in the output folder.", DefaultValueFactory = _ => "create" };
        mode.AcceptOnlyFromAmong("create", "append");
        var output = new Option<string>("--output-dir") { Description = "Folder of the set.", DefaultValueFactory = _ => "./assets" };
        var company = new Option<string?>("--company-name") { Description = "Company name in policy and messages; the pack's own (TechNest) when not given." };
        var noDebug = new Option<bool>("--no-debug") { Description = "Leave out the keys that begin with _: metadata, facts and proof." };
        var pack = new Option<string>("--pack") { Description = "An embedded pack, or the path of a pack's folder.", DefaultValueFactory = _ => defaults.Pack };
        var seed = new Option<WorldSeed>("--seed")
        {
            Description = $"Seed of the world: 0 to {WorldSeed.LargestNumber}, or 0x with up to 32 hexadecimal digits.",
            DefaultValueFactory = _ => defaults.Seed,
            CustomParser = result =>
            {
                if (WorldSeed.TryParse(result.Tokens[0].Value, out var value))
                    return value;
                result.AddError($"'{result.Tokens[0].Value}' is no seed. Use a number from 0 to {WorldSeed.LargestNumber}, or 0x with up to 32 hexadecimal digits.");
                return default;
            },
        };
        var heldOut = new Option<bool>("--held-out") { Description = "Draw a seed of 128 bits from the system's generator. It is in the set's manifest and is not shown." };
        var commit = new Option<string?>("--commit") { Description = "Write what the set is made of with a secret to this new file, to keep, and print its hash, to publish." };
        var asOf = new Option<DateOnly?>("--as-of")
        {
            Description = $"The world's clock, YYYY-MM-DD. [default: {defaults.AsOf:yyyy-MM-dd}]",
            CustomParser = result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                    return date;
                result.AddError($"'{result.Tokens[0].Value}' is no date for --as-of. Write it as YYYY-MM-DD, for example 2026-02-15.");
                return default;
            },
        };
        var threads = new Option<int>("--threads") { Description = "Threads that make tickets; the files do not depend on it.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var command = new Command("generate", "Make a set of tickets with the records, the policy and the proofs behind them.")
        {
            tickets, customers, products, orders, twins, mode, output, company, noDebug, pack, seed, heldOut, commit, asOf, threads, json,
        };
        var writing = new ModelWriting();
        writing.AddTo(command);
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var asJson = result.GetValue(json);
            if (result.GetValue(threads) is < 1 or > 256)
                throw new WorldException("invalid_option", $"--threads is {result.GetValue(threads)}.", "Use a number from 1 to 256.", "threads", result.GetValue(threads).ToString());
            var folder = result.GetValue(output)!;
            var append = result.GetValue(mode) == "append";
            if (result.GetValue(heldOut) && Given(seed))
                throw new WorldException("invalid_option", "--seed and --held-out exclude each other.", "Leave one of them out: --held-out draws the seed.", "held_out");
            if (append && (result.GetValue(heldOut) || result.GetValue(commit) is not null))
                throw new WorldException("invalid_option", "--held-out and --commit are for a new set.", "Leave them out to append to the set.", result.GetValue(heldOut) ? "held_out" : "commit");
            using var model = writing.Client(result, (ulong)(result.GetValue(seed).Value & ulong.MaxValue));
            var author = model is null ? null : new ModelAuthor(model);
            using var display = ProgressDisplay.Start(asJson);
            var generator = new DatasetGenerator(result.GetValue(threads), display.Show) { Author = author };
            var options = new WorldOptions
            {
                Tickets = result.GetValue(tickets),
                Customers = result.GetValue(customers),
                Products = result.GetValue(products),
                Orders = result.GetValue(orders),
                Twins = result.GetValue(twins),
                Seed = result.GetValue(heldOut) ? WorldSeed.Draw() : result.GetValue(seed),
                AsOf = result.GetValue(asOf) ?? defaults.AsOf,
                Pack = result.GetValue(pack)!,
                CompanyName = result.GetValue(company),
                Debug = !result.GetValue(noDebug),
            };
            if (append)
                RefuseOtherOptions(folder, options, Given);
            using var committing = Commitments.Begin(result.GetValue(commit));
            var made = append
                ? generator.Append(options.Tickets, folder, Given(pack) ? options.Pack : null, cancellation)
                : generator.Create(options, folder, cancellation);
            var commitment = committing?.Write(made);
            display.Dispose();
            if (asJson)
                GenerationSummary.PrintJson(made, folder, commitment, author is null ? null : ModelWriting.Summary(model!, author, made.Report.Authoring));
            else
                GenerationSummary.Print(made, folder, commitment, author is null ? null : row => ModelWriting.Print(model!, author, made.Report.Authoring, row));
            return CommandLine.Done;

            bool Given(Option option) => result.GetResult(option) is { Implicit: false };
        })));
        return command;

        // Appending keeps the options that made the set; one that is given must say the same.
        void RefuseOtherOptions(string folder, WorldOptions asked, Func<Option, bool> given)
        {
            if (DatasetFolder.ReadManifest(folder)?.Options is not { } made)
                return;
            Check(customers, asked.Customers, made.Customers);
            Check(products, asked.Products, made.Products);
            Check(orders, asked.Orders, made.Orders);
            Check(twins, asked.Twins, made.Twins);
            Check(seed, asked.Seed, made.Seed);
            Check(asOf, asked.AsOf, made.AsOf);
            Check(company, asked.CompanyName, made.CompanyName);
            Check(noDebug, asked.Debug, made.Debug);

            void Check<T>(Option option, T value, T other)
            {
                if (given(option) && !EqualityComparer<T>.Default.Equals(value, other))
                    throw new WorldException("other_options", $"The set in {folder} was not made with {option.Name} {value} (it has {(other is null ? "none" : other is WorldSeed { IsGuessable: false } ? "a drawn one" : other.ToString())}).", "Leave the option out to append to the set, or create a new one in another folder.", option.Name.TrimStart('-').Replace('-', '_'), value?.ToString());
            }
        }
    }
}
