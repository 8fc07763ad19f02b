using Microsoft.Extensions.Logging;

namespace TicketWorld.Tests.Api.Access;

/// <summary>What callers send and customers are called stands in no log above Trace.</summary>
public sealed class LogPrivacyTests(KeyedApi api) : IClassFixture<KeyedApi>
{
    private const string Email = "marked.person@marked-mail.example";
    private const string Phone = "+49 151 5550199 77";
    private const string Text = "marked sentence of a customer";

    [Fact]
    public async Task Keys_addresses_numbers_and_texts_are_in_no_entry()
    {
        var marked = Uri.EscapeDataString($"{Email} {Phone}");
        var body = $$"""{"name": "{{Text}}", "email": "{{Email}}", "phone": "{{Phone}}"}""";
        string?[] keys = [null, "admin", "agent", "customer", "expired", "revoked", "malformed", "unknown", "wrong"];
        foreach (var key in keys)
        {
            foreach (var path in new[] { $"/api/v1/customers?email={marked}", $"/api/v1/tickets?customer_id={marked}", $"/api/v1/customers/{marked}", $"/api/v1/tickets/{marked}", $"/api/v1/{marked}", $"/{marked}" })
                (await api.SendAsync("GET", path, key)).Dispose();
            foreach (var path in new[] { "/api/v1/batches", "/api/v1/admin/keys", $"/api/v1/admin/parked/{marked}/discard?reason={marked}", $"/api/v1/batches/{marked}/cancel" })
            {
                (await api.SendAsync("POST", path, key, body)).Dispose();
                (await api.SendAsync("POST", path, key, body + "}", headers: ("Idempotency-Key", "marked" + Phone))).Dispose();
            }
            (await api.SendAsync("DELETE", $"/api/v1/admin/keys/{(key is null ? "tw_a_b" : Uri.EscapeDataString(api.Key(key)))}", "admin")).Dispose();
        }

        // Whole tickets, their steps, and requests that are refused half way.
        var ticket = $$"""{"subject": "{{Text}}", "body": "{{Text}}. Write to {{Email}} or call {{Phone}}.", "customer_email": "{{Email}}"}""";
        foreach (var key in keys)
        {
            (await api.SendAsync("POST", "/api/v1/workflow/process", key, $$"""{"ticket": {{ticket}}}""")).Dispose();
            (await api.SendAsync("POST", "/api/v1/workflow/process", key, $$"""{"ticket": {{ticket}}, "colour": "{{Text}}"}""")).Dispose();
            foreach (var step in new[] { "classify", "extract", "respond", "route" })
                (await api.SendAsync("POST", $"/api/v1/workflow/{step}", key, ticket[..^1] + """, "category": "billing", "severity": "low"}""")).Dispose();
        }

        var entries = api.Logs.Entries.Where(entry => entry.Level > LogLevel.Trace).Select(entry => entry.Text).ToList();
        Assert.Contains(entries, entry => entry.Contains("GET /api/v1/customers 200", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.Contains("POST /api/v1/workflow/process 200", StringComparison.Ordinal));
        string[] secrets =
        [
            Email, Uri.EscapeDataString(Email), "marked-mail", Phone, Uri.EscapeDataString(Phone), "5550199", Text,
            .. keys.OfType<string>().Where(key => key != "malformed").Select(key => api.Key(key).Split('_')[2]), "not a key",
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(entries, entry => entry.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }
}
