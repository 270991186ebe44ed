namespace Entente.Tests;

public class House
{
    [Fact]
    public void The_domain_references_nothing_but_time_zone_data()
    {
        var references = typeof(Entente.Domain.Money).Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal));
        Assert.Equal(["NodaTime"], references);
    }
}
