using System.Text.Json;

namespace TicketWorld.Tests.Api.Contract;

/// <summary>The Postman collection: its form, that it says what README 004 says, and that it passes.</summary>
public sealed class PostmanTests(RunningApi api) : IClassFixture<RunningApi>
{
    private static readonly string Root = Repository.Folder;

    [Fact]
    public void The_collection_has_the_form_that_Postman_2_1_asks_for()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, PostmanCollection.FilePath)));
        var collection = document.RootElement;
        Assert.Equal("https://schema.getpostman.com/json/collection/v2.1.0/collection.json", collection.GetProperty("info").GetProperty("schema").GetString());
        Assert.False(string.IsNullOrEmpty(collection.GetProperty("info").GetProperty("name").GetString()));
        Assert.Equal(13, collection.GetProperty("item").GetArrayLength());
        Assert.All(collection.GetProperty("item").EnumerateArray(), item =>
        {
            Assert.False(string.IsNullOrEmpty(item.GetProperty("name").GetString()));
            var request = item.GetProperty("request");
            Assert.Contains(request.GetProperty("method").GetString(), (string[])["GET", "POST"]);
            var url = request.GetProperty("url");
            Assert.Equal("{{base_url}}", url.GetProperty("host")[0].GetString());
            Assert.Equal("{{base_url}}/" + string.Join('/', url.GetProperty("path").EnumerateArray().Select(part => part.GetString())), url.GetProperty("raw").GetString());
            Assert.All(request.GetProperty("header").EnumerateArray(), header => Assert.Equal(["key", "value"], header.EnumerateObject().Select(property => property.Name)));
            if (request.TryGetProperty("body", out var body))
                Assert.Equal("raw", body.GetProperty("mode").GetString());
            Assert.Equal(JsonValueKind.Array, item.GetProperty("response").ValueKind);
            Assert.All(item.GetProperty("event").EnumerateArray(), AssertScript);
        });
        Assert.All(collection.GetProperty("event").EnumerateArray(), AssertScript);
        Assert.Equal(["base_url", "api_key"], collection.GetProperty("variable").EnumerateArray().Select(variable => variable.GetProperty("key").GetString()));
        using var environment = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, PostmanCollection.EnvironmentPath)));
        Assert.Equal(["base_url", "api_key"], environment.RootElement.GetProperty("values").EnumerateArray().Select(value => value.GetProperty("key").GetString()));
    }

    [Fact]
    public void The_test_script_knows_every_operator_that_the_checks_use()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, PostmanCollection.FilePath)));
        var script = document.RootElement.GetProperty("event").EnumerateArray().Single(e => e.GetProperty("listen").GetString() == "test").GetProperty("script").GetProperty("exec").GetRawText();
        var used = PostmanCollection.Read(Path.Combine(Root, PostmanCollection.FilePath)).Items.SelectMany(item => item.Checks).Select(check => check.Operator).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(used.Count >= 6);
        Assert.All(used.Where(name => name != "status"), name => Assert.Contains($"  {name}: (value, wanted) =>", script, StringComparison.Ordinal));
    }

    [Fact]
    public void The_bodies_are_those_of_the_published_examples()
    {
        var sources = File.ReadAllText(Path.Combine(Root, "TicketWorld.Tests/Api/WorkflowTests.cs"));
        JsonElement[] examples = [.. sources.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("{\"", StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.True(examples.Length >= 9);
        var minimal = JsonSerializer.Deserialize<JsonElement>("""{"ticket": {"subject": "Help", "body": "?"}}""");
        Assert.All(
            PostmanCollection.Read(Path.Combine(Root, PostmanCollection.FilePath)).Items.Where(item => item.Body is not null),
            item => Assert.Contains(examples.Append(minimal), example => JsonElement.DeepEquals(example, JsonSerializer.Deserialize<JsonElement>(item.Body!))));
    }

    [Fact]
    public async Task All_thirteen_requests_are_answered_as_expected()
    {
        var results = await PostmanRun.RunAsync(PostmanCollection.Read(Path.Combine(Root, PostmanCollection.FilePath)), api.Client);
        Assert.Equal(13, results.Count);
        Assert.All(results, result => Assert.True(result.Passed, $"{result.Item.Name}: {string.Join(", ", result.Failed.Select(check => check.Name))}"));
    }

    [Theory]
    [InlineData("""{"at": "a.b", "is": ["x"]}""", """{"a": {"b": ["x"]}}""", true)]
    [InlineData("""{"at": "a.b", "is": ["x"]}""", """{"a": {"b": ["x", "y"]}}""", false)]
    [InlineData("""{"at": "l[n].value", "is": "v"}""", """{"l": [{"name": "m", "value": "u"}, {"name": "n", "value": "v"}]}""", true)]
    [InlineData("""{"at": "l[n].value", "is": "v"}""", """{"l": []}""", false)]
    [InlineData("""{"at": "l", "has": ["crash", "B"]}""", """{"l": ["Crashes", "b"]}""", true)]
    [InlineData("""{"at": "l", "has": ["crash"]}""", """{"l": ["cash"]}""", false)]
    [InlineData("""{"at": "t", "contains": "b"}""", """{"t": "abc"}""", true)]
    [InlineData("""{"at": "t", "contains": "b"}""", """{"t": ["b"]}""", false)]
    [InlineData("""{"at": "n", "least": 0.9, "most": 1}""", """{"n": 0.95}""", true)]
    [InlineData("""{"at": "n", "least": 0.9, "most": 1}""", """{"n": 1.1}""", false)]
    [InlineData("""{"at": "l", "least": 1}""", """{"l": []}""", false)]
    [InlineData("""{"at": "t", "matches": "^a+$"}""", """{"t": "ab"}""", false)]
    [InlineData("""{"at": "b", "kind": "boolean"}""", """{"b": false}""", true)]
    [InlineData("""{"at": "b", "kind": "boolean"}""", """{}""", false)]
    [InlineData("""{"status": 200}""", "{}", true)]
    [InlineData("""{"status": 201}""", "{}", false)]
    public void A_check_holds_for_what_it_describes_alone(string check, string body, bool holds) =>
        Assert.Equal(holds, PostmanCheck.From(JsonSerializer.Deserialize<JsonElement>(check)).All(one => one.Holds(200, JsonSerializer.Deserialize<JsonElement>(body))));

    private static void AssertScript(JsonElement script)
    {
        Assert.Contains(script.GetProperty("listen").GetString(), (string[])["prerequest", "test"]);
        Assert.Equal("text/javascript", script.GetProperty("script").GetProperty("type").GetString());
        Assert.All(script.GetProperty("script").GetProperty("exec").EnumerateArray(), line => Assert.Equal(JsonValueKind.String, line.ValueKind));
    }
}
