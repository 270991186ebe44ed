using Entente.Domain.Disputes;
using Entente.Server.Web.Shared;
using Entente.Server.Words;

namespace Entente.Server.Web.Party;

/// <summary>How something is typed.</summary>
public enum ActFieldKind { Text, Line, Choice, Money, Day }

/// <summary>Something to fill in before an act; its label and hint are found under the act's words and its
/// name.</summary>
/// <param name="Name">As the rules name it in a refusal.</param>
public sealed record ActField(string Name, ActFieldKind Kind, bool IsOptional = false)
{
    public int Limit { get; init; } = Texts.CommentMax;

    /// <summary>What can be chosen.</summary>
    public Func<ActSubject, Speaker, IReadOnlyList<Choice>> Options { get; init; } = (_, _) => [];

    /// <summary>The language a text is to be written in, where it is needed in several.</summary>
    public string? Language { get; init; }

    /// <summary>Values of an enum to choose from, in words.</summary>
    public static ActField Of<T>(string name, Func<T, ActSubject, bool>? fits = null) where T : struct, Enum =>
        new(name, ActFieldKind.Choice)
        {
            Options = (about, speaker) =>
            [
                .. Enum.GetValues<T>().Where(value => fits is null || fits(value, about))
                    .Select(value => new Choice(Domain.Codes.Of(value), Cases.Story.Capital(speaker.Of(value)))),
            ],
        };

    /// <summary>One text in each language of the parties.</summary>
    public static IReadOnlyList<ActField> InEachLanguage(string name, ActSubject about) =>
        [.. about.File.View.Languages.Select(language =>
            new ActField($"{name}.{language}", ActFieldKind.Text) { Language = language })];
}

/// <summary>What an act's form says: a command, or what of it cannot be read.</summary>
public sealed record ActReading(DisputeCommand? Command, FormError? Wrong = null)
{
    public static implicit operator ActReading(DisputeCommand command) => new(command);
    public static implicit operator ActReading(FormError wrong) => new(null, wrong);
}
