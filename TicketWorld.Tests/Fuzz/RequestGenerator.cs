using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TicketWorld.Tests.Api.Contract;

namespace TicketWorld.Tests.Fuzz;

/// <summary>Makes the requests of a run: each a pure function of the seed, its number and the document.</summary>
internal sealed class RequestGenerator(FuzzTarget target, int seed)
{
    private const string Marker = "@@here@@";
    private const int TenMegabytes = 10 << 20;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Fault[] Anywhere = [Fault.BadPath, Fault.BadQuery, Fault.BadHeader, Fault.BadFraming, Fault.WrongMethod, Fault.UnknownField];
    private static readonly Fault[] OfBodies =
    [
        Fault.NoBody, Fault.NoJson, Fault.WrongType, Fault.UnknownField, Fault.MissingField, Fault.WrongWord, Fault.Length, Fault.InvalidUtf8, Fault.LoneSurrogate, Fault.DeepNesting, Fault.HugeNumber,
        Fault.DuplicateKey, Fault.WrongContentType, Fault.WrongCharset, Fault.Compressed, Fault.BadPath, Fault.BadQuery, Fault.BadHeader, Fault.BadFraming, Fault.WrongMethod,
    ];

    private static readonly string[] BadTexts =
    [
        "%00", "a%00b", "%2F", "..%2F..%2Fetc%2Fpasswd", "..", ".", "%2e%2e", "%", "%zz", "%FF", "%C0%80", "%ED%A0%80", "%0d%0aX-Injected:%201", "%20", "'", "\"", "%22", "<script>", "{}", "[]", "null", "-1", "0", "1e9", "99999999999999999999",
        "b-00000000000000000000", "B-00000000000000000000", "b-0000000000000000000i", "00000000-0000-0000-0000-000000000000", "desk.", "desk.x", "desk.%01", "desk.%00", "b-00000000000000000000.x", ";", "%F0%9F%98%80", "%E2%80%AE", "*", "\\", "%5C", "~", "a b", "é",
    ];

    private static readonly string[] BadHeaders =
    [
        "Idempotency-Key:", "Idempotency-Key: a b", "Idempotency-Key: \u00e9\u00ff", "Idempotency-Key: a\r\nIdempotency-Key: b", "Idempotency-Key: a,b", "X-Correlation-Id: <script>", "X-Correlation-Id: a\r\nX-Correlation-Id: b", "Accept: text/plain", "Accept: ;;;q=x",
        "Accept-Encoding: gzip;q=banana, *;q=0", "Range: bytes=9-1", "Range: bytes=0-18446744073709551615", "Range: lines=1-2", "If-None-Match: \"", "If-Match: *", "If-Range: x", "If-Modified-Since: yesterday", "Last-Event-ID: \u00ff", "Last-Event-ID: 99999999999999999999", "Host: example.com", "Host:",
        "Host-is-missing", "Host: 127.0.0.1\r\nHost: 127.0.0.1", "Host: 127.0.0.1:99999", "Origin: https://example.com", "Origin: null", "Origin:", "Expect: 100-continue", "Expect: something", "Upgrade: websocket\r\nConnection: Upgrade", "Upgrade: h2c", "Cookie: a=b; =; ;;", "Authorization: Bearer x",
        "Authorization: Basic ####", "X-API-Key:", "X-API-Key: \u00ff", "traceparent: 00-zz-zz-00", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "X-Forwarded-For: 8.8.8.8", "X-HTTP-Method-Override: DELETE", "Content-Encoding: br", "TE: trailers", "Bad Name: x", ": x", "X-Tab:\tx",
        "X-Null: a\0b", " folded", "Connection: close", "Connection: keep-alive, close, upgrade",
    ];

    private static readonly string[] BadLengths =
    [
        "Content-Length: abc", "Content-Length: -1", "Content-Length: 1, 2", "Content-Length: 1\r\nContent-Length: 2", "Content-Length: 99999999999999999999", "Content-Length: 31000000", "Content-Length:", "Content-Length: +5", "Content-Length: 0x10", "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: gzip", "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: identity",
    ];

