using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server;
using Entente.Server.Couriers;
using MimeKit;

namespace Entente.Tests.Couriers;

public class MailTests
{
    private const string Canary = "canary-7f3a";
    private static readonly Given Opened = Given.Opened();

    [Fact]
    public async Task Without_a_server_a_notice_becomes_a_file_for_each_person_of_the_addressed_party()
    {
        await using var office = await PostOffice.Opened();
        await office.StartMail();
        await office.Tell(Given.Nothing(), Opened);
        await office.Until(async () => await office.Waiting() == 0);

        var sent = Assert.Single(await office.Shelf.Newest(Given.Marketplace, 10));
        Assert.Equal((office.Seller, "seller@people.example", "en"), (sent.Person, sent.Address, sent.Language));
        var mail = Read(office, sent);
        Assert.Equal($"The buyer opened a dispute (dispute {Given.Id.Reference})", mail.Subject);
        Assert.Equal("\"Oliver Grant\" <seller@people.example>", mail.To.ToString());
        Assert.Equal("\"Place des Halles\" <centre@disputes.example>", mail.From.ToString());
        Assert.Equal($"{sent.Id}@disputes.example", mail.MessageId);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Contains($"https://disputes.example/disputes/{Given.Id}\n", Plain(mail), StringComparison.Ordinal);
        Assert.Contains($"<a href=\"https://disputes.example/disputes/{Given.Id}\">", mail.HtmlBody,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_person_reads_their_own_language_in_its_typography()
    {
        await using var office = await PostOffice.Opened();
        await office.StartMail();
        await office.Tell(Opened, Opened.Says(Role.Seller, "Hello"));
        await office.Until(async () => await office.Waiting() == 0);
        var mail = Read(office, Assert.Single(await office.Shelf.Newest(Given.Marketplace, 10)));
        Assert.Equal($"Le vendeur vous a écrit (litige {Given.Id.Reference})", mail.Subject);
        Assert.Contains("Tout lire et répondre\u00A0:", Plain(mail), StringComparison.Ordinal);
        Assert.Contains("aucun détail\u202F;", Plain(mail), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"fr\"", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_holds_nothing_of_the_dispute_but_what_happened_and_the_configured_address()
    {
        await using var office = await PostOffice.Opened();
        await office.StartMail();
        var long_ = Opened.Says(Role.Seller, Canary).Shows(Role.Seller, 1)
            .With(new OfferMade(2, Role.Seller, [Given.Refund(777)], Given.Text(Canary, Role.Seller).Ref));
        for (var facts = 1; facts < long_.Facts.Count; facts++)
            await office.Tell(Until(long_, facts), Until(long_, facts + 1));
        await office.Until(async () => await office.Waiting() == 0);

        var mails = (await office.Shelf.Newest(Given.Marketplace, 10))
            .Select(sent => WithoutId(File.ReadAllText(PathOf(office, sent)))).ToList();
        Assert.Equal(3, mails.Count);
        Assert.All(await office.Shelf.Newest(Given.Marketplace, 10), sent =>
            Assert.Contains(Given.Id.Reference, sent.Subject, StringComparison.Ordinal));
        Assert.All(mails, mail =>
        {
            foreach (var content in new[] { Canary, "777", "7.77", "7,77", "Cup", "A-1001", ".jpg", "Title" })
                Assert.DoesNotContain(content, mail, StringComparison.Ordinal);
            foreach (var link in mail.Split("http").Skip(1))
                Assert.StartsWith("s://disputes.example/disputes/", link, StringComparison.Ordinal);
        });
    }

    /// <summary>The id of a mail and the borders of its parts are random: they may hold any digits.</summary>
    private static string WithoutId(string mail) =>
        Regex.Replace(mail, "^(Message-Id:.*|.*boundary=.*|--=-.*)$", "", RegexOptions.Multiline);

    [Fact]
    public async Task A_server_that_says_later_gets_the_mail_once_and_under_the_same_id()
    {
        await using var sink = new SmtpSink();
        sink.Refusals.Enqueue("451 greylisted, come back");
        sink.Refusals.Enqueue("421 busy");
        await using var office = await PostOffice.Opened(Server(sink));
        await office.StartMail();
        await office.Tell(Given.Nothing(), Opened);
        await office.Until(async () => await office.Waiting() == 0, Duration.FromSeconds(5));

        var taken = Assert.Single(sink.Mails);
        var sent = Assert.Single(await office.Shelf.Newest(Given.Marketplace, 10));
        Assert.Null(sent.File);
        Assert.Contains($"Message-Id: <{sent.Id}@disputes.example>", taken, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_server_that_says_never_parks_the_mail_and_the_others_still_go()
    {
        await using var sink = new SmtpSink();
        sink.Refusals.Enqueue("550 no such person");
        await using var office = await PostOffice.Opened(Server(sink));
        await office.StartMail();
        await office.Tell(Given.Nothing(), Opened);
        await office.Until(async () => await office.Waiting() == 0);
        var held = Assert.Single(await office.Parcels.Held(Given.Marketplace));
        Assert.Contains("550", held.Error, StringComparison.Ordinal);

        await office.Tell(Opened, Opened.Says(Role.Seller, "Hello"));
        await office.Until(() => sink.Mails.Count == 1);
    }

    [Fact]
    public async Task A_server_that_is_away_loses_nothing_over_a_restart()
    {
        await using var office = await PostOffice.Opened(new SmtpSettings("127.0.0.1", 1, null, null));
        var first = await office.StartMail();
        await office.Tell(Given.Nothing(), Opened);
        await office.Until(async () =>
            (await office.Parcels.Held(Given.Marketplace)).Count == 1, Duration.FromMinutes(5));
        await first.StopAsync(CancellationToken.None);

        await using var sink = new SmtpSink();
        office.Settings = office.Settings with { Smtp = Server(sink) };
        await office.StartMail();
        await office.Until(async () => await office.Waiting() == 0, Duration.FromSeconds(5));
        Assert.Single(sink.Mails);
    }

    [Theory]
    [InlineData("Eve\r\nBcc: everybody@evil.example\r\n\r\nClick http://evil.example")]
    [InlineData("\"Eve\" <eve@evil.example>, other@evil.example")]
    [InlineData(
        "Your refund failed, go to "
            + "http://evil.example/and-much-more-of-a-story-that-is-no-name-at-all-but-goes-on-and-on")]
    public async Task A_name_is_never_more_than_a_name(string name)
    {
        await using var sink = new SmtpSink();
        await using var office = await PostOffice.Opened(Server(sink), name);
        await office.StartMail();
        await office.Tell(Opened, Opened.Says(Role.Seller, "Hello"));
        await office.Until(() => sink.Mails.Count == 1);

        Assert.Equal(["EHLO", "MAIL", "RCPT", "DATA"], sink.Commands.Select(line => line.Split(' ')[0]).Take(4));
        Assert.Equal("RCPT TO:<buyer@people.example>",
            sink.Commands.Single(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
        var mail = await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(sink.Mails.First())),
            TestContext.Current.CancellationToken);
        Assert.Equal("buyer@people.example", Assert.Single(mail.To.Mailboxes).Address);
        Assert.InRange(mail.To.Mailboxes.Single().Name!.Length, 1, 60);
        Assert.Empty(mail.Bcc);
        Assert.DoesNotContain("evil", Plain(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_examiner_who_is_not_known_yet_is_everybody_at_the_desk()
    {
        await using var office = await PostOffice.Opened();
        foreach (var login in new[] { "camille", "dominic" })
        {
            var person = await office.People.AddPerson(Given.Marketplace, login, login, "en", $"{login}@desk.example");
            await office.People.Join(Given.Marketplace, person, Role.Examiner);
        }
        await office.StartMail();
        await office.Tell(Opened, Opened.With(new ComplaintFiled(Role.Buyer, null)));
        await office.Until(async () => await office.Waiting() == 0);
        var mails = await office.Shelf.Newest(Given.Marketplace, 10);
        Assert.Equal(
            ["camille@desk.example", "dominic@desk.example", "seller@people.example"],
            mails.Select(mail => mail.Address).Order());
        Assert.All(mails.Where(mail => mail.Address.EndsWith("desk.example", StringComparison.Ordinal)),
            mail => Assert.Contains($"/desk/disputes/{Given.Id}", mail.Body, StringComparison.Ordinal));
    }

    private static SmtpSettings Server(SmtpSink sink) => new("127.0.0.1", sink.Port, null, null, SmtpTls.None);

    private static Given Until(Given given, int facts) => given.Facts.Take(facts).Aggregate(
        Given.Nothing(), (before, fact) =>
            before with { Facts = before.Facts.Add(fact), Dispute = before.Dispute.After(fact) });

    private static string PathOf(PostOffice office, SentMail sent) =>
        Path.Combine(office.Settings.DataFolder, MailPost.Folder, sent.File!);

    private static MimeMessage Read(PostOffice office, SentMail sent) => MimeMessage.Load(PathOf(office, sent));

    private static string Plain(MimeMessage mail) => mail.TextBody!.ReplaceLineEndings("\n");
}
