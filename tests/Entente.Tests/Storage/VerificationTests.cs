using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;
using Entente.Tests.Desk;
using static Entente.Tests.Desk.OpenDesk;

namespace Entente.Tests.Storage;

public sealed class VerificationTests : IAsyncLifetime
{
    private OpenDesk _desk = null!;
    private DisputeId _id;

    /// <summary>A settled dispute with a private word in it, and another that nothing happens to.</summary>
    public async ValueTask InitializeAsync()
    {
        _desk = await OpenDesk.Ready();
        _id = await _desk.Opened();
        await _desk.Say(_id, "Hello.", Seller);
        await _desk.Ask(_id, new PostMessage(Audience.BuyerAndPlatform, Text("Between us.")), Buyer);
        await _desk.Ask(_id, new AcceptOffer(1), Seller);
        await _desk.Opened();
    }

    [Fact]
    public async Task An_untouched_store_verifies()
    {
        var found = await Verify();
        Assert.Empty(found.Faults);
        Assert.Equal((2, 5), (found.Disputes, found.Facts));
        Assert.Equal(4, found.Texts);
    }

    [Theory]
    [InlineData(
        "UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), 'seller', 'sellor') AS BLOB) WHERE seq = 2 AND",
        "fact 2 does not match its link")]
    [InlineData(
        "UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), 'person-seller', 'person-sellar') AS BLOB), link = "
            + "zeroblob(32) WHERE seq = 2 AND", "fact 2 does not match its link")]
    [InlineData("UPDATE event SET kind = 'offer_made' WHERE seq = 2 AND", "fact 2 is filed as something else")]
    [InlineData("DELETE FROM event WHERE seq = 2 AND", "fact 2 is missing")]
    [InlineData("DELETE FROM event WHERE seq = 4 AND", "the chain of all does not end where the dispute says")]
    [InlineData("UPDATE event SET audience = 'all' WHERE seq = 3 AND", "fact 3 is out of its audience's order")]
    [InlineData("UPDATE dispute SET stage = 'review' WHERE", "its row is not what its facts come to")]
    [InlineData("DELETE FROM dispute WHERE", "its row is missing")]
    [InlineData("UPDATE personal_text SET sealed = zeroblob(length(sealed)) WHERE", "cannot be opened")]
    [InlineData("DELETE FROM held_units WHERE", "the units it holds are not those of its open disputes")]
    public async Task What_was_tampered_with_is_named(string damage, string fault)
    {
        await _desk.Centre.Database.Write(transaction => transaction.Connection!.ExecuteAsync(
            _desk.Centre.Own($"{damage} suffix = '{_id.Suffix}'"), null, transaction));
        Assert.Contains((await Verify()).Faults, found => found.What.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kept_state_that_the_facts_do_not_come_to_is_named()
    {
        for (var word = 0; word < 16; word++) await _desk.Say(_id, $"Word {word}.", Buyer);
        Assert.Empty((await Verify()).Faults);
        await Write(_desk.Centre.Own(
            "UPDATE snapshot SET state = CAST(replace(CAST(state AS TEXT), 'accepted', 'declined') AS BLOB)"), new { });
        Assert.Contains("its state", Assert.Single((await Verify()).Faults).What);
    }

    [Fact]
    public async Task Facts_that_changed_places_are_named()
    {
        await Swap(1, 2);
        Assert.NotEmpty((await Verify()).Faults);
    }

    [Fact]
    public async Task Every_single_flipped_bit_of_a_fact_is_named()
    {
        await using var connection = await _desk.Centre.Database.Open();
        var bytes = await connection.QuerySingleAsync<byte[]>("SELECT bytes FROM event WHERE seq = 2");
        for (var at = 0; at < bytes.Length; at += 7)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[at] ^= (byte)(1 << at % 8);
            await Write("UPDATE event SET bytes = @flipped WHERE seq = 2", new { flipped });
            Assert.Single((await Verify()).Faults);
        }
        await Write("UPDATE event SET bytes = @bytes WHERE seq = 2", new { bytes });
        Assert.Empty((await Verify()).Faults);
    }

    [Fact]
    public async Task Money_that_no_dispute_promises_is_named()
    {
        await Write("UPDATE order_head SET promised = promised + 1", new { });
        Assert.Contains("promised", Assert.Single((await Verify()).Faults).What);
    }

    [Fact]
    public async Task The_command_says_so_and_fails()
    {
        var settings = new Entente.Server.Settings
        {
            DataFolder = _desk.Centre.Database.Folder,
            Connection = _desk.Centre.Connection,
            Address = new("http://127.0.0.1"),
            BaseAddress = new("http://127.0.0.1"), MailFrom = "a@b",
        };
        var said = new StringWriter();
        Assert.Equal(0, await VerifyCommand.Run(settings, said));
        await Write("DELETE FROM event WHERE seq = 1", new { });
        Assert.Equal(1, await VerifyCommand.Run(settings, said));
        Assert.Contains($"broken {_id}: fact 1 is missing", said.ToString());
    }

    private Task<Verified> Verify() =>
        new Verification(_desk.Centre.Database, _desk.Centre.Keys, new(_desk.Centre.Database)).Run();

    private Task Write(string sql, object values) =>
        _desk.Centre.Database.Write(transaction => transaction.Connection!.ExecuteAsync(sql, values, transaction));

    private async Task Swap(int one, int other)
    {
        await Write($"UPDATE event SET seq = seq + 100 WHERE suffix = '{_id.Suffix}' AND seq IN (@one, @other)",
            new { one, other });
        await Write("UPDATE event SET seq = @one WHERE seq = @other + 100", new { one, other });
        await Write("UPDATE event SET seq = @other WHERE seq = @one + 100", new { one, other });
    }

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return ValueTask.CompletedTask;
    }
}