    private static readonly string[] BadChunks = ["zz\r\n{}\r\n0\r\n\r\n", "5\r\n{}\r\n0\r\n\r\n", "-1\r\n\r\n", "ffffffffffffffff\r\n{}", "2\r\n{}0\r\n\r\n", "2;ext=\"\r\n{}\r\n0\r\n\r\n", "\r\n\r\n"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO", "get", "PROPFIND", "G\u00e9T", new('M', 200)];
    private static readonly string[] Types =
        ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/jsonx", "json", ";", "application/json/json", "", "application/octet-stream", "*/*", "text/json-seq"];
    private static readonly string[] Charsets = ["utf-16", "utf-32", "iso-8859-1", "latin1", "x-unknown", "", "\"", "utf-7", "utf-8; charset=utf-16"];
    private static readonly string[] Numbers =
        ["1e400", "-1e400", "1E-400", "99999999999999999999999999", "-99999999999999999999", "0.1", "-0", "1.0", "2147483648", "-2147483649", "9007199254740993", "18446744073709551616", "1e2", new('9', 5000), "0." + new string('1', 5000)];

    private IReadOnlyList<ApiOperation> Operations => target.Document.Operations;

    public FuzzedRequest Make(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var operation = Operations[number % Operations.Count];
        var fault = FaultFor(operation, random);
        return With(new FuzzedRequest(number, operation, fault) { Method = operation.Method, Target = TargetOf(operation, fault, random) }, random);
    }

    private static Fault FaultFor(ApiOperation operation, Random random) => operation.Body is null
        ? random.Next(3) == 0 ? Fault.None : random.Next(400) == 0 ? Fault.HugeBody : Anywhere[random.Next(Anywhere.Length)]
        : random.Next(1200) switch
        {
            0 => Fault.UnfinishedBody,
            < 8 => Fault.HugeBody,
            < 20 => Fault.SlowBody,
            < 220 => Fault.None,
            _ => OfBodies[random.Next(OfBodies.Length)],
        };

    private FuzzedRequest With(FuzzedRequest request, Random random)
    {
        var headers = new List<string>();
        var body = request.Operation.Body is { } described ? Body(described, request.Fault, random, headers) : request.Fault is Fault.UnknownField or Fault.HugeBody ? Unasked(request.Fault) : [];
        if (request.Operation.Parameters.Any(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key") && random.Next(4) == 0 && request.Fault != Fault.BadHeader)
            headers.Add(string.Create(CultureInfo.InvariantCulture, $"Idempotency-Key: fuzz-{seed}-{(random.Next(8) == 0 ? random.Next(4) : request.Number)}"));
        request = request with { Headers = headers, Body = body, Chunked = body.Length > 0 && random.Next(4) == 0, Slow = request.Fault == Fault.SlowBody };
        switch (request.Fault)
        {
            case Fault.BadHeader:
                headers.Add(random.Next(12) switch
                {
                    0 => "X-Long: " + new string('x', 40_000),
                    1 => "Idempotency-Key: " + new string('k', random.Next(2) == 0 ? 256 : 255),
                    2 => string.Join("\r\n", Enumerable.Range(0, 150).Select(i => $"X-Many-{i}: x")),
                    _ => BadHeaders[random.Next(BadHeaders.Length)],
                });
                return request;
            case Fault.BadFraming when random.Next(3) == 0:
                headers.Add("Transfer-Encoding: chunked");
                return request with { OwnFraming = true, Chunked = false, Body = Encoding.ASCII.GetBytes(BadChunks[random.Next(BadChunks.Length)]) };
            case Fault.BadFraming:
                headers.Add(BadLengths[random.Next(BadLengths.Length)]);
                return request with { OwnFraming = true, Chunked = false };
            case Fault.UnfinishedBody:
                headers.Add(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length + 50}"));
                return request with { OwnFraming = true, Chunked = false };
            case Fault.WrongMethod:
                return request with { Method = Methods[random.Next(Methods.Length)] };
            default:
                return request;
        }
    }

    private string TargetOf(ApiOperation operation, Fault fault, Random random)
    {
        var kind = operation.Path.Split('/') is [_, "api", "v1", var third, ..] ? third : "";
        string[] names = [.. operation.Parameters.Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => parameter.GetProperty("name").GetString()!)];
        var bad = fault == Fault.BadPath && names.Length > 0 ? names[random.Next(names.Length)] : null;
        var path = operation.Path;
        foreach (var name in names)
        {
            var value = name == bad ? BadText(random) : random.Next(10) > 0 && target.Known.TryGetValue($"{kind} {name}", out var known) ? known : "unknown-1";
            path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        if (fault == Fault.BadPath && names.Length == 0)
            path = path.TrimEnd('/') + "/" + BadText(random);
        return path + Query(operation, fault, random);
    }

    private static string BadText(Random random) => random.Next(10) switch
    {
        0 => new string('a', 4_000),
        1 => string.Concat(Enumerable.Repeat("%F0%9F%98%80", 300)),
        2 => "",
        _ => Uri.EscapeDataString(BadTexts[random.Next(BadTexts.Length)]) is var escaped && random.Next(2) == 0 ? escaped : BadTexts[random.Next(BadTexts.Length)],
    };

    private static string Query(ApiOperation operation, Fault fault, Random random)
    {
        var generator = new List<string>();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.GetProperty("in").GetString() == "query"))
        {
            var name = parameter.GetProperty("name").GetString()!;
            var wrong = fault == Fault.BadQuery && random.Next(2) == 0;
            if (!wrong && random.Next(3) > 0 && !Required(parameter))
                continue;
            var value = wrong ? BadText(random) : Valid(parameter.GetProperty("schema"), random);
            generator.Add($"{name}={value}");
            if (wrong && random.Next(3) == 0)
                generator.Add($"{name}={BadText(random)}");
        }

        if (fault == Fault.BadQuery)
            generator.Add(random.Next(6) switch { 0 => "&&&", 1 => "=", 2 => "unknown=1", 3 => "page[]=1", 4 => "%=%", _ => new string('q', 3000) });
        return generator.Count == 0 ? "" : "?" + string.Join('&', generator);
    }

    private static bool Required(JsonElement parameter) => parameter.TryGetProperty("required", out var required) && required.GetBoolean();

    private static string Valid(JsonElement schema, Random random)
    {
        if (schema.TryGetProperty("enum", out var words))
            return words[random.Next(words.GetArrayLength())].GetString()!;
        return schema.GetProperty("type").GetString() switch
        {
            "integer" => (random.Next(4) == 0 ? schema.GetProperty("maximum").GetInt64() : 1 + random.Next(5)).ToString(CultureInfo.InvariantCulture),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            _ => ((string[])["desk", "fuzz", "chunk", "technical_support", "a%40b.example", "%E2%82%AC"])[random.Next(6)],
        };
    }

    /// <summary>A body for an operation that takes none.</summary>
    private static byte[] Unasked(Fault fault) => fault == Fault.HugeBody ? new byte[TenMegabytes] : "{\"unasked\": 1}"u8.ToArray();

    private byte[] Body(JsonElement described, Fault fault, Random random, List<string> headers)
    {
        headers.Add(fault switch
        {
            Fault.WrongContentType => "Content-Type: " + Types[random.Next(Types.Length)],
            Fault.WrongCharset => "Content-Type: application/json; charset=" + Charsets[random.Next(Charsets.Length)],
            _ => "Content-Type: application/json",
        });
        if (fault == Fault.WrongContentType && random.Next(5) == 0)
            headers.Clear();
        if (fault == Fault.NoBody)
            return random.Next(2) == 0 ? [] : " \n"u8.ToArray();

        var generator = new BodyGenerator(target.Document, random);
        var made = random.Next(6) == 0 && fault == Fault.None
            ? JsonNode.Parse(described.GetProperty("example").GetRawText())!
            : generator.Value(described.GetProperty("schema"))!;
        var body = (JsonObject)made;
        var place = generator.Places.Count > 0 ? generator.Places[random.Next(generator.Places.Count)] : new(body, "body", default);
        var raw = "";
        switch (fault)
        {
            case Fault.WrongType:
                place.Parent[place.Name] = random.Next(6) switch
                {
                    0 => JsonValue.Create(7),
                    1 => JsonValue.Create(true),
                    2 => new JsonArray(1, "two", null),
                    3 => new JsonObject { ["x"] = 1 },
                    4 => null,
                    _ => JsonValue.Create("word"),
                };
                break;
            case Fault.UnknownField:
                (random.Next(2) == 0 ? body : place.Parent)[random.Next(4) == 0 ? "" : random.Next(4) == 0 ? new string('n', 5_000) : "unknown \u00e9\u0000"] = "x";
                break;
            case Fault.MissingField:
                place.Parent.Remove(place.Name);
                break;
            case Fault.WrongWord:
                place.Parent[place.Name] = ((string[])["no_such_word", "", "TECHNICAL", " technical", "0", "technical\u0000", "null"])[random.Next(7)];
                break;
            case Fault.Length:
                place.Parent[place.Name] = new string(random.Next(2) == 0 ? 'x' : '\u00e9', Length(generator, random));
                break;
            case Fault.InvalidUtf8 or Fault.LoneSurrogate or Fault.DeepNesting or Fault.HugeNumber:
                if (random.Next(4) == 0 && fault is Fault.InvalidUtf8 or Fault.LoneSurrogate)
                    place.Parent[Marker] = 1;
                else
                    place.Parent[place.Name] = Marker;
                raw = fault switch
                {
                    Fault.LoneSurrogate => ((string[])["\\ud800", "\\udc00\\ud800", "a\\udfffb"])[random.Next(3)],
                    Fault.DeepNesting => Nested(random),
                    Fault.HugeNumber => Numbers[random.Next(Numbers.Length)],
                    _ => "",
                };
                break;
            case Fault.HugeBody:
                return Huge(body, random);
        }

        var text = body.ToJsonString(Json);
        text = fault switch
        {
            Fault.LoneSurrogate => text.Replace(Marker, raw, StringComparison.Ordinal),
            Fault.DeepNesting or Fault.HugeNumber => text.Replace($"\"{Marker}\"", raw, StringComparison.Ordinal),
            Fault.DuplicateKey => Doubled(text, body),
            Fault.NoJson => Broken(text, random),
            _ => text,
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        return fault switch
        {
            Fault.InvalidUtf8 => WithInvalid(bytes, random),
            Fault.Compressed => Compressed(bytes, random, headers),
            Fault.WrongCharset when random.Next(3) == 0 => Encoding.Unicode.GetBytes(text),
            _ => bytes,
        };
    }

    private int Length(BodyGenerator generator, Random random)
    {
        int[] limits = [.. generator.Places.Select(place => target.Document.Resolve(place.Schema)).Where(schema => schema.TryGetProperty("maxLength", out _)).Select(schema => schema.GetProperty("maxLength").GetInt32())];
        var limit = limits.Length > 0 ? limits[random.Next(limits.Length)] : 100;
        return random.Next(4) switch { 0 => 0, 1 => 1, 2 => limit, _ => limit + 1 };
    }

    private static string Nested(Random random)
    {
        var depth = ((int[])[5, 17, 64, 65, 1_000, 10_000])[random.Next(6)];
        return random.Next(2) == 0
            ? new string('[', depth) + new string(']', random.Next(4) == 0 ? depth - 1 : depth)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }

    private static string Doubled(string text, JsonObject body) => body.Count == 0 ? "{\"a\":1,\"a\":2}" : $"{{{JsonSerializer.Serialize(body.First().Key)}:null,{text[1..]}";

    private static string Broken(string text, Random random) => random.Next(10) switch
    {
        0 => text[..random.Next(text.Length)],
        1 => text + text,
        2 => text[..^1] + ",}",
        3 => "// comment\n" + text,
        4 => "\ufeff" + text,
        5 => "[" + text + "]",
        6 => "null",
        7 => "\"text\"",
        8 => text.Replace('"', '\''),
        _ => text + "\0",
    };

    private static byte[] WithInvalid(byte[] text, Random random)
    {
        byte[] wrong = ((byte[][])[[0xff, 0xfe], [0xc0, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]])[random.Next(5)];
        var at = text.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Marker));
        return at < 0 ? [.. wrong, .. text] : [.. text[..at], .. wrong, .. text[(at + Marker.Length)..]];
    }

    private static byte[] Compressed(byte[] text, Random random, List<string> headers)
    {
        headers.Add("Content-Encoding: gzip");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(random.Next(4) == 0 ? new byte[TenMegabytes] : text);
        return packed.ToArray();
    }

    private static byte[] Huge(JsonObject body, Random random)
    {
        if (random.Next(2) == 0)
            return Encoding.UTF8.GetBytes(new string(' ', TenMegabytes) + body.ToJsonString());
        body["huge"] = new string('h', TenMegabytes);
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
