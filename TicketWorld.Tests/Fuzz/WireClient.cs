using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TicketWorld.Tests.Fuzz;

/// <summary>A connection that sends requests as bytes, since a proper client would not send what is to be tried, and reads answers of HTTP/1.1.</summary>
internal sealed class WireClient(Uri address, string key) : IDisposable
{
    /// <summary>An answer that takes longer is a hang; a body that never ends is cut off by the server after its own patience.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnfinishedLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly FuzzedAnswer Nothing = new(0, new Dictionary<string, string>(), default, Cut: true);

    private TcpClient? _connection;
    private NetworkStream? _stream;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public async Task<FuzzedAnswer> SendAsync(FuzzedRequest request)
    {
        var fresh = _stream is null;
        var answer = await TryAsync(request);
        // A connection that was kept may have been closed in the meantime; that says nothing about this request.
        if (answer is { Status: 0, Cut: true } && !fresh)
            answer = await TryAsync(request);
        if (answer.Status == 0 || answer.Closes || answer.Hung || answer.Cut || request.OwnFraming || request.Fault is Fault.UnfinishedBody or Fault.WrongMethod)
            Close();
        return answer;
    }

    public void Dispose() => Close();

    private async Task<FuzzedAnswer> TryAsync(FuzzedRequest request)
    {
        using var end = new CancellationTokenSource(request.Fault == Fault.UnfinishedBody ? UnfinishedLimit : Limit);
        try
        {
            if (_stream is null)
            {
                _connection = new TcpClient { NoDelay = true };
                await _connection.ConnectAsync(address.Host, address.Port, end.Token);
                _stream = _connection.GetStream();
                (_start, _end) = (0, 0);
            }

            await _stream.WriteAsync(request.Head(address.Authority, key), end.Token);
            var sending = SendBodyAsync(request, end.Token);
            var answer = await ReadAsync(request.Method, end.Token);
            try
            {
                await sending;
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // It was answered before all of the body was read.
                return answer with { Headers = new Dictionary<string, string>(answer.Headers, StringComparer.OrdinalIgnoreCase) { ["Connection"] = "close" } };
            }

            return answer;
        }
        catch (OperationCanceledException)
        {
            Close();
            return Nothing with { Hung = true, Cut = false };
        }
        catch (Exception exception) when (exception is IOException or SocketException or EndOfStreamException or InvalidDataException)
        {
            Close();
            return Nothing;
        }
    }

    private async Task SendBodyAsync(FuzzedRequest request, CancellationToken cancellationToken)
    {
        var body = request.Body;
        var pieces = request.Slow ? 3 : request.Chunked ? 2 : 1;
        var size = Math.Max(1, (body.Length + pieces - 1) / pieces);
        for (var at = 0; at < body.Length; at += size)
        {
            var piece = body.Slice(at, Math.Min(size, body.Length - at));
            if (request.Slow)
                await Task.Delay(Pause, cancellationToken);
            if (request.Chunked && !request.OwnFraming)
                await _stream!.WriteAsync(Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), cancellationToken);
            await _stream!.WriteAsync(piece, cancellationToken);
            if (request.Chunked && !request.OwnFraming)
                await _stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
        }

        if (request.Chunked && !request.OwnFraming)
            await _stream!.WriteAsync("0\r\n\r\n"u8.ToArray(), cancellationToken);
    }

    private async Task<FuzzedAnswer> ReadAsync(string method, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await LineAsync(cancellationToken);
            if (!line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || !int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
                throw new InvalidDataException(line);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await LineAsync(cancellationToken) is { Length: > 0 } header)
            {
                var colon = header.IndexOf(':', StringComparison.Ordinal);
                headers[header[..colon]] = header[(colon + 1)..].Trim();
            }

            if (status == 100)
                continue;
            var body = method == "HEAD" || status is 204 or 304 ? [] : await BodyAsync(headers, cancellationToken);
            return new(status, headers, body);
        }
    }

    private async Task<byte[]> BodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (headers.TryGetValue("Content-Length", out var length))
            return await BytesAsync(int.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture), cancellationToken);
        var body = new ArrayBufferWriter<byte>();
        if (headers.TryGetValue("Transfer-Encoding", out var encoding) && encoding == "chunked")
        {
            while (true)
            {
                var size = int.Parse(await LineAsync(cancellationToken), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                body.Write(await BytesAsync(size, cancellationToken));
                _ = await LineAsync(cancellationToken);
                if (size == 0)
                    return body.WrittenSpan.ToArray();
            }
        }

        while (await FillAsync(cancellationToken))
        {
            body.Write(_buffer.AsSpan(_start, _end - _start));
            _start = _end;
        }

        return body.WrittenSpan.ToArray();
    }

    private async Task<byte[]> BytesAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var have = 0;
        while (have < count)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
                throw new EndOfStreamException();
            var take = Math.Min(count - have, _end - _start);
            _buffer.AsSpan(_start, take).CopyTo(bytes.AsSpan(have));
            (_start, have) = (_start + take, have + take);
        }

        return bytes;
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (feed >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, feed);
                _start += feed + 2;
                return line;
            }

            if (!await FillAsync(cancellationToken))
                throw new EndOfStreamException();
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _stream!.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }

    private void Close()
    {
        _connection?.Dispose();
        (_connection, _stream) = (null, null);
    }
}
