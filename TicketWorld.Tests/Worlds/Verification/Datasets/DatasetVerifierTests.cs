using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

/// <summary>Damage that no schema foresees becomes a finding or a clear error, and findings name their place.</summary>
public sealed class DatasetVerifierTests : IDisposable
{
    private static readonly Lazy<DatasetFiles> Sound = new(() => DatasetFiles.Generate(debug: true));

    private readonly string _folder = Directory.CreateTempSubdirectory("ticketworld-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sound_dataset_is_clean_and_counted()
    {
        Sound.Value.Write(_folder);

        var report = Verify(reproduce: true);

        Assert.Empty(report.Findings);
        Assert.True(report.IsClean);
        Assert.True(report.WasReproduced, report.ReproductionNote);
        Assert.Equal((60, 25, 14, 90, 0), (report.Tickets, report.Customers, report.Products, report.Orders, report.OracleDisagreements));
    }

    [Fact]
    public void A_wrong_value_is_named_with_file_ticket_and_field()
    {
        var damaged = Sound.Value.Copy();
        var index = damaged.Tickets.FindIndex(t => t.Contains("\"type\":\"process_return\"", StringComparison.Ordinal) && t.Contains("\"priority\":\"medium\"", StringComparison.Ordinal));
        damaged.Tickets[index] = damaged.Tickets[index].Replace("\"priority\":\"medium\"", "\"priority\":\"low\"", StringComparison.Ordinal);
        damaged.Write(_folder);

        var report = Verify();

        var finding = Assert.Single(report.Findings);
        Assert.Equal(VerificationLayer.Oracle, finding.Layer);
        Assert.Equal("support_tickets.json", finding.File);
        Assert.Contains(finding.Record, damaged.Tickets[index], StringComparison.Ordinal);
        Assert.Equal(("resolution_plan.priority", "low", "medium"), (finding.Field, finding.Found, finding.Expected));
        Assert.Equal(1, report.OracleDisagreements);
        Assert.Equal(1, report.CountOf(VerificationLayer.Oracle));
    }

    /// <summary>Each is said of another case, or by another rule of the clause, so that only what the clause says here can tell.</summary>
    [Theory]
    [InlineData("window_days = 30", "window_days = 45")]
    [InlineData("; window_days = 30]", "]")]
    [InlineData(", clock; window_days = 30", ", customer; window_days = 30")]
    [InlineData("the item came back within the return window", "the unit came back within the return window")]
    [InlineData("the item came back within the return window", "the return window has passed")]
    public void A_reasoning_that_says_what_the_clause_says_of_other_cases_is_found(string was, string becomes)
    {
        var damaged = Sound.Value.Copy();
        const string Opening = "POL-RETURN-001 (Return window): ";
        var index = damaged.Tickets.FindIndex(t => t.IndexOf(Opening, StringComparison.Ordinal) is >= 0 and var at && t.IndexOf(was, at, StringComparison.Ordinal) is >= 0 and var found && found < t.IndexOf(']', at));
        var start = damaged.Tickets[index].IndexOf(Opening, StringComparison.Ordinal);
        var place = damaged.Tickets[index].IndexOf(was, start, StringComparison.Ordinal);
        damaged.Tickets[index] = damaged.Tickets[index][..place] + becomes + damaged.Tickets[index][(place + was.Length)..];
        damaged.Write(_folder);

        var finding = Assert.Single(Verify().Findings);
        Assert.Equal((VerificationLayer.Oracle, "resolution_plan.policy_reasoning"), (finding.Layer, finding.Field));
        Assert.StartsWith("POL-RETURN-001: ", finding.Found, StringComparison.Ordinal);
        Assert.Contains(was.TrimEnd(']'), finding.Expected, StringComparison.Ordinal);
    }

    /// <summary>A model tells the same in words of its own.</summary>
    [Fact]
    public void A_reasoning_in_other_words_stands()
    {
        var other = Sound.Value.Copy();
        var index = other.Tickets.FindIndex(t => t.Contains("POL-RETURN-001 (Return window): ", StringComparison.Ordinal));
        other.Tickets[index] = other.Tickets[index].Replace("POL-RETURN-001 (Return window): ", "POL-RETURN-001 (Return window): we looked at the dates, and ", StringComparison.Ordinal);
        other.Write(_folder);

        Assert.Empty(Verify().Findings);
    }

    [Fact]
    public void The_two_ticket_files_are_compared()
    {
        Sound.Value.Write(_folder);
        var path = Path.Combine(_folder, "support_tickets.jsonl");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"sentiment\":\"neutral\"", "\"sentiment\":\"confused\"", StringComparison.Ordinal));

