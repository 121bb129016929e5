using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Unbrush.Casework.Tests.PostgresServer))]

namespace Unbrush.Casework.Tests;

/// <summary>
/// A throw-away PostgreSQL cluster on a free port of this machine, started at the first use and stopped with the
/// tests. Without the server's programs the tests fail: they are never skipped in silence.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lock Gate = new();
    private static PostgresServer? running;
    private readonly string folder = Directory.CreateTempSubdirectory("unbrush-pg-").FullName;
    private bool isStarted;
    private int port;
    private static int databases;

    public PostgresServer() => running = this;

    /// <summary>A connection string of a new, empty database.</summary>
    public static string NewDatabase()
    {
        lock (Gate)
        {
            var server = running!;
            server.Start();
            var name = $"case{Interlocked.Increment(ref databases)}";
            using var admin = new NpgsqlConnection(server.ConnectionString("postgres"));
            admin.Open();
            using var create = new NpgsqlCommand($"CREATE DATABASE {name}", admin);
            create.ExecuteNonQuery();
            return server.ConnectionString(name);
        }
    }

    public void Dispose()
    {
        if (isStarted)
            Run("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=unbrush;Database={database};Maximum Pool Size=20";

    private void Start()
    {
        if (isStarted)
            return;
        if (Environment.UserName == "root")
            Run("chown", "postgres", folder);
        var data = Path.Combine(folder, "data");
        Run("initdb", "-A", "trust", "-U", "unbrush", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-D", data);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        Run("pg_ctl", "-D", data, "-l", Path.Combine(folder, "log"), "-w", "-o", string.Create(CultureInfo.InvariantCulture, $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"), "start");
        isStarted = true;
    }

    private static void Run(string program, params string[] arguments)
    {
        var isServer = program != "chown";
        var start = new ProcessStartInfo { RedirectStandardError = true, RedirectStandardOutput = true };
        if (isServer && Environment.UserName == "root")
        {
            // PostgreSQL refuses to run as root.
            start.FileName = "runuser";
            foreach (var argument in (string[])["-u", "postgres", "--", Find(program)])
                start.ArgumentList.Add(argument);
        }
        else
        {
            start.FileName = isServer ? Find(program) : program;
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // pg_ctl's server inherits the pipes: read them as they come and wait for the program alone.
        using var process = Process.Start(start)!;
        var said = new List<string>();
        process.OutputDataReceived += (_, e) => said.Add(e.Data ?? "");
        process.ErrorDataReceived += (_, e) => said.Add(e.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
            throw new InvalidOperationException($"{program} did not end in a minute.");
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {string.Join('\n', said)}");
    }

    private static string Find(string program)
    {
        string[] places =
        [
            .. Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending().Select(v => Path.Combine(v, "bin")) : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'),
        ];
        return places.Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"The PostgreSQL program {program} is not here: install the package postgresql; the store's tests run on a real server.");
    }
}
