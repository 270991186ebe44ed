using Entente.Server.Demo;
using Entente.Server.Desk;
using Entente.Server.Words;

namespace Entente.Server;

/// <summary>What whoever starts the centre reads at the terminal: where it is
/// open, and in a demo whom to enter as.</summary>
public static class Greeting
{
    public static async Task<string> Of(IServiceProvider rooms, CancellationToken stop = default)
    {
        var settings = rooms.GetRequiredService<Settings>();
        var speaker = rooms.GetRequiredService<WordBook>().For("en", DateTimeZone.Utc);
        var lines = new List<string> { "", speaker.Say("greeting.open", ("address", settings.BaseAddress.ToString())) };
        if (settings.Demo) lines.AddRange(await OfDemo(rooms, speaker, stop));
        lines.Add(speaker.Say("greeting.stop"));
        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }

    /// <summary>What is said instead where another program holds the address.</summary>
    public static string Busy(IServiceProvider rooms) =>
        rooms.GetRequiredService<WordBook>().For("en", DateTimeZone.Utc)
        .Say("greeting.busy", ("address", rooms.GetRequiredService<Settings>().Address.ToString()));

    private static async Task<List<string>> OfDemo(IServiceProvider rooms, Speaker speaker, CancellationToken stop)
    {
        var people = await rooms.GetRequiredService<People>().DemoPeople(stop);
        var lines = new List<string> { speaker.Say("greeting.demo") };
        lines.AddRange(people.GroupBy(found => found.Role).Select(group => speaker.Say(
            "greeting.people", ("role", group.Key), ("names", group.Select(found => found.Person.Name).ToList()))));
        if (rooms.GetRequiredService<DemoMarket>().Key is { } key) lines.Add(speaker.Say("greeting.key", ("key", key)));
        return lines;
    }
}
