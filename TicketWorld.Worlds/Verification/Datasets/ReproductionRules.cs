using System.Text.Json;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Compares the files of a dataset with the same files made again, record by record and field by field.</summary>
internal sealed class ReproductionRules(string folder, Reproduction reproduction, List<Finding> findings, bool textsFromModel)
{
    /// <summary>More differences than this show that the options, not the records, are wrong.</summary>
    private const int Most = 100_000;

    /// <summary>What a model writes, and so is not made again. Everything else of a ticket is the same with and without a model.</summary>
    private static readonly string[] Texts = ["subject", "body", "resolution_plan.policy_reasoning"];

    private const int Batch = 1024;
    private const int LargeBatch = 4096;
    private const int Part = 128;

    /// <param name="remake">Knows what was compared beside the verification and is the same; or null.</param>
    public void Check(Remake? remake, CancellationToken cancellation)
    {
        CheckWhole(PolicyFiles.TextName, reproduction.WritePolicyText, CompareText);
        CheckWhole(PolicyFiles.GraphName, reproduction.WritePolicyGraph, CompareJson);
        if (remake is not { RecordsAreSame: true })
            CheckDatabase(cancellation);
        CheckWhole(TwinRules.FileName, reproduction.WriteTwins, CompareText);
        if (remake is not { TicketsAreSame: true })
            CheckTickets(cancellation);
    }

    private void CheckWhole(string name, Action<Stream> write, Action<string, byte[], byte[]> compare)
    {
        if (!File.Exists(Path.Combine(folder, name)))
            return;
        using var expected = new MemoryStream();
        write(expected);
        var found = File.ReadAllBytes(Path.Combine(folder, name));
        if (!found.AsSpan().SequenceEqual(expected.GetBuffer().AsSpan(0, (int)expected.Length)))
            compare(name, found, expected.ToArray());
    }

    private void CompareText(string name, byte[] found, byte[] expected)
    {
        var lines = System.Text.Encoding.UTF8.GetString(found).Split('\n');
        var others = System.Text.Encoding.UTF8.GetString(expected).Split('\n');
        var at = 0;
        while (at < lines.Length && at < others.Length && lines[at] == others[at])
            at++;
        Add(new RecordCheck(name, $"line {at + 1}"), "(text)", at < lines.Length ? lines[at] : "the end", at < others.Length ? others[at] : "the end");
    }

    private void CompareJson(string name, byte[] found, byte[] expected)
    {
        if (!Compare(new RecordCheck(name, "(file)"), found, expected))
            Add(new RecordCheck(name, "(file)"), "(text)", "the same values in other bytes", "the same bytes");
    }

    private void CheckDatabase(CancellationToken cancellation)
    {
        var path = Path.Combine(folder, Database.FileName);
        if (!File.Exists(path))
            return;
        using (var same = new ComparingStream(File.OpenRead(path)))
        {
            reproduction.WriteDatabase(same, cancellation);
            if (same.IsEqual)
                return;
        }

        var temporary = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var expected = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        reproduction.WriteDatabase(expected, cancellation);
        expected.Position = 0;
        using var found = new JsonElementScanner(File.OpenRead(path), hasSections: true);
        using var made = new JsonElementScanner(expected, hasSections: true);
        var before = findings.Count;
        AlignDatabase(found, made, cancellation);
        if (findings.Count == before)
            Add(new RecordCheck(Database.FileName, "(file)"), "(file)", "the same records in other bytes", "the same bytes");
    }

    /// <summary>Both files hold their records in the order of their numbers, so a record that only one side has shows as a gap.</summary>
    private void AlignDatabase(JsonElementScanner found, JsonElementScanner made, CancellationToken cancellation)
    {
        var hasFound = found.Next();
        var hasMade = made.Next();
        while ((hasFound || hasMade) && findings.Count < Most)
        {
            cancellation.ThrowIfCancellationRequested();
            var left = hasFound ? Identity(found.Section, found.Element) : null;
            var right = hasMade ? Identity(made.Section, made.Element) : null;
            if (left is { } one && right is { } other && one.Section == other.Section && (one.Number == other.Number || one.Number < 0))
            {
                if (!found.Element.Span.SequenceEqual(made.Element.Span))
                    Compare(new RecordCheck(Database.FileName, other.Id), found.Element, made.Element);
                hasFound = found.Next();
                hasMade = made.Next();
            }
            else if (right is { } lost && (left is not { } ahead || ahead.Section != lost.Section || ahead.Number > lost.Number) && (left is null || SectionRank(left.Value.Section) >= SectionRank(lost.Section)))
            {
                Add(new RecordCheck(Database.FileName, lost.Id), "(record)", "missing", "the record");
                hasMade = made.Next();
            }
            else
            {
                Add(new RecordCheck(Database.FileName, left?.Id ?? "(record)"), "(record)", "a record", "no such record here");
                hasFound = found.Next();
            }
        }
    }

