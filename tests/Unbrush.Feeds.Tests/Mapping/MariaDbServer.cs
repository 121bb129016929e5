using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

[assembly: AssemblyFixture(typeof(Unbrush.Feeds.Tests.Mapping.MariaDbServer))]

namespace Unbrush.Feeds.Tests.Mapping;

/// <summary>
/// A throw-away MariaDB server on a free port of this machine, run by an unprivileged user, started at the first use and stopped with
/// the tests. Its clock stands at an offset that no feed of the tests has.
/// </summary>
public sealed class MariaDbServer : IDisposable
{
    public const string Password = "correct-horse";

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-maria-").FullName;
    private readonly Lock _gate = new();
    private Process? _server;
    private int _port;

    /// <summary>A connection string of the database <c>shop</c>; the test is skipped where MariaDB's programs are not here.</summary>
    public string Connect(string password = Password)
    {
        lock (_gate)
        {
            if (_server is null)
                Start();
        }

        return string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={_port};User ID=unbrush;Password={password};Database=shop;SslMode=None");
    }

    /// <summary>Runs statements.</summary>
    public void Execute(string sql)
    {
        using var connection = new MySqlConnection(Connect());
        connection.Open();
        using var command = new MySqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (_server is { HasExited: false } server)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
        }

        _server?.Dispose();
        MySqlConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private void Start()
    {
        string? install = Find("mariadb-install-db"), program = Find("mariadbd");
        if (install is null || program is null)
            Assert.Skip("MariaDB is not here: install the package mariadb-server (./test does so where it may).");
        var data = Path.Combine(_folder, "data");
        File.WriteAllText(Path.Combine(_folder, "init.sql"), $"CREATE DATABASE shop CHARACTER SET utf8mb4;\nCREATE USER 'unbrush'@'%' IDENTIFIED BY '{Password}';\nGRANT ALL ON shop.* TO 'unbrush'@'%';\n");
        if (Environment.UserName == "root")
            Process.Start("chown", ["-R", "mysql", _folder])!.WaitForExit();
        using (var made = Run(install!, "--no-defaults", $"--datadir={data}", "--skip-test-db", "--auth-root-authentication-method=normal"))
        {
            if (!made.WaitForExit(TimeSpan.FromMinutes(2)) || made.ExitCode != 0)
                throw new InvalidOperationException($"{install} did not make a database.");
        }

        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        _server = Run(program!, "--no-defaults", $"--datadir={data}", $"--socket={Path.Combine(_folder, "s")}", $"--pid-file={Path.Combine(_folder, "pid")}", "--bind-address=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"--port={_port}"), $"--init-file={Path.Combine(_folder, "init.sql")}", "--innodb-buffer-pool-size=16M", "--innodb-flush-log-at-trx-commit=0", "--default-time-zone=-03:00", "--sql-mode=");
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var connection = new MySqlConnection(string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={_port};User ID=unbrush;Password={Password};Database=shop;SslMode=None;Pooling=false"));
                connection.Open();
                return;
            }
            catch (MySqlException) when (!_server.HasExited && watch.Elapsed < TimeSpan.FromMinutes(1))
            {
                Thread.Sleep(100);
            }
        }
    }

    private static Process Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardError = true, RedirectStandardOutput = true };
        // MariaDB refuses to run as root.
        string[] words = Environment.UserName == "root" ? ["runuser", "-u", "mysql", "--", program, .. arguments] : [program, .. arguments];
        start.FileName = words[0];
        foreach (var word in words[1..])
            start.ArgumentList.Add(word);
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/usr/bin", "/usr/local/bin"]).Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists);
}
