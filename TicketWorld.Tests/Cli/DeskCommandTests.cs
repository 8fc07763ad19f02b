using System.Text.Json;
using TicketWorld.Cli;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Cli;

/// <summary>Tickets of files, worked on by rules.</summary>
public sealed class DeskCommandTests : IDisposable
{
    private const string Mail = """
        From: "J. Lindberg" <jo@example.com>
        Subject: =?utf-8?Q?Caf=C3=A9_app_crashes?=
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        The app crashes every time I open it and shows ERR-=
        5003.
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_mail_is_decoded_and_worked_on()
    {
        var (exit, output, _) = await ConsoleCapture.RunAsync("process", Written("mail.eml", Mail), "--json");
        Assert.Equal(CommandLine.Done, exit);
        var result = JsonElement.Parse(output);
        Assert.Equal("technical", result.GetProperty("classification").GetProperty("category").GetString());
        Assert.Equal("ERR-5003", result.GetProperty("extracted_fields").GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "error_code").GetProperty("value").GetString());
        Assert.StartsWith("Hello jo,", result.GetProperty("response_draft").GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"subject": "Bill", "body": "My bill is wrong."}""", 1)]
    [InlineData("{\n \"ticket\": {\"subject\": \"Bill\",\n \"body\": \"My bill is wrong.\"}}", 1)]
    [InlineData("""[{"subject": "Bill", "body": "Wrong."}, {"id": "x", "description": "My parcel has not come."}]""", 2)]
    [InlineData("{\"subject\": \"Bill\", \"body\": \"Wrong.\"}\n\n{\"subject\": \"Parcel\", \"body\": \"Not here.\"}\n", 2)]
    [InlineData("My parcel has not come\nI wait since Monday.", 1)]
    public async Task Every_form_of_a_file_is_read(string content, int tickets)
    {
        foreach (var command in (string[])["process", "classify", "extract"])
        {
            var (exit, output, error) = await ConsoleCapture.RunAsync(command, Written("tickets", content), "--json");
            Assert.True(exit == CommandLine.Done, error);
            Assert.Equal(tickets, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        }
    }

    [Theory]
    [InlineData("{\"subject\": \"a\", \"body\": \"b\"}\nnot json", "line 2")]
    [InlineData("[1]", "ticket 1")]
    [InlineData("", "nothing")]
    [InlineData("{}", "neither subject nor body")]
    public async Task What_cannot_be_read_is_told_with_its_place(string content, string said)
    {
        var (exit, _, error) = await ConsoleCapture.RunAsync("process", Written("tickets", content));
        Assert.Equal(CommandLine.Failed, exit);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_are_written_out_changed_and_used()
    {
        var rules = _folder.File("rules");
        Assert.Equal(CommandLine.Done, (await ConsoleCapture.RunAsync("rules", rules)).Exit);
        var routing = Path.Combine(rules, "routing_rules.yaml");
        await File.WriteAllTextAsync(routing, (await File.ReadAllTextAsync(routing)).Replace("name: billing_team", "name: money_desk", StringComparison.Ordinal));
        Assert.Equal(CommandLine.Done, (await ConsoleCapture.RunAsync("rules", rules)).Exit);
        var (_, output, _) = await ConsoleCapture.RunAsync("process", Written("t.json", """{"subject": "Charged twice", "body": "I was charged twice for my subscription."}"""), "--rules", rules, "--json");
        Assert.Equal("money_desk", JsonElement.Parse(output).GetProperty("routing").GetProperty("team").GetString());
        await File.AppendAllTextAsync(routing, "\nteems: []\n");
        var (exit, _, error) = await ConsoleCapture.RunAsync("process", Written("t.json", "x"), "--rules", rules);
        Assert.Equal(CommandLine.Failed, exit);
        Assert.Contains("routing_rules.yaml:", error, StringComparison.Ordinal);
    }

    private string Written(string name, string content)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, content);
        return path;
    }
}