    private void CheckTickets(CancellationToken cancellation)
    {
        var path = Path.Combine(folder, TicketSource.ArrayName);
        if (!File.Exists(path) || LinesAreSame(cancellation))
            return;
        using var scanner = new JsonElementScanner(File.OpenRead(path), hasSections: false);
        var aligned = new TicketAlignment(Compare, (id, found, expected) => Add(new RecordCheck(TicketSource.ArrayName, id), "(record)", found, expected));
        for (var first = 0; first < reproduction.Tickets && findings.Count < Most; first += Batch)
        {
            var made = MakeTickets(first, Math.Min(Batch, reproduction.Tickets - first), cancellation);
            foreach (var ticket in made)
            {
                aligned.Expect(ticket);
                if (scanner.Next())
                    aligned.Meet(scanner.Element.ToArray());
                aligned.Settle(isLast: false);
            }
        }

        while (findings.Count < Most && scanner.Next())
            aligned.Meet(scanner.Element.ToArray());
        aligned.Settle(isLast: true);
    }

    /// <summary>
    /// Whether the file of lines is made again byte for byte. Then the array is right too: that both hold the same tickets is checked apart.
    /// One batch is compared while the next is made.
    /// </summary>
    private bool LinesAreSame(CancellationToken cancellation)
    {
        var path = Path.Combine(folder, TicketSource.LinesName);
        if (!File.Exists(path))
            return false;
        using var found = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var same = new ComparingStream(found);
        var comparing = Task.CompletedTask;
        try
        {
            for (var first = 0; first < reproduction.Tickets && same.IsEqualSoFar; first += LargeBatch)
            {
                var parts = MakeBlocks(first, Math.Min(LargeBatch, reproduction.Tickets - first), cancellation);
                comparing.Wait(CancellationToken.None);
                comparing = Task.Run(() => Array.ForEach(parts, part => same.Write(part.Span)), CancellationToken.None);
            }
        }
        finally
        {
            comparing.Wait(CancellationToken.None);
        }

        return same.IsEqual;
    }

    private ReadOnlyMemory<byte>[] MakeBlocks(int first, int count, CancellationToken cancellation)
    {
        var blocks = new ReadOnlyMemory<byte>[(count + Part - 1) / Part];
        Parallel.For(0, blocks.Length, new ParallelOptions { CancellationToken = cancellation }, part =>
            blocks[part] = reproduction.WriteBlock(first + part * Part, Math.Min(Part, count - part * Part), cancellation));
        return blocks;
    }

    private ReadOnlyMemory<byte>[] MakeTickets(int first, int count, CancellationToken cancellation)
    {
        var made = new ReadOnlyMemory<byte>[count];
        var parts = (count + Part - 1) / Part;
        Parallel.For(0, parts, new ParallelOptions { CancellationToken = cancellation }, part =>
        {
            var lines = new ReadOnlyMemory<byte>[Math.Min(Part, count - part * Part)];
            reproduction.WriteTickets(first + part * Part, lines, cancellation);
            lines.CopyTo(made, part * Part);
        });
        return made;
    }

    private void Compare(string id, ReadOnlyMemory<byte> found, ReadOnlyMemory<byte> expected)
    {
        var check = new RecordCheck(TicketSource.ArrayName, id);
        if (!Compare(check, found, expected))
            Add(check, "(record)", "the same values in other bytes", "the same bytes");
    }

    /// <returns>False when the values are equal.</returns>
    private bool Compare(RecordCheck check, ReadOnlyMemory<byte> found, ReadOnlyMemory<byte> expected)
    {
        try
        {
            using var left = JsonDocument.Parse(found);
            using var right = JsonDocument.Parse(expected);
            var differences = JsonDifference.Find(left.RootElement, right.RootElement);
            foreach (var (path, one, other) in differences)
            {
                if (!textsFromModel || !Texts.Contains(path, StringComparer.Ordinal))
                    Add(check, path, one, other);
            }

            return differences.Count > 0;
        }
        catch (JsonException e)
        {
            Add(check, "(record)", $"no JSON: {e.Message}", "the record");
            return true;
        }
    }

    private void Add(RecordCheck check, string field, string found, string expected)
    {
        var single = new RecordCheck(check.File, check.Record);
        single.Add(VerificationLayer.Reproduction, field, "made again from the manifest's options it is different", found, expected);
        findings.AddRange(single.Findings);
    }

    private static int SectionRank(string section) => Array.IndexOf(["customers", "products", "orders", "payments"], section);

    /// <summary>The section, the id and the number that orders records; -1 when the id cannot be read.</summary>
    private static (string Section, string Id, int Number)? Identity(string section, ReadOnlyMemory<byte> element)
    {
        var key = section switch
        {
            "customers" => "customer_id",
            "products" => "product_id",
            "payments" => "payment_id",
            _ => "order_id",
        };
        var id = TicketAlignment.IdOf(element, key);
        return (section, id ?? "(record)", id is not null && int.TryParse(id.AsSpan(id.LastIndexOf('-') + 1), out var number) ? number : -1);
    }
}
