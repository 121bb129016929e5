using System.Globalization;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Ledger;

/// <summary>
/// A signed statement that the ledger stood at an entry with a hash. Kept elsewhere, it betrays a cut tail and a
/// rewritten chain. The signature is plain Ed25519 (RFC 8032) over the text file's bytes, so openssl alone verifies it.
/// </summary>
/// <param name="Seq">The last entry when it was signed.</param>
/// <param name="Hash">That entry's SHA-256, lower-case hex.</param>
/// <param name="At">When it was signed.</param>
public sealed record Checkpoint(long Seq, string Hash, DateTimeOffset At)
{
    private const string Title = "unbrush ledger checkpoint v1";

    /// <summary>The signed text.</summary>
    public string Text => $"{Title}\nseq: {Seq}\nsha256: {Hash}\nat: {At.ToText()}\n";

    /// <summary>Signs the ledger as it stands and writes <c>checkpoint-SEQ.txt</c> and <c>checkpoint-SEQ.sig</c>.</summary>
    /// <param name="database">The store.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="privateKey">A PEM file of an Ed25519 private key.</param>
    /// <param name="folder">Where to write; made where absent.</param>
    /// <returns>The checkpoint and its text file.</returns>
    public static (Checkpoint Checkpoint, string File) Sign(CaseDatabase database, TimeProvider clock, string privateKey, string folder)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var key = LedgerKeys.ReadPrivate(privateKey);
        var (seq, hash) = new LedgerBook(database, clock).Head();
        var checkpoint = new Checkpoint(seq, hash, clock.GetUtcNow());
        var bytes = Encoding.UTF8.GetBytes(checkpoint.Text);
        var signer = new Ed25519Signer();
        signer.Init(true, key);
        signer.BlockUpdate(bytes, 0, bytes.Length);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"checkpoint-{seq}.txt");
        File.WriteAllBytes(Path.ChangeExtension(file, ".sig"), signer.GenerateSignature());
        File.WriteAllBytes(file, bytes);
        return (checkpoint, file);
    }

    /// <summary>Reads a checkpoint and verifies its signature, which stands beside it as <c>.sig</c>.</summary>
    /// <param name="file">The text file.</param>
    /// <param name="publicKey">A PEM file of the Ed25519 public key.</param>
    /// <exception cref="Core.UnbrushException">A file is missing, is no checkpoint, or the signature is another's.</exception>
    public static Checkpoint Read(string file, string publicKey)
    {
        var key = LedgerKeys.ReadPublic(publicKey);
        var bytes = LedgerKeys.ReadFile(file);
        var signature = LedgerKeys.ReadFile(Path.ChangeExtension(file, ".sig"));
        if (!Verifies(key, bytes, signature))
            throw Faults.Unreadable(
                $"The signature of '{file}' does not verify with '{publicKey}': the checkpoint was changed, or the key is another.",
                $"'{file}' 的签名无法用 '{publicKey}' 验证：检查点被改动，或公钥不符。");
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines is [Title, ['s', 'e', 'q', ':', ' ', .. var seq], ['s', 'h', 'a', '2', '5', '6', ':', ' ', .. var hash], ['a', 't', ':', ' ', .. var at], ""]
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new(number, hash, Instants.Parse(at, "at"));
        throw Faults.Unreadable($"'{file}' is not a ledger checkpoint.", $"'{file}' 不是台账检查点。");
    }

    private static bool Verifies(Ed25519PublicKeyParameters key, byte[] bytes, byte[] signature)
    {
        var verifier = new Ed25519Signer();
        verifier.Init(false, key);
        verifier.BlockUpdate(bytes, 0, bytes.Length);
        return verifier.VerifySignature(signature);
    }
}
