using System.Text;
using System.Xml.Linq;
using Dapper;
using Entente.Server.Storage;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Entente.Server.Nodes;

/// <summary>
/// The keys that sign cookies and forms, in the database where every node finds them, each encrypted under the
/// centre's.
/// </summary>
internal sealed class KeptKeys(Database database) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    private const string Prefix = "signing/";
    private readonly Lazy<byte[]> _centre = new(() => CentreKey.Of(database));

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    // The framework asks when it starts and once a day, and knows no other way than waiting.
    public IReadOnlyCollection<XElement> GetAllElements() => Read().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        var name = Prefix + friendlyName;
        var bytes = Sealed.Close(
            _centre.Value, Encoding.UTF8.GetBytes(element.ToString()), Encoding.UTF8.GetBytes(name));
        database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO node_key (name, sealed, made_at) VALUES (@name, @bytes, @now) ON CONFLICT DO NOTHING",
            new { name, bytes, now = database.Now() }, transaction)).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyCollection<XElement>> Read()
    {
        await using var connection = await database.Open();
        var rows = await connection.QueryAsync<(string Name, byte[] Bytes)>(
            "SELECT name, sealed FROM node_key WHERE name LIKE 'signing/%' ORDER BY made_at, name");
        return [.. rows.Select(row => XElement.Parse(Encoding.UTF8.GetString(
            Sealed.Open(_centre.Value, row.Bytes, Encoding.UTF8.GetBytes(row.Name)))))];
    }
}
