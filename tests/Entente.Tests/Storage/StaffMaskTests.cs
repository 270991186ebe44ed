using System.Text;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Tests.Storage;

/// <summary>Who of the platform acted is known to the platform and stands
/// in nothing that a party may be given.</summary>
public sealed class StaffMaskTests : IDisposable
{
    private const string Examiner = "person-examiner-7";
    private static readonly Actor Staff = new(ActorKind.Marketplace, Role.Examiner, "key:abc", Examiner);
    private readonly StoredCentre _centre = new();

    [Fact]
    public async Task A_fact_for_parties_keeps_a_pseudonym_and_is_read_back_with_the_name()
    {
        var given = Given.Opened().Says(Role.Seller, "Sorry.");
        var asked = Told(given, new MessagePosted(Audience.All, Given.Text("Why?", Role.Examiner).Ref));
        var noted = Told(given, new MessagePosted(Audience.Staff, Given.Text("Odd.", Role.Examiner).Ref));
        await Keep(given, asked);
        await Keep(given, noted);

        var stored = await Stored();
        Assert.Contains("person-seller", stored[1]);
        Assert.DoesNotContain(Examiner, stored[2]);
        Assert.DoesNotContain("key:abc", stored[2]);
        Assert.Contains(Examiner, stored[3]); // The staff's own chain is never given away.
        var history = await _centre.Store.History(Given.Id);
        Assert.Equal([Staff, Staff], history.Skip(2).Select(fact => fact.By));
    }

    [Fact]
    public void One_name_has_one_pseudonym_in_a_dispute_and_another_in_the_next()
    {
        var mask = new StaffMask(new byte[32]);
        var fact = Told(Given.Opened(), new ExaminationBegan());
        var (first, again) = (mask.Hide(Given.Id, fact).By, mask.Hide(Given.Id, fact).By);
        var elsewhere = mask.Hide(DisputeId.Of(Given.OrderId, [9, 9, 9, 9, 9, 9, 9, 9, 9, 9]), fact).By;
        Assert.Equal(first, again);
        Assert.NotEqual(first.Principal, elsewhere.Principal);
        Assert.NotEqual(first.OnBehalfOf, elsewhere.OnBehalfOf);
        Assert.Equal(first.Principal.Length, first.OnBehalfOf!.Length); // Its length tells nothing either.
        Assert.Equal(fact, mask.Show(Given.Id, mask.Hide(Given.Id, fact)));
    }

    [Fact]
    public void Without_its_key_a_name_stays_hidden()
    {
        var hidden = new StaffMask(new byte[32]).Hide(Given.Id, Told(Given.Opened(), new ExaminationBegan()));
        Assert.Equal(hidden, new StaffMask(null).Show(Given.Id, hidden));
        Assert.Equal(hidden, new StaffMask([1, .. new byte[31]]).Show(Given.Id, hidden));
    }

    [Theory]
    [InlineData(Role.Buyer)]
    [InlineData(Role.Seller)]
    [InlineData(Role.Rule)]
    [InlineData(Role.Provider)]
    public void Nobody_else_is_hidden(Role role)
    {
        var fact = Told(Given.Opened(), new ExaminationBegan()) with { By = new(ActorKind.Person, role, "somebody") };
        Assert.Equal(fact, new StaffMask(new byte[32]).Hide(Given.Id, fact));
    }

    private static Fact Told(Given given, DisputeEvent happened) => new(
        given.Dispute.Version + 1, given.Dispute.Counts[(int)happened.Audience] + 1, given.Now, Staff, new("c"), "p@1",
        happened);

    private async Task Keep(Given given, Fact fact)
    {
        if (!(await _centre.Store.Read(Given.Id)).Dispute.Exists) await _centre.Keep(given);
        var before = await _centre.Store.Read(Given.Id);
        var next = fact with { Seq = before.Dispute.Version + 1 };
        Assert.Equal(AppendOutcome.Done, await _centre.Store.Append(new(before, before.Dispute.After(next), [next])));
    }

    private async Task<List<string>> Stored()
    {
        await using var connection = await _centre.Database.Open();
        return [.. (await connection.QueryAsync<byte[]>("SELECT bytes FROM event ORDER BY seq"))
            .Select(Encoding.UTF8.GetString)];
    }

    public void Dispose() => _centre.Dispose();
}
