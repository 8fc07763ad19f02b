using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld to-sqlite</c>: every record with every field, keys that hold, and the queries of the README.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class ToSqliteCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_are_the_records_and_the_keys_hold()
    {
        var database = await Make();
        Assert.Empty(Query("PRAGMA foreign_key_check"));
        Assert.Equal(["ok"], Query("PRAGMA integrity_check").Select(r => r[0]));
        foreach (var array in database.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array))
            Assert.Equal(array.Value.GetArrayLength().ToString(CultureInfo.InvariantCulture), Query($"SELECT count(*) FROM {array.Name}")[0][0]);
        foreach (var order in database.GetProperty("orders").EnumerateArray())
        {
            var id = order.Text("order_id");
            Assert.Equal(
                order.GetProperty("items").EnumerateArray().Select(i => (i.Text("product_id"), i.GetProperty("price_paid").GetDecimal(), i.Text("item_status"))),
                Query($"SELECT product_id, price_paid, item_status FROM order_items WHERE order_id = '{id}' ORDER BY line").Select(r => (r[0]!, decimal.Parse(r[1]!, CultureInfo.InvariantCulture), r[2]!)));
            var row = Query($"SELECT items, total_amount, delivered_at FROM orders WHERE order_id = '{id}'")[0];
            Assert.Equal((order.GetProperty("items").GetRawText(), order.GetProperty("total_amount").GetDecimal(), order.GetProperty("delivered_at").GetString()), (row[0]!, decimal.Parse(row[1]!, CultureInfo.InvariantCulture), row[2]));
        }

        foreach (var customer in database.GetProperty("customers").EnumerateArray())
        {
            var address = customer.GetProperty("billing_address");
            Assert.Equal($"{address.Text("street")} {address.Text("zip")}", string.Join(' ', Query($"SELECT billing_street, billing_zip FROM customers WHERE customer_id = '{customer.Text("customer_id")}'")[0]));
        }
    }

    [Fact]
    public async Task The_two_queries_of_the_README_return_rows()
    {
        var database = await Make();
        var dear = Query("SELECT c.name, o.order_id, o.total_amount FROM customers c JOIN orders o ON c.customer_id = o.customer_id WHERE o.total_amount > 500;");
        Assert.Equal(database.GetProperty("orders").EnumerateArray().Count(o => o.GetProperty("total_amount").GetDecimal() > 500), dear.Count);
        Assert.NotEmpty(dear);
        var patterns = Query("SELECT customer_id, COUNT(*) as order_count, AVG(total_amount) as avg_order FROM orders GROUP BY customer_id ORDER BY order_count DESC;");
        Assert.Equal(database.GetProperty("orders").EnumerateArray().CountBy(o => o.Text("customer_id")).Max(c => c.Value).ToString(CultureInfo.InvariantCulture), patterns[0][1]);
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_and_the_command_runs_from_anywhere()
    {
        await Make();
        var elsewhere = Directory.CreateDirectory(_folder.File("elsewhere")).FullName;
        File.WriteAllText(Path.Combine(elsewhere, "own.db"), "not a database");
        var result = await CommandProcess.RunAsync(elsewhere, "to-sqlite", Path.Combine("..", "set"), "--output", "own.db", "--json");
        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Equal(50, JsonSerializer.Deserialize<JsonElement>(result.Output).GetProperty("rows").GetProperty("customers").GetInt32());
        Assert.Equal(File.ReadAllBytes(_folder.File("set/customer_database.db")), File.ReadAllBytes(Path.Combine(elsewhere, "own.db")));
        Assert.Equal(["own.db"], Directory.GetFiles(elsewhere).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Records_that_break_a_key_are_refused_and_the_old_file_stays()
    {
        await Make();
        var before = File.ReadAllBytes(_folder.File("set/customer_database.db"));
        var path = _folder.File("set/customer_database.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"customer_id\":\"CUST-0001\",\"order_date\"", "\"customer_id\":\"CUST-9999\",\"order_date\"", StringComparison.Ordinal).Replace("\"product_id\":\"PROD-1001\",\"quantity\"", "\"product_id\":\"PROD-9999\",\"quantity\"", StringComparison.Ordinal));
        var (exit, _, error) = await ConsoleCapture.RunAsync("to-sqlite", _folder.File("set"));
        Assert.Equal(1, exit);
        Assert.Contains("FOREIGN KEY", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("set/customer_database.db")));
        Assert.DoesNotContain(Directory.GetFiles(_folder.File("set")), f => f.EndsWith(".new", StringComparison.Ordinal));
    }

    private async Task<JsonElement> Make()
    {
        var set = _folder.File("set");
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "50", "--output-dir", set)).Exit);
        Assert.Equal(0, (await ConsoleCapture.RunAsync("to-sqlite", set)).Exit);
        return JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(set, "customer_database.json")));
    }

    private List<string?[]> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("set/customer_database.db")};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        return rows;
    }
}
