using Entente.Domain;
using Entente.Server.Evidence;

namespace Entente.Server.Web.Cases;

/// <summary>Opens exhibits to be looked at, as far as their reader may.</summary>
public sealed class ExhibitSights(Handouts handouts, Likenesses likenesses)
{
    private const int PartDepthMax = 8;
    private const int TextLettersMax = 210_000;

    /// <summary>Null where the exhibit does not exist for this reader.</summary>
    public async Task<ExhibitSight?> Of(CaseFile file, string exhibit, IQueryCollection asked, CancellationToken stop)
    {
        if (await One(file, exhibit, asked, stop) is not { } sight) return null;
        var other = asked["beside"].ToString();
        return sight with
        {
            Beside = other.Length == 0 || other == exhibit ? null
                : await One(file, other, QueryCollection.Empty, stop) is { } beside
                    ? beside with { IsSecond = true } : null,
            Alike = file.Me.IsStaff() && sight.Handout.Look?.Likeness is { } likeness
                ? await likenesses.Of(file.View.Viewer.Marketplace, file.View.Id, likeness, stop)
                : [],
        };
    }

    private async Task<ExhibitSight?> One(CaseFile file, string exhibit, IQueryCollection asked, CancellationToken stop)
    {
        if (await handouts.Of(file.View, new(exhibit), stop) is not { } handout) return null;
        var part = asked["part"].ToString();
        var (look, name) = Find(handout.Look, part);
        if (look is null && part.Length > 0) return null;
        var pages = Math.Max(1, look?.Pages.Count ?? 1);
        var page = int.TryParse(asked["page"], out var no) ? Math.Clamp(no, 1, pages) : 1;
        return new(file, handout, part, name, look, page, asked["zoom"] == "full", await Text(handout, look, stop));
    }

    private static (Look? Look, string? Name) Find(Look? look, string part)
    {
        if (part.Length == 0) return (look, null);
        string? name = null;
        foreach (var step in part.Split('.').Take(PartDepthMax + 1))
        {
            if (!int.TryParse(step, out var no) || look is null || no < 1 || no > look.Parts.Count) return (null, null);
            (look, name) = (look.Parts[no - 1].Look, look.Parts[no - 1].Name);
        }
        return (look, name);
    }

    private async Task<string?> Text(Handout handout, Look? look, CancellationToken stop)
    {
        if (look?.Text is not { } name || await handouts.Open(handout, name, stop) is not { } stream) return null;
        using var reader = new StreamReader(stream);
        var letters = new char[TextLettersMax];
        return new(letters, 0, await reader.ReadBlockAsync(letters, stop));
    }
}
