using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Spectre.Console;
using TicketWorld.Cli.Terminal;
using TicketWorld.Grains;
using TicketWorld.Grains.Access;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Commands;

/// <summary>
/// <c>ticketworld keys</c>: makes, lists and revokes API keys where the API keeps them, whether or not it runs: in the data folder, or in the database that
/// <c>ConnectionStrings:ticketdb</c> names.
/// </summary>
internal static class KeysCommand
{
    private const string DefaultFolder = ".ticketworld";

    public static Command Build() => new("keys", "Make, list and revoke the keys that callers of the API need.") { Create(), List(), Revoke() };

    private static Command Create()
    {
        var name = new Option<string>("--name") { Description = "Whose key it is, in 1 to 80 characters.", Required = true };
        var role = new Option<string>("--role") { Description = "admin (all), agent (tickets, customers, workflow), analyst (reads, batches, files) or customer (sees and posts what is one customer's).", Required = true };
        var customer = new Option<string?>("--customer") { Description = "For the role customer: the id as GET /api/v1/customers/{id} has it." };
        var scopes = new Option<string[]>("--scope") { Description = $"Narrows the role: AREA:read or AREA:write; AREA is one of {string.Join(", ", ApiKeyScope.Areas)}. May be given several times.", AllowMultipleArgumentsPerToken = true };
        var expires = new Option<string?>("--expires") { Description = "A date, to the end of which (UTC) the key is good, or a time. Without it the key does not expire." };
        var rate = new Option<int?>("--rate") { Description = "Calls a minute, 0 for any number. Without it RATE_LIMIT_PER_MINUTE of the API holds (60)." };
        var folder = Folder();
        var json = CommonArguments.Json();
        var command = new Command("create", "Make a key and show it, this once.") { name, role, customer, scopes, expires, rate, folder, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () => Run(result.GetValue(folder), makes: true, async keys =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var (key, text) = await keys.MakeAsync(
                new()
                {
                    Name = result.GetValue(name),
                    Role = result.GetValue(role),
                    Customer = result.GetValue(customer),
                    Scopes = result.GetValue(scopes) ?? [],
                    Expires = result.GetValue(expires),
                    Rate = result.GetValue(rate),
                },
                now,
                cancellation);
            if (result.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new { key = text.Reveal(), details = View(key, now) }, JsonOutput.Options));
            }
            else
            {
                Console.Out.WriteLine(text.Reveal());
                Console.Error.WriteLine($"The key {key.Id} of the role {ApiKeyRequest.Word(key.Role)} is made. It is shown this once: keep it now. Send it as Authorization: Bearer KEY.");
            }
        }))));
        return command;
    }

    private static Command List()
    {
        var folder = Folder();
        var json = CommonArguments.Json();
        var command = new Command("list", "List the keys, the oldest first; their secrets are not known.") { folder, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () => Run(result.GetValue(folder), makes: false, async keys =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var found = await keys.ListAsync(cancellation);
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(found.Select(key => View(key, now)), JsonOutput.Options));
            else
                Print(found, now);
        }))));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "The id of the key: the middle part of tw_ID_SECRET." };
        var folder = Folder();
        var json = CommonArguments.Json();
        var command = new Command("revoke", "Revoke a key for good; a running API refuses it within seconds.") { id, folder, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () => Run(result.GetValue(folder), makes: false, async keys =>
        {
            var asked = result.GetValue(id)!;
            var now = TimeProvider.System.GetUtcNow();
            // Who gives a whole key by mistake does not find its secret on the screen and in the history of it.
            var known = ApiKeyText.IsPart(asked) ? await keys.RevokeAsync(asked, now, cancellation) : null;
            if (known is null)
                throw new WorldException("key_not_found", "There is no key of this id.", "'ticketworld keys list' shows the ids.", "id", ApiKeyText.IsPart(asked) ? asked : null);
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(View(known, now), JsonOutput.Options));
            else
                Console.Out.WriteLine($"The key {known.Id} ({known.Name}) is revoked.");
        }))));
        return command;
    }

    private static Option<string?> Folder() => new("--data") { Description = $"The data folder of the API (default: DATA_FOLDER, or {DefaultFolder}). Without it ConnectionStrings:ticketdb counts, when it is set." };

    /// <summary>Runs a step on the keys of the installation that the option and the configuration name.</summary>
    /// <param name="folder">The option, which outweighs a configured database.</param>
    /// <param name="makes">Whether a folder without keys is no mistake.</param>
    /// <param name="step">What is done.</param>
    private static int Run(string? folder, bool makes, Func<IApiKeys, Task> step)
    {
        try
        {
            RunAsync(folder, makes, step).GetAwaiter().GetResult();
            return CommandLine.Done;
        }
        catch (ApiKeyException e)
        {
            throw new WorldException("invalid_option", e.Message, e.Remedy, e.Field, e.Value);
        }
        catch (GrainStoreException e)
        {
            throw new WorldException("store_unavailable", e.Message, "Correct that and run the command again.", null, null);
        }
        catch (StartFaultException e)
        {
            throw new WorldException("invalid_setting", e.Message, "Correct the setting and run the command again.", null, null);
        }
    }

    private static async Task RunAsync(string? folder, bool makes, Func<IApiKeys, Task> step)
    {
        var configuration = CommandConfiguration.Load(Environment.CurrentDirectory);
        var connection = configuration.GetConnectionString("ticketdb");
        if (folder is null && !string.IsNullOrWhiteSpace(connection))
        {
            await using var database = ApiKeyStores.InDatabase(connection);
            await database.Keys.PrepareAsync();
            await step(database.Keys);
            return;
        }
        var path = folder ?? (configuration["DATA_FOLDER"] is { Length: > 0 } set ? set : DefaultFolder);
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new WorldException("invalid_option", "The data folder has no name.", $"Name it, or leave --data out for {DefaultFolder}.", "data", path);
        if (!makes && !ApiKeyStores.HasFile(path))
            throw new WorldException("no_keys", $"There are no keys in {Path.GetFullPath(path)}.", "Name the API's data folder with --data, or make a key with 'ticketworld keys create'.", "data", path);
        await using var embedded = ApiKeyStores.InFolder(path, TimeProvider.System);
        await embedded.Keys.PrepareAsync();
        await step(embedded.Keys);
    }

    private static void Print(IReadOnlyList<ApiKey> keys, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("id", "name", "role", "customer", "scopes", "rate", "status", "made", "expires", "last used");
        foreach (var key in keys)
        {
            table.AddRow(new[]
            {
                key.Id, key.Name, ApiKeyRequest.Word(key.Role), key.Customer ?? "", string.Join(' ', key.Scopes), key.CallsPerMinute?.ToString(CultureInfo.InvariantCulture) ?? "",
                Status(key, now), Day(key.CreatedAt), Day(key.ExpiresAt), Day(key.LastUsedAt),
            }.Select(Markup.Escape).ToArray());
        }
        Output.Console().Write(table);
    }

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static string Status(ApiKey key, DateTimeOffset now) => key.StatusAt(now).ToString().ToLowerInvariant();

    private static object View(ApiKey key, DateTimeOffset now) => new
    {
        key.Id,
        key.Name,
        role = ApiKeyRequest.Word(key.Role),
        key.Customer,
        scopes = key.Scopes.Select(scope => scope.ToString()),
        rate = key.CallsPerMinute,
        status = Status(key, now),
        key.CreatedAt,
        key.ExpiresAt,
        key.RevokedAt,
        key.LastUsedAt,
    };
}
