using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Bundles;
using Entente.Tests.Bundles;
using Entente.Tests.Server;
using Entente.Tests.Web;

namespace Entente.Tests.Evidence;

/// <summary>Pages, API, statement and bundle show a reader as many exhibits as there are for that reader.</summary>
public sealed partial class ManifestTests
{
    [Fact]
    public async Task Every_page_shows_each_reader_the_exhibits_of_their_manifest()
    {
        await using var fair = await Fair.Open(rules: LookTests.Rules);
        var dispute = await fair.Dispute();
        for (var no = 1; no <= 61; no++) await Show(fair, dispute, Role.Buyer, $"b{no}");
        for (var no = 1; no <= 3; no++) await Show(fair, dispute, Role.Seller, $"s{no}");
        await Show(fair, dispute, Role.Buyer, "b-sealed", isSealed: true);
        await Show(fair, dispute, Role.Seller, "s-sealed", isSealed: true);
        await Show(fair, dispute, Role.Seller, "s-sealed-2", isSealed: true);
        await fair.Ask(dispute, Role.Buyer, new WithdrawEvidence(new("b7")));
        (string Key, PersonId Person, string At, int Count)[] readers =
        [
            ("person:b1", fair.Cast.Buyer1, "/disputes", 65), ("person:s1", fair.Cast.Seller1, "/disputes", 66),
            ("person:m1", fair.Cast.Examiner1, "/desk/disputes", 67),
        ];
        foreach (var (key, person, at, count) in readers)
        {
            var page = await fair.Server.SignedIn(person);
            var api = await fair.Server.WithKey(fair.Cast.Marketplace, key);
            var lists = new[]
            {
                await page.Read($"{at}/{dispute}/evidence"), await page.Read($"{at}/{dispute}/evidence?page=2"),
            };
            Assert.Equal(count, lists.Sum(list => Item().Count(list)));
            Assert.All(lists.Append(await page.Read($"{at}/{dispute}")), list =>
                Assert.Contains($"data-manifest=\"{count}\"", list, StringComparison.Ordinal));
            var resource = JsonNode.Parse(await api.GetStringAsync(Forms.Local($"/v1/disputes/{dispute}")))!;
            Assert.Equal(count, resource["exhibits"]!.AsArray().Count);
            var verdict = await BundleVerifier.Verify(new MemoryStream(await BundleTests.Take(fair, dispute, key)));
            Assert.Equal(count, verdict.Manifest!.Exhibits.Count);
            Assert.Equal(count, Numbered().Count(await page.Read($"{at}/{dispute}/documents/statement.html")));
        }
    }

    private static Task Show(Fair fair, DisputeId dispute, Role by, string name, bool isSealed = false) =>
        fair.Ask(dispute, by, new AddEvidence(
            new(name), ExhibitKind.Other, fair.Text(name, by), fair.Text($"{name}.txt", by), fair.Text("00", by),
            "text/plain", 1, isSealed ? fair.Text("Privé", by) : null));

    [GeneratedRegex("<li [^>]*data-exhibit=")]
    private static partial Regex Item();

    [GeneratedRegex(">Exhibit [A-Z]*[0-9]+<")]
    private static partial Regex Numbered();
}