        Assert.All(Verify().Findings, f => Assert.Equal(("_scenario_dimensions.sentiment", VerificationLayer.Files), (f.Field, f.Layer)));
        Assert.NotEmpty(Verify().Findings);
    }

    [Fact]
    public void A_ticket_that_one_file_lacks_is_found()
    {
        Sound.Value.Write(_folder);
        var path = Path.Combine(_folder, "support_tickets.jsonl");
        File.WriteAllLines(path, File.ReadAllLines(path).SkipLast(1));

        Assert.Contains(Verify().Findings, f => f.Problem.Contains("different numbers", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("support_tickets.json")]
    [InlineData("support_tickets.jsonl")]
    [InlineData("customer_database.json")]
    [InlineData("policy_graph.json")]
    [InlineData("manifest.json")]
    [InlineData("company_policy.txt")]
    public void A_file_that_is_missing_cut_off_empty_or_noise_is_found(string name)
    {
        Sound.Value.Write(_folder);
        var path = Path.Combine(_folder, name);
        var whole = File.ReadAllBytes(path);
        foreach (var share in (int[])[3, 10, 100, 1000])
        {
            File.WriteAllBytes(path, whole[..(whole.Length * (share - 1) / share)]);
            Assert.Contains(Verify().Findings, f => f.File == name);
        }

        File.WriteAllBytes(path, []);
        Assert.Contains(Verify().Findings, f => f.File == name);
        File.WriteAllBytes(path, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 >> 3))]);
        Assert.Contains(Verify().Findings, f => f.File == name);
        File.Delete(path);
        Assert.Contains(Verify().Findings, f => f.File == name && f.Found == "missing");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1e999")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("-1.005")]
    [InlineData("{\"a\":[{}]}")]
    [InlineData("\"\\ud800\"")]
    public void A_value_of_a_wrong_kind_anywhere_is_a_finding(string value)
    {
        var leaves = new[]
        {
            ("tickets", "timestamp"), ("tickets", "body"), ("tickets", "resolution_plan"), ("tickets", "total_resolution_value"), ("tickets", "actions"), ("tickets", "details"),
            ("tickets", "policy_references"), ("tickets", "_facts"), ("tickets", "_proof"), ("tickets", "what_if"), ("tickets", "states"), ("orders", "items"), ("orders", "total_amount"),
            ("orders", "ordered_at"), ("products", "base_price"), ("products", "weight"), ("customers", "shipping_address"), ("customers", "customer_id"),
        };
        foreach (var (section, key) in leaves)
        {
            var damaged = Sound.Value.Copy();
            Replace(damaged.Section(section), key, value);
            damaged.Write(_folder);
            Assert.False(Verify().IsClean, $"{section} {key}");
        }
    }

    [Fact]
    public void A_key_that_stands_twice_is_found()
    {
        var damaged = Sound.Value.Copy();
        damaged.Customers[2] = damaged.Customers[2].Replace("{\"customer_id\"", "{\"tier\":\"vip\",\"customer_id\"", StringComparison.Ordinal);
        damaged.Write(_folder);

        Assert.Contains(Verify().Findings, f => f.Problem == "the key stands twice" && f.Field == "tier");
    }

    [Fact]
    public void A_folder_that_is_none_or_holds_no_dataset_is_said_to_be_so()
    {
        Assert.Contains("no dataset", Assert.Single(Verify().Findings).Problem, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Single(DatasetVerifier.Verify(Path.Combine(_folder, "none"), new VerificationOptions()).Findings).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Hashes_count_unless_only_content_does()
    {
        var same = Sound.Value.Copy();
        same.Write(_folder);
        File.AppendAllText(Path.Combine(_folder, "support_tickets.json"), "\n");

        Assert.True(Verify().IsClean);
        var report = DatasetVerifier.Verify(_folder, new VerificationOptions());
        Assert.Equal(["the size differs from the manifest", "the hash differs from the manifest"], report.Findings.Select(f => f.Problem));
    }

    [Fact]
    public void All_findings_are_counted_and_the_first_are_listed()
    {
        var damaged = Sound.Value.Copy();
        for (var i = 0; i < damaged.Tickets.Count; i++)
            damaged.Tickets[i] = damaged.Tickets[i].Replace("\"status\":\"found\"", "\"status\":\"lost\"", StringComparison.Ordinal);
        damaged.Write(_folder);

        var report = DatasetVerifier.Verify(_folder, new VerificationOptions(ContentOnly: true, ListedFindings: 5, Reproduce: false));

        Assert.Equal(5, report.Findings.Count);
        Assert.True(report.FindingCount > 40, $"{report.FindingCount} findings");
    }

    private VerificationReport Verify(bool reproduce = false) =>
        DatasetVerifier.Verify(_folder, new VerificationOptions(ContentOnly: true, Reproduce: reproduce));

    /// <summary>Puts a raw value in place of a member's value in the first record that has the member.</summary>
    private static void Replace(List<string> records, string key, string value)
    {
        var index = records.FindIndex(r => r.Contains($"\"{key}\":", StringComparison.Ordinal));
        var record = records[index];
        var start = record.IndexOf($"\"{key}\":", StringComparison.Ordinal) + key.Length + 3;
        using var scanner = new JsonElementScanner(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"[{record[start..]}")), hasSections: false);
        Assert.True(scanner.Next());
        records[index] = $"{record[..start]}{value}{System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(record[start..])[scanner.Element.Length..])}";
    }
}
