using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Entente.Server.Couriers;

/// <summary>The way out of the house: a mail server, or, where none is set up, files in the data folder.</summary>
public sealed class MailPost(Settings settings)
{
    /// <summary>The folder of mails inside the data folder.</summary>
    public const string Folder = "mail";
    private const int MillisecondsMax = 30_000;

    /// <summary>Gives the file's name where it was written to one.</summary>
    public async Task<string?> Send(Mail mail, CancellationToken stop)
    {
        if (settings.Smtp is not { } server) return await Write(mail, stop);
        await Send(mail, server, stop);
        return null;
    }

    private async Task<string> Write(Mail mail, CancellationToken stop)
    {
        var folder = Directory.CreateDirectory(Path.Combine(settings.DataFolder, Folder));
        var name = $"{mail.At.ToDateTimeUtc():yyyyMMdd-HHmmss}-{mail.Id[..12]}.eml";
        var path = Path.Combine(folder.FullName, name);
        await using (var file = new FileStream(path + ".part", FileMode.Create)) await mail.Message.WriteToAsync(
            file, stop);
        File.Move(path + ".part", path, overwrite: true);
        return name;
    }

    private static async Task Send(Mail mail, SmtpSettings server, CancellationToken stop)
    {
        using var client = new SmtpClient { Timeout = MillisecondsMax };
        await client.ConnectAsync(server.Host, server.Port, OptionsOf(server), stop);
        if (server.User is { } user) await client.AuthenticateAsync(user, server.Password ?? "", stop);
        try
        {
            await client.SendAsync(mail.Message, stop);
        }
        catch (SmtpCommandException no) when ((int)no.StatusCode >= 500)
        {
            throw new UndeliverableException($"{(int)no.StatusCode} {no.Message}");
        }
        await Leave(client, stop);
    }

    private static async Task Leave(SmtpClient client, CancellationToken stop)
    {
        try
        {
            await client.DisconnectAsync(quit: true, stop);
        }
        catch (Exception rude) when (rude is IOException or ProtocolException or CommandException)
        {
            // The server has taken the mail; how it says goodbye changes nothing.
        }
    }

    private static SecureSocketOptions OptionsOf(SmtpSettings server) => server.Tls switch
    {
        SmtpTls.Auto when server.User is not null && server.Port != 465 => SecureSocketOptions.StartTls,
        SmtpTls.Auto => SecureSocketOptions.Auto,
        SmtpTls.None => SecureSocketOptions.None,
        SmtpTls.StartTls => SecureSocketOptions.StartTls,
        SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
    };
}
