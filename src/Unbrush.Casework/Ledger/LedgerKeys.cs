using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Unbrush.Casework.Ledger;

/// <summary>Ed25519 keys in the PEM forms that openssl reads and writes (PKCS #8 and SubjectPublicKeyInfo).</summary>
public static class LedgerKeys
{
    /// <summary>Makes a key pair: <c>ledger.key.pem</c>, readable by its owner alone, and <c>ledger.pub.pem</c>.</summary>
    /// <param name="folder">Where; made where absent.</param>
    /// <returns>The two files.</returns>
    /// <exception cref="Core.UnbrushException">A key is there already; it is never overwritten.</exception>
    public static (string PrivateKey, string PublicKey) Make(string folder)
    {
        Directory.CreateDirectory(folder);
        var (secret, open) = (Path.Combine(folder, "ledger.key.pem"), Path.Combine(folder, "ledger.pub.pem"));
        if (File.Exists(secret))
            throw Faults.Usage($"'{secret}' exists already: move it away, or give another folder.", $"'{secret}' 已存在：请移走或另选文件夹。");
        var key = new Ed25519PrivateKeyParameters(new SecureRandom());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(secret, options))
        using (var pem = new PemWriter(file))
            pem.WriteObject(new Org.BouncyCastle.Utilities.IO.Pem.PemObject("PRIVATE KEY", Encode(key)));
        using (var file = new StreamWriter(open))
        using (var pem = new PemWriter(file))
            pem.WriteObject(new Org.BouncyCastle.Utilities.IO.Pem.PemObject("PUBLIC KEY", SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(key.GeneratePublicKey()).GetEncoded()));
        return (secret, open);
    }

    internal static Ed25519PrivateKeyParameters ReadPrivate(string file) => Read(file) switch
    {
        Ed25519PrivateKeyParameters key => key,
        AsymmetricCipherKeyPair { Private: Ed25519PrivateKeyParameters key } => key,
        _ => throw NoKey(file),
    };

    internal static Ed25519PublicKeyParameters ReadPublic(string file) => Read(file) as Ed25519PublicKeyParameters ?? throw NoKey(file);

    internal static byte[] ReadFile(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Faults.Unreadable($"'{file}' cannot be read: check the path and its permissions.", $"无法读取 '{file}'：请检查路径与权限。");
        }
    }

    /// <summary>PKCS #8 version 1, without the public key: OpenSSL 3.0 does not read version 2.</summary>
    private static byte[] Encode(Ed25519PrivateKeyParameters key) =>
        new PrivateKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DerOctetString(key.GetEncoded())).GetEncoded();

    private static object? Read(string file)
    {
        using var text = new StringReader(System.Text.Encoding.UTF8.GetString(ReadFile(file)));
        using var pem = new PemReader(text);
        try
        {
            return pem.ReadObject();
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidCastException or PemException)
        {
            throw NoKey(file);
        }
    }

    private static Core.UnbrushException NoKey(string file) => Faults.Unreadable(
        $"'{file}' is not an Ed25519 key in PEM: make a pair with `unbrush ledger key`.",
        $"'{file}' 不是 PEM 格式的 Ed25519 密钥：可用 unbrush ledger key 生成。");
}
